import type { Leg, RunScope } from '../../../model/run.ts';
import { LEG_COLUMNS, legFromRow, scopeFromColumn, timestampToMs, type LegRow } from '../../rows.ts';
import type { Lease, TakenLease } from '../../store.ts';
import { dataOf } from '../answer.ts';
import type { Client } from '../client.ts';
import { chunks, MAX_ROWS } from '../pages.ts';

const LEASES_IN_RENEWAL = 500;

/** `askedAtMs`, from before the question: the lease is over here no later than in the database. */
const leaseFrom =
  (askedAtMs: number) =>
  (row: { dispozitiv_id: string; fence: number; expira_in_ms: number }): Lease => ({
    deviceId: row.dispozitiv_id,
    fence: row.fence,
    expiresAtMs: askedAtMs + row.expira_in_ms,
  });

export async function leaseDevicesWithWork(
  client: Client,
  now: () => number,
  owner: string,
  ttlMs: number,
  limit: number,
): Promise<TakenLease[]> {
  const askedAtMs = now();
  const answer = await client.rpc('preia_dispozitive', {
    p_detinator: owner,
    p_durata_ms: ttlMs,
    p_limita: Math.min(limit, MAX_ROWS),
  });
  return dataOf(answer, 'taking devices').map((row) => ({
    ...leaseFrom(askedAtMs)(row),
    abandoned: row.abandonat,
  }));
}

export async function renewLeases(
  client: Client,
  now: () => number,
  owner: string,
  leases: Lease[],
  ttlMs: number,
): Promise<Lease[]> {
  const held: Lease[] = [];
  for (const some of chunks(leases, LEASES_IN_RENEWAL)) {
    const askedAtMs = now();
    const answer = await client.rpc('prelungeste_lease', {
      p_detinator: owner,
      p_lease: some.map(({ deviceId, fence }) => ({ dispozitiv_id: deviceId, fence })),
      p_durata_ms: ttlMs,
    });
    held.push(...dataOf(answer, 'renewing leases').map(leaseFrom(askedAtMs)));
  }
  return held;
}

export async function releaseLease(client: Client, lease: Lease, pauseMs: number): Promise<void> {
  const answer = await client.rpc('elibereaza_lease', {
    p_dispozitiv_id: lease.deviceId,
    p_fence: lease.fence,
    p_pauza_ms: pauseMs,
  });
  dataOf(answer, 'giving a lease back', lease.deviceId);
}

type OpenLegRow = LegRow & { sincronizari: { domeniu: unknown; cerut_la: string } };
type OpenLeg = Leg & { scope: RunScope; requestedAtMs: number };

const waitsBehind = (leg: OpenLeg): number => (leg.scope.employeeId === null ? 1 : 0);

/** Single-employee runs first, then by age. */
export async function readOpenLegs(client: Client, lease: Lease): Promise<OpenLeg[]> {
  const answer = await client
    .from('sincronizari_dispozitive')
    .select(`${LEG_COLUMNS}, neschimbate, sincronizari!inner(domeniu, cerut_la)`)
    .eq('dispozitiv_id', lease.deviceId)
    .in('stare', ['queued', 'running'])
    .limit(MAX_ROWS)
    .overrideTypes<OpenLegRow[], { merge: false }>();
  return dataOf<OpenLegRow[]>(answer, 'reading open legs')
    .map((row) => ({
      ...legFromRow(row),
      scope: scopeFromColumn(row.sincronizari.domeniu),
      requestedAtMs: timestampToMs(row.sincronizari.cerut_la) ?? 0,
    }))
    .sort((a, b) => waitsBehind(a) - waitsBehind(b) || a.requestedAtMs - b.requestedAtMs);
}
