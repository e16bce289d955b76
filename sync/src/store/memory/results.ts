import type { Counters, Leg, LegState, Line, LineStatus } from '../../model/run.ts';
import type { LegProgress, Outcome } from '../store.ts';
import type { Tables } from './tables.ts';
import { trackingOf } from './tables.ts';

const FINAL: ReadonlySet<LegState> = new Set<LegState>(['ok', 'partial', 'stopped', 'cancelled']);

const counterOf: Record<LineStatus, keyof Counters> = {
  sincronizat: 'success',
  partial: 'partial',
  eroare: 'failed',
  omis: 'skipped',
  neincercat: 'notAttempted',
};

function count(counters: Counters, line: Line, by: 1 | -1): void {
  counters[counterOf[line.status]] += by;
  if (line.status === 'sincronizat' && line.person === 'already_exists') counters.alreadyExisting += by;
}

const lineKey = (deviceId: string, employeeNo: number | null): string => `${employeeNo ?? ''}|${deviceId}`;

function writeLine(tables: Tables, runId: string, leg: Leg, line: Line): void {
  const lines = tables.lines.get(runId);
  if (lines === undefined) return;
  const key = lineKey(leg.deviceId, line.employeeNo);
  const before = lines.get(key);
  // Written twice after a lost answer: counted once, and a later result replaces the former.
  if (before !== undefined) count(leg.counters, before, -1);
  count(leg.counters, line, 1);
  lines.set(key, structuredClone(line));
  const listed = leg.unchanged.indexOf(line.employeeNo ?? -1);
  if (listed >= 0) {
    leg.unchanged.splice(listed, 1);
    leg.counters.success -= 1;
  }
}

function writeProgress(tables: Tables, leg: Leg, progress: LegProgress): void {
  const lines = tables.lines.get(leg.runId);
  const listed = new Set(leg.unchanged);
  for (const employeeNo of progress.unchanged) {
    if (listed.has(employeeNo) || lines?.has(lineKey(leg.deviceId, employeeNo)) === true) continue;
    listed.add(employeeNo);
    leg.unchanged.push(employeeNo);
    leg.counters.success += 1;
  }
  if (progress.cursorEmployeeNo !== null)
    leg.cursorEmployeeNo = Math.max(
      progress.cursorEmployeeNo,
      leg.cursorEmployeeNo ?? progress.cursorEmployeeNo,
    );
  if (progress.strangers !== undefined) leg.strangers = structuredClone(progress.strangers);
  if (FINAL.has(leg.state)) return;
  if (!(leg.state === 'running' && progress.state === 'queued')) leg.state = progress.state;
  leg.reason = progress.reason;
  leg.reasonCode = progress.reasonCode;
}

/** One transaction of results; the lease has been checked. May be repeated with the same values. */
export function writeResults(
  tables: Tables,
  deviceId: string,
  outcomes: readonly Outcome[],
  progress: readonly LegProgress[],
  nowMs: number,
): void {
  const legOf = (runId: string): Leg | undefined =>
    tables.runs.get(runId)?.legs.find((leg) => leg.deviceId === deviceId);
  for (const { tracking } of outcomes)
    if (tracking !== null) trackingOf(tables, deviceId).set(tracking.employeeNo, structuredClone(tracking));
  for (const { runId, line } of outcomes) {
    const leg = legOf(runId);
    if (leg !== undefined) writeLine(tables, runId, leg, line);
  }
  for (const step of progress) {
    const leg = legOf(step.runId);
    if (leg !== undefined) writeProgress(tables, leg, step);
  }
  for (const { runId } of [...outcomes, ...progress]) {
    const run = tables.runs.get(runId);
    if (run?.state !== 'queued') continue;
    run.state = 'running';
    run.startedAtMs ??= nowMs;
  }
}
