/** Which endpoint or command asked. The texts are stored in `sincronizari.tip`. */
export type RunKind =
  | 'sync-angajat-all-devices'
  | 'sync-all-to-all-devices'
  | 'sync-angajat-photo-only'
  | 'sync-angajat-device'
  | 'sync-all-to-device';

export type RunState = 'queued' | 'running' | 'completed' | 'partial' | 'failed' | 'cancelled';
export type LegState = 'queued' | 'running' | 'ok' | 'partial' | 'stopped' | 'cancelled';

export interface RunScope {
  kind: RunKind;
  /** Null: all active employees. */
  employeeId: string | null;
  /** Null: all active devices. */
  deviceId: string | null;
  /** Only devices of this site; null: of all. */
  siteId: string | null;
  work: 'person-and-face' | 'face-only';
  /** `incremental` skips what is in step; `full` sends everything; `verify` reads the device first. */
  mode: 'incremental' | 'full' | 'verify';
  /** `plan` records the planned steps and sends nothing that changes a device. */
  execution: 'perform' | 'plan';
}

/** What is counted, per leg and per run. The names of the API are in `http/`. */
export interface Counters {
  success: number;
  alreadyExisting: number;
  partial: number;
  skipped: number;
  failed: number;
  notAttempted: number;
}

/** Persons on a device that are not ours: reported, and left alone. */
export interface Strangers {
  count: number;
  /** Of the first of them, as the device has them. */
  employeeNos: string[];
}

/** One device's part of a run: the unit that a daemon takes, works through and can hand over. */
export interface Leg {
  runId: string;
  deviceId: string;
  deviceName: string;
  state: LegState;
  /** Why the device was stopped or left out, in an operator's words. */
  reason: string | null;
  reasonCode: string | null;
  /** All pairs up to and including this employee number have their result. */
  cursorEmployeeNo: number | null;
  counters: Counters;
  /** Employee numbers found in step without a device call: their results, kept compact. */
  unchanged: number[];
  /** Null where the device's list was not read. */
  strangers: Strangers | null;
}

export interface Run {
  runId: string;
  scope: RunScope;
  state: RunState;
  /** `sub` of the token, or `cli`. */
  requestedBy: string;
  requestedAtMs: number;
  startedAtMs: number | null;
  finishedAtMs: number | null;
  cancelRequested: boolean;
  /** Active employees in scope without a number: skipped, counted once per run and not per device. */
  employeesWithoutNumber: number;
  employeesInScope: number;
  legs: Leg[];
}

export type LineStatus = 'sincronizat' | 'partial' | 'eroare' | 'omis' | 'neincercat';
export type PersonResult =
  'created' | 'already_exists' | 'updated' | 'unchanged' | 'failed' | 'skipped' | 'not_attempted';
export type FaceResult = 'set' | 'unchanged' | 'missing' | 'failed' | 'skipped' | 'not_attempted';

export interface ItemError {
  /** Stable, snake_case: `face_rejected`, `device_unreachable`, … */
  code: string;
  message: string;
}

/** The result of one pair in one run: a row of `sincronizari_linii`. */
export interface Line {
  /** Null when the employee was deleted meanwhile. */
  employeeId: string | null;
  employeeNo: number | null;
  deviceId: string;
  status: LineStatus;
  person: PersonResult;
  face: FaceResult;
  /** Why each step was planned: `new`, `name changed`, `leaver`, … */
  reasons: string[];
  error: ItemError | null;
}
