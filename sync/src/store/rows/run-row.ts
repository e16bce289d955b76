import type { Database } from '@pontaj/supabase';
import { z } from 'zod';
import type { Leg, LegState, Run, RunScope, RunState } from '../../model/run.ts';
import type { LegProgress } from '../store.ts';
import { timestampToMs } from './timestamp.ts';

export type RunRow = Database['public']['Tables']['sincronizari']['Row'];
export type LegRow = Omit<
  Database['public']['Tables']['sincronizari_dispozitive']['Row'],
  'neschimbate' | 'actualizat_la'
> & { neschimbate?: number[] };

export const LEG_COLUMNS =
  'sincronizare_id, dispozitiv_id, dispozitiv_nume, stare, motiv_cod, motiv, cursor_employee_no, ' +
  'reusite, existente, partiale, omise, esuate, neincercate, straini_numar, straini';

const scope = z.object({
  kind: z.enum([
    'sync-angajat-all-devices',
    'sync-all-to-all-devices',
    'sync-angajat-photo-only',
    'sync-angajat-device',
    'sync-all-to-device',
  ]),
  employeeId: z.string().nullable(),
  deviceId: z.string().nullable(),
  siteId: z.string().nullable(),
  work: z.enum(['person-and-face', 'face-only']),
  mode: z.enum(['incremental', 'full', 'verify']),
  execution: z.enum(['perform', 'plan']),
}) satisfies z.ZodType<RunScope>;

/** @throws when the column was not written by a daemon of this version: such a run cannot be worked on. */
export const scopeFromColumn = (value: unknown): RunScope => scope.parse(value);

export const legFromRow = (row: LegRow): Leg => ({
  runId: row.sincronizare_id,
  deviceId: row.dispozitiv_id,
  deviceName: row.dispozitiv_nume,
  state: row.stare as LegState,
  reason: row.motiv,
  reasonCode: row.motiv_cod,
  cursorEmployeeNo: row.cursor_employee_no,
  counters: {
    success: row.reusite,
    alreadyExisting: row.existente,
    partial: row.partiale,
    skipped: row.omise,
    failed: row.esuate,
    notAttempted: row.neincercate,
  },
  unchanged: row.neschimbate ?? [],
  strangers: row.straini_numar === null ? null : { count: row.straini_numar, employeeNos: row.straini },
});

export const runFromRows = (row: RunRow, legs: LegRow[]): Run => ({
  runId: row.id,
  scope: scopeFromColumn(row.domeniu),
  state: row.stare as RunState,
  requestedBy: row.cerut_de,
  requestedAtMs: timestampToMs(row.cerut_la) ?? 0,
  startedAtMs: timestampToMs(row.inceput_la),
  finishedAtMs: timestampToMs(row.terminat_la),
  cancelRequested: row.anulare_ceruta_la !== null,
  employeesWithoutNumber: row.angajati_fara_numar,
  employeesInScope: row.angajati_in_domeniu,
  legs: legs.map(legFromRow),
});

export const progressColumns = (progress: LegProgress) => ({
  run_id: progress.runId,
  stare: progress.state,
  cursor_employee_no: progress.cursorEmployeeNo,
  motiv_cod: progress.reasonCode,
  motiv: progress.reason,
  neschimbate: progress.unchanged,
  straini_numar: progress.strangers?.count,
  straini: progress.strangers?.employeeNos,
});
