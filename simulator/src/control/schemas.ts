import { z } from 'zod';
import type { CardView, EventView, FaceView, PersonView } from '../fleet-types.ts';
import type { JournalEntry } from '../journal/journal.ts';
import { problemCodes } from './problem.ts';

const count = z.int().min(0);

export const faultEntry = z.union([z.string(), z.record(z.string(), z.unknown())]);

/** Checked in depth, with better words than a schema has, where the faults are set. */
export const faultList = z.union([z.array(faultEntry), z.strictObject({ faults: z.array(faultEntry) })], {
  error:
    'PUT takes the whole list, for example ["flaky-vpn"] or [{"what": {"kind": "busy"}}]; POST adds one fault',
});

export const personSeed = z.strictObject({
  employeeNo: z.string('an employeeNo is text, for its leading zeros: write it in quotes').min(1).max(63),
  name: z.string().max(256),
  face: z.boolean().optional(),
});

const account = z.strictObject({
  username: z.string().min(1).max(64),
  password: z.string().min(1).max(64),
  privilege: z.enum(['admin', 'operator', 'user']),
});

export const faultCount = z.strictObject({ id: z.string(), seen: count, fired: count });

/** A device as a fleet file or the control API describes it. Traits and faults are checked where they are used. */
export const deviceSpec = z.strictObject({
  id: z.string().optional(),
  profile: z.string().min(1).max(1024).optional(),
  traits: z.record(z.string(), z.unknown()).optional(),
  port: z.int().min(0).max(65_535).optional(),
  scheme: z.enum(['http', 'https']).optional(),
  username: z.string().min(1).max(64).optional(),
  password: z.string().min(1).max(64).optional(),
  users: z.array(account).max(100).optional(),
  activated: z.boolean().optional(),
  persons: z.array(personSeed).max(100_000).optional(),
  faults: z.array(faultEntry).optional(),
});

export const deviceView = z.strictObject({
  id: z.string(),
  url: z.string(),
  scheme: z.enum(['http', 'https']),
  host: z.string(),
  port: count,
  username: z.string(),
  model: z.string(),
  profile: z.string(),
  serialNumber: z.string(),
  certificateFingerprint: z.string().nullable(),
  power: z.enum(['on', 'off', 'rebooting']),
  persons: count,
  faces: count,
  faults: z.array(z.string()).meta({ description: 'Ids of the faults that are set' }),
});

export const personView: z.ZodType<PersonView> = z.strictObject({
  employeeNo: z.string(),
  name: z.string(),
  userType: z.string(),
  valid: z.strictObject({ enable: z.boolean(), beginTime: z.string(), endTime: z.string() }),
  doorRight: z.string(),
  rightPlan: z.array(z.strictObject({ doorNo: z.int(), planTemplateNo: z.string() })),
  numOfFace: count,
  numOfCard: count,
});

export const faceView: z.ZodType<FaceView> = z.strictObject({
  FDID: z.string(),
  FPID: z.string(),
  sha256: z.string(),
  sizeBytes: count,
  origin: z.string(),
});

export const cardView: z.ZodType<CardView> = z.strictObject({
  cardNo: z.string(),
  employeeNo: z.string(),
  cardType: z.string(),
});

export const eventView: z.ZodType<EventView> = z.strictObject({
  serialNo: count,
  time: z.string(),
  major: z.int(),
  minor: z.int(),
  employeeNo: z.string().optional(),
  name: z.string().optional(),
  cardNo: z.string().optional(),
  doorNo: z.int().optional(),
  remoteCheck: z.boolean().optional(),
});

export const eventQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(1000).default(100) });

const outcome = z.enum(['answered', 'silence', 'reset', 'refused', 'truncated', 'stream', 'client-gone']);

export const journalEntry: z.ZodType<JournalEntry> = z.strictObject({
  sequence: count,
  deviceId: z.string(),
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
  remoteAddress: z.string(),
  method: z.string(),
  target: z.string(),
  endpoint: z.string().nullable(),
  nearest: z.string().nullable(),
  auth: z.string(),
  userName: z.string().nullable(),
  employeeNo: z.string().nullable(),
  requestBody: z.string().nullable(),
  status: z.int().nullable(),
  subStatusCode: z.string().nullable(),
  responseBody: z.string().nullable(),
  note: z.string().nullable(),
  outcome: outcome.nullable(),
  done: z.boolean(),
  faults: z.array(z.string()),
});

/** A page of the journal when the client names no limit. */
const DEFAULT_PAGE = 100;
const MAX_PAGE = 1000;

const filterFields = {
  method: z.string().max(16).optional(),
  endpoint: z.string().max(100).optional(),
  path: z.string().max(1024).optional().meta({ description: 'Target begins with this' }),
  employeeNo: z.string().max(128).optional(),
  status: z.coerce.number().int().min(100).max(599).optional(),
  auth: z.string().max(32).optional(),
  outcome: outcome.optional(),
  after: z.coerce.number().int().min(0).optional().meta({ description: 'Entries with a greater sequence' }),
};

export const journalQuery = z.strictObject({
  ...filterFields,
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
});

/** The longest a client may wait for a request. */
const MAX_WAIT_MS = 120_000;

export const nextRequestQuery = z.strictObject({
  ...filterFields,
  timeoutMs: z.coerce.number().int().min(1).max(MAX_WAIT_MS).default(30_000),
  includePast: z.enum(['true', 'false']).default('false'),
});

export const fault = z.strictObject({
  id: z.string(),
  when: z.record(z.string(), z.unknown()).optional(),
  what: z.looseObject({ kind: z.string() }),
});

export const unknownRequest = z.strictObject({
  deviceId: z.string(),
  method: z.string(),
  path: z.string(),
  nearest: z.string(),
  times: count,
  lastAtMs: z.number(),
});

export const problemDocument = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(problemCodes) as [string, ...string[]]),
  detail: z.string(),
});
