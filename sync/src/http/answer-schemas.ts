import { z } from 'zod';
import { problemCodes } from './problem.ts';

const count = z.int().nonnegative();

const counters = {
  success: count,
  already_existing: count,
  partial: count,
  skipped: count,
  failed: count,
  not_attempted: count,
};

const runStatus = z.enum(['queued', 'running', 'completed', 'partial', 'failed', 'cancelled']);

const summary = z.strictObject({ employees: count, devices: count, ...counters });

const deviceResult = z.strictObject({
  dispozitiv_id: z.guid(),
  nume: z.string(),
  status: z.enum(['queued', 'running', 'ok', 'partial', 'stopped', 'cancelled']),
  reason: z
    .string()
    .nullable()
    .meta({ description: 'Why the device was stopped or left out, or what else is to be known of it.' }),
  ...counters,
  strangers: z
    .strictObject({ count, employee_nos: z.array(z.string()) })
    .nullable()
    .meta({
      description:
        'Persons on the device that are not ours: reported and left alone, with the numbers of the first 100. Null when ' +
        "the run did not read the device's list (first contact and mode verify do).",
    }),
});

const pairResult = z.strictObject({
  angajat_id: z.guid().nullable(),
  dispozitiv_id: z.guid(),
  employee_no: z.int().nullable(),
  status: z.enum(['sincronizat', 'partial', 'eroare', 'omis', 'neincercat']),
  person: z.enum(['created', 'already_exists', 'updated', 'unchanged', 'failed', 'skipped', 'not_attempted']),
  face: z.enum(['set', 'unchanged', 'missing', 'failed', 'skipped', 'not_attempted']),
  reasons: z.array(z.string()).meta({ description: 'Why each step was planned: new, name changed, …' }),
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
});

const header = {
  kind: z.string(),
  mode: z.enum(['incremental', 'full', 'verify']),
  execution: z.enum(['perform', 'plan']),
  requested_by: z.string(),
  requested_at: z.iso.datetime(),
  started_at: z.iso.datetime().nullable(),
  finished_at: z.iso.datetime().nullable(),
  cancel_requested: z.boolean(),
};

const results = {
  devices: z.array(deviceResult),
  results: z.array(pairResult),
  errors: z.array(
    z.strictObject({
      code: z.string(),
      message: z.string(),
      dispozitiv_id: z.guid().nullable(),
      angajat_id: z.guid().nullable(),
    }),
  ),
};

/** What the API answers, as the OpenAPI document and the tests know it. */
export const answers = {
  SyncResult: z.strictObject({ run_id: z.guid(), status: runStatus, summary, ...results }),
  Run: z.strictObject({ run_id: z.guid(), status: runStatus, summary, ...header, ...results }),
  RunList: z.strictObject({
    runs: z.array(z.strictObject({ run_id: z.guid(), status: runStatus, summary, ...header })),
    next: z
      .string()
      .nullable()
      .meta({ description: 'Pass as `before` for older runs; null on the last page.' }),
  }),
  Accepted: z.strictObject({ run_id: z.guid(), status: z.enum(['queued', 'cancelling']) }),
  Problem: z
    .looseObject({
      type: z.string(),
      title: z.string(),
      status: z.int(),
      code: z.enum(problemCodes as [string, ...string[]]),
      detail: z.string(),
      run_id: z.guid().optional().meta({ description: 'With sync_already_running and daemon_stopping.' }),
    })
    .meta({ description: 'RFC 9457 problem document; decide by `code`.' }),
};

export type AnswerName = keyof typeof answers;
