import type { Sql } from 'postgres';
import { firstOf } from './first-of.ts';

/** A run over these devices; its scope is `key`. */
export async function createRun(
  sql: Sql,
  devices: string[],
  key = 'toti',
  counts = { employees: 2, withoutNumber: 0 },
): Promise<{ run_id: string; created: boolean }> {
  const rows = await sql<{ answer: { run_id: string; created: boolean } }[]>`
    select public.creeaza_sincronizare(${sql.json({ kind: 'sync-all-to-all-devices', mode: 'incremental' })}, ${key},
      'cli', ${devices}::uuid[], ${counts.employees}, ${counts.withoutNumber}) as answer`;
  return firstOf(rows).answer;
}

export interface LeaseRow {
  dispozitiv_id: string;
  fence: string;
  expira_in_ms: string;
  /** Told when the lease is taken. */
  abandonat?: boolean;
}

export function takeLeases(sql: Sql, owner: string, limit = 100, lifeMs = 60_000): Promise<LeaseRow[]> {
  return sql<LeaseRow[]>`select * from public.preia_dispozitive(${owner}, ${lifeMs}, ${limit})`;
}

/** Lets a lease run out now. */
export async function expireLease(admin: Sql, device: string): Promise<void> {
  await admin`update public.dispozitive_lease set expira_la = clock_timestamp() - interval '1 ms'
              where dispozitiv_id = ${device}`;
}

export interface LineInput {
  employee_no: number;
  status: string;
  persoana?: string;
  fata?: string;
  motive?: string[];
  eroare_cod?: string | null;
  eroare_mesaj?: string | null;
  angajat_id?: string | null;
}

/** A line of a person created with a face, unless told otherwise. */
export function line(input: LineInput): LineInput {
  return { persoana: 'created', fata: 'set', motive: ['new'], ...input };
}

export interface ProgressInput {
  run_id: string;
  stare?: string;
  cursor_employee_no?: number | null;
  motiv_cod?: string | null;
  motiv?: string | null;
  neschimbate?: number[];
}

export async function writeResults(
  sql: Sql,
  device: string,
  fence: string | number,
  results: { run_id: string; linie: LineInput; urmarire?: Record<string, unknown> | null }[],
  progress: ProgressInput[] = [],
): Promise<void> {
  await sql`select public.scrie_rezultate(${device}, ${fence}, ${sql.json(results as never)}, ${sql.json(progress as never)})`;
}

export async function finishRun(sql: Sql, run: string): Promise<{ finished: boolean; stare: string }> {
  const rows = await sql<{ answer: { finished: boolean; stare: string } }[]>`
    select public.termina_sincronizare(${run}) as answer`;
  return firstOf(rows).answer;
}

const COUNTERS = ['reusite', 'existente', 'partiale', 'omise', 'esuate', 'neincercate'] as const;

type Counters = Record<(typeof COUNTERS)[number], number>;

interface LegRow extends Counters {
  stare: string;
  cursor_employee_no: number | null;
  neschimbate: number[];
  motiv_cod: string | null;
}

/** The leg of a run on a device, its counters with every zero left out. */
export async function readLeg(sql: Sql, run: string, device: string) {
  const leg = firstOf(
    await sql<LegRow[]>`select * from public.sincronizari_dispozitive
                        where sincronizare_id = ${run} and dispozitiv_id = ${device}`,
  );
  return {
    state: leg.stare,
    cursor: leg.cursor_employee_no,
    unchanged: leg.neschimbate,
    reasonCode: leg.motiv_cod,
    counters: withoutZeros(leg),
  };
}

function withoutZeros(leg: Counters): Partial<Counters> {
  const counters: Partial<Counters> = {};
  for (const name of COUNTERS) if (leg[name] !== 0) counters[name] = leg[name];
  return counters;
}
