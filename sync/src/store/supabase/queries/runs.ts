import { z } from 'zod';
import type { Run, RunScope, RunState } from '../../../model/run.ts';
import { scopeKey } from '../../../model/scope-key.ts';
import { LEG_COLUMNS, msToTimestamp, runFromRows, type LegRow } from '../../rows.ts';
import { dataOf, dataOrNull } from '../answer.ts';
import type { Client } from '../client.ts';
import { chunks, MAX_IDS_IN_FILTER, MAX_ROWS, readAll } from '../pages.ts';

const RUN_COLUMNS =
  `id, tip, domeniu, cheie, cerut_de, stare, cerut_la, inceput_la, terminat_la, anulare_ceruta_la,
  angajati_in_domeniu, angajati_fara_numar, dispozitive` as const;

const created = z.object({ run_id: z.string(), created: z.boolean() });
const finished = z.object({ finished: z.boolean(), stare: z.string() });

export async function createRun(
  client: Client,
  scope: RunScope,
  requestedBy: string,
  deviceIds: string[],
  counts: { employeesInScope: number; employeesWithoutNumber: number },
): Promise<{ runId: string; created: boolean }> {
  const answer = await client.rpc('creeaza_sincronizare', {
    p_domeniu: { ...scope },
    p_cheie: scopeKey(scope),
    p_cerut_de: requestedBy,
    p_dispozitive: deviceIds,
    p_angajati: counts.employeesInScope,
    p_fara_numar: counts.employeesWithoutNumber,
  });
  const run = created.parse(dataOf(answer, 'creating a run'));
  return { runId: run.run_id, created: run.created };
}

/** Legs of these runs, by run and device. Without the list of unchanged numbers unless asked for: it can be long. */
async function readLegs(client: Client, runIds: string[], withUnchanged: boolean): Promise<LegRow[]> {
  const columns = withUnchanged ? `${LEG_COLUMNS}, neschimbate` : LEG_COLUMNS;
  return readAll(async (last: LegRow | null) => {
    let query = client
      .from('sincronizari_dispozitive')
      .select(columns)
      .in('sincronizare_id', runIds)
      .order('sincronizare_id')
      .order('dispozitiv_id')
      .limit(MAX_ROWS);
    if (last !== null)
      query = query.or(
        `sincronizare_id.gt.${last.sincronizare_id},` +
          `and(sincronizare_id.eq.${last.sincronizare_id},dispozitiv_id.gt.${last.dispozitiv_id})`,
      );
    return dataOf<LegRow[]>(await query.overrideTypes<LegRow[], { merge: false }>(), 'reading legs');
  });
}

export async function readRun(client: Client, runId: string, withUnchanged: boolean): Promise<Run | null> {
  const answer = await client.from('sincronizari').select(RUN_COLUMNS).eq('id', runId).maybeSingle();
  const row = dataOrNull(answer, 'reading a run');
  return row === null ? null : runFromRows(row, await readLegs(client, [runId], withUnchanged));
}

/** Newest first. Their legs come without the numbers found unchanged; the counters have them. */
export async function listRuns(client: Client, before: number | null, limit: number): Promise<Run[]> {
  let query = client
    .from('sincronizari')
    .select(RUN_COLUMNS)
    .order('cerut_la', { ascending: false })
    .order('id', { ascending: false })
    .limit(Math.min(limit, MAX_IDS_IN_FILTER));
  const moment = msToTimestamp(before);
  if (moment !== null) query = query.lt('cerut_la', moment);
  const rows = dataOf(await query, 'listing runs');
  if (rows.length === 0) return [];
  const legs = await readLegs(
    client,
    rows.map(({ id }) => id),
    false,
  );
  return rows.map((row) =>
    runFromRows(
      row,
      legs.filter((leg) => leg.sincronizare_id === row.id),
    ),
  );
}

export async function requestCancel(client: Client, runId: string): Promise<void> {
  dataOf(await client.rpc('cere_anulare', { p_run_id: runId }), 'asking to cancel a run');
}

export async function readCancelled(client: Client, runIds: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const some of chunks(runIds, MAX_IDS_IN_FILTER)) {
    const answer = await client
      .from('sincronizari')
      .select('id')
      .in('id', some)
      .not('anulare_ceruta_la', 'is', null);
    found.push(...dataOf(answer, 'reading cancelled runs').map(({ id }) => id));
  }
  return found;
}

export async function finishRun(
  client: Client,
  runId: string,
): Promise<{ finished: boolean; state: RunState }> {
  const answer = await client.rpc('termina_sincronizare', { p_run_id: runId });
  const run = finished.parse(dataOf(answer, 'closing a run'));
  return { finished: run.finished, state: run.stare as RunState };
}
