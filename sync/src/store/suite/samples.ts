import type { Counters, Line, RunScope } from '../../model/run.ts';
import type { Tracking } from '../../model/tracking.ts';
import type { LegProgress } from '../store.ts';

export const TTL_MS = 60_000;
export const SITE = '00000000-0000-4000-8000-00000000aaaa';

export const scopeOf = (deviceId: string, more: Partial<RunScope> = {}): RunScope => ({
  kind: 'sync-all-to-device',
  employeeId: null,
  deviceId,
  siteId: null,
  work: 'person-and-face',
  mode: 'incremental',
  execution: 'perform',
  ...more,
});

export const line = (deviceId: string, employeeNo: number, more: Partial<Line> = {}): Line => ({
  employeeId: null,
  employeeNo,
  deviceId,
  status: 'sincronizat',
  person: 'created',
  face: 'set',
  reasons: ['new'],
  error: null,
  ...more,
});

export const tracked = (deviceId: string, employeeNo: number, more: Partial<Tracking> = {}): Tracking => ({
  deviceId,
  employeeNo,
  biometricsId: null,
  status: 'sincronizat',
  person: { state: 'confirmed', fingerprint: 'p' },
  face: { state: 'confirmed', fingerprint: 'f' },
  accessClosed: false,
  identified: true,
  sentNames: ['n1', 'n2'],
  syncedAtMs: 1_760_000_000_123,
  errorCode: null,
  errorMessage: null,
  ...more,
});

export const progress = (runId: string, more: Partial<LegProgress> = {}): LegProgress => ({
  runId,
  state: 'running',
  cursorEmployeeNo: null,
  reason: null,
  reasonCode: null,
  unchanged: [],
  ...more,
});

export const counters = (more: Partial<Counters>): Counters => ({
  success: 0,
  alreadyExisting: 0,
  partial: 0,
  skipped: 0,
  failed: 0,
  notAttempted: 0,
  ...more,
});

export function only<Value>(values: readonly Value[]): Value {
  const [value, ...others] = values;
  if (value === undefined || others.length > 0) throw new Error(`expected one value, got ${values.length}`);
  return value;
}
