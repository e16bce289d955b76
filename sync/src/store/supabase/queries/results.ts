import type { Json } from '@pontaj/supabase';
import { deviceColumns, lineColumns, progressColumns, trackingColumns } from '../../rows.ts';
import type { DevicePatch, Lease, LegProgress, Outcome } from '../../store.ts';
import { dataOf } from '../answer.ts';
import type { Client } from '../client.ts';

/** One transaction: tracking rows, lines, counters, cursors and states, or nothing of it. */
export async function writeOutcomes(
  client: Client,
  lease: Lease,
  outcomes: Outcome[],
  progress: LegProgress[],
): Promise<void> {
  const answer = await client.rpc('scrie_rezultate', {
    p_dispozitiv_id: lease.deviceId,
    p_fence: lease.fence,
    p_rezultate: outcomes.map(({ runId, line, tracking }) => ({
      run_id: runId,
      linie: lineColumns(line),
      urmarire: tracking === null ? null : trackingColumns(tracking),
    })),
    p_progres: progress.map(progressColumns),
  });
  dataOf(answer, 'writing results', lease.deviceId);
}

export async function writeDevice(client: Client, lease: Lease, patch: DevicePatch): Promise<void> {
  const answer = await client.rpc('scrie_dispozitiv', {
    p_dispozitiv_id: lease.deviceId,
    p_fence: lease.fence,
    p_stare: deviceColumns(patch) as Json,
  });
  dataOf(answer, 'writing what is known of a device', lease.deviceId);
}
