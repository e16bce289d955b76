import { z } from 'zod';
import type { RunKind, RunScope } from '../model/run.ts';
import { readInput } from './body-of.ts';
import { Problem } from './problem.ts';

/** Any UUID-shaped id: Postgres takes all of them, whatever version their digits claim. */
const id = (what: string) => z.guid(`expected ${what} as a UUID`);

const options = {
  full: z.boolean('expected true or false').optional().meta({ description: 'Send everything again.' }),
  verify: z
    .boolean('expected true or false')
    .optional()
    .meta({ description: 'Read what is on the devices first, and bring only what differs in step.' }),
  dry_run: z
    .boolean('expected true or false')
    .optional()
    .meta({ description: 'Record what would be done, and change nothing on any device.' }),
};
const employee = { angajat_id: id('the id of an employee (angajati.id)') };
const device = { dispozitiv_id: id('the id of a device (dispozitive_pontaj.id)') };
const site = {
  santier_id: id('the id of a site').optional().meta({ description: 'Only devices of this site.' }),
};

const bodies = {
  'sync-angajat-all-devices': z.strictObject({ ...employee, ...options }, 'expected a JSON object'),
  'sync-all-to-all-devices': z.strictObject({ ...site, ...options }, 'expected a JSON object'),
  'sync-angajat-photo-only': z.strictObject({ ...employee, ...options }, 'expected a JSON object'),
  'sync-angajat-device': z.strictObject({ ...employee, ...device, ...options }, 'expected a JSON object'),
  'sync-all-to-device': z.strictObject({ ...device, ...options }, 'expected a JSON object'),
} satisfies Record<RunKind, z.ZodObject>;

export const syncRequests: { kind: RunKind; body: z.ZodObject; summary: string }[] = [
  {
    kind: 'sync-angajat-all-devices',
    body: bodies['sync-angajat-all-devices'],
    summary: 'One employee to all active devices',
  },
  {
    kind: 'sync-all-to-all-devices',
    body: bodies['sync-all-to-all-devices'],
    summary: 'All active employees to all active devices',
  },
  {
    kind: 'sync-angajat-photo-only',
    body: bodies['sync-angajat-photo-only'],
    summary: "One employee's face only, on all active devices",
  },
  { kind: 'sync-angajat-device', body: bodies['sync-angajat-device'], summary: 'One employee to one device' },
  {
    kind: 'sync-all-to-device',
    body: bodies['sync-all-to-device'],
    summary: 'All active employees to one device',
  },
];

/** The ids and options that any of the bodies may carry. */
interface AnyBody {
  angajat_id?: string;
  dispozitiv_id?: string;
  santier_id?: string;
  full?: boolean | undefined;
  verify?: boolean | undefined;
  dry_run?: boolean | undefined;
}

function modeOf(body: AnyBody): RunScope['mode'] {
  if (body.full && body.verify)
    throw new Problem(
      'body_invalid',
      'full and verify exclude each other: full sends everything, verify only what differs. Send one of them.',
    );
  if (body.full) return 'full';
  return body.verify ? 'verify' : 'incremental';
}

/**
 * What is asked for. No body at all counts as `{}`.
 * @throws Problem `body_invalid` naming every field that does not fit.
 */
export function readScope(kind: RunKind, input: unknown): RunScope {
  const body: AnyBody = readInput<z.ZodRawShape>(bodies[kind], input === undefined ? {} : input);
  return {
    kind,
    employeeId: body.angajat_id?.toLowerCase() ?? null,
    deviceId: body.dispozitiv_id?.toLowerCase() ?? null,
    siteId: body.santier_id?.toLowerCase() ?? null,
    work: kind === 'sync-angajat-photo-only' ? 'face-only' : 'person-and-face',
    mode: modeOf(body),
    execution: body.dry_run ? 'plan' : 'perform',
  };
}
