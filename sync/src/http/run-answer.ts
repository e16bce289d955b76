import type { Employee } from '../model/employee.ts';
import type { Counters, Leg, Line, Run, RunState } from '../model/run.ts';

export interface CountersAnswer {
  success: number;
  already_existing: number;
  partial: number;
  skipped: number;
  failed: number;
  not_attempted: number;
}

const countersAnswer = (counters: Counters): CountersAnswer => ({
  success: counters.success,
  already_existing: counters.alreadyExisting,
  partial: counters.partial,
  skipped: counters.skipped,
  failed: counters.failed,
  not_attempted: counters.notAttempted,
});

const sum = (legs: readonly Leg[], of: keyof Counters): number =>
  legs.reduce((total, leg) => total + leg.counters[of], 0);

/** Counts over all devices; an employee without a number is skipped once per run, not once per device. */
export function summaryAnswer(run: Run) {
  return {
    employees: run.employeesInScope,
    devices: run.legs.length,
    ...countersAnswer({
      success: sum(run.legs, 'success'),
      alreadyExisting: sum(run.legs, 'alreadyExisting'),
      partial: sum(run.legs, 'partial'),
      skipped: sum(run.legs, 'skipped') + run.employeesWithoutNumber,
      failed: sum(run.legs, 'failed'),
      notAttempted: sum(run.legs, 'notAttempted'),
    }),
  };
}

export function deviceAnswer(leg: Leg) {
  return {
    dispozitiv_id: leg.deviceId,
    nume: leg.deviceName,
    status: leg.state,
    reason: leg.reason,
    ...countersAnswer(leg.counters),
    strangers: leg.strangers && {
      count: leg.strangers.count,
      employee_nos: leg.strangers.employeeNos,
    },
  };
}

export function resultAnswer(line: Line) {
  return {
    angajat_id: line.employeeId,
    dispozitiv_id: line.deviceId,
    employee_no: line.employeeNo,
    status: line.status,
    person: line.person,
    face: line.face,
    reasons: line.reasons,
    error: line.error,
  };
}

/** The line of a pair that was found in step: legs keep only its employee number. */
export function unchangedLine(employeeNo: number, deviceId: string, employee: Employee | undefined): Line {
  return {
    employeeId: employee?.employeeId ?? null,
    employeeNo,
    deviceId,
    status: 'sincronizat',
    person: 'unchanged',
    face: employee?.photoUrl === null ? 'missing' : 'unchanged',
    reasons: [],
    error: null,
  };
}

export interface ErrorAnswer {
  code: string;
  message: string;
  dispozitiv_id: string | null;
  angajat_id: string | null;
}

/**
 * A device that was stopped is one error, not one for each employee it did not get to; so is what is told of a device
 * that was worked through.
 */
export const legErrors = (legs: readonly Leg[]): ErrorAnswer[] =>
  legs
    .filter((leg) => leg.state === 'stopped' || (leg.state === 'partial' && leg.reasonCode !== null))
    .map((leg) => ({
      code: leg.reasonCode ?? 'device_stopped',
      message: leg.reason ?? 'The device was stopped.',
      dispozitiv_id: leg.deviceId,
      angajat_id: null,
    }));

export const lineError = (line: Line): ErrorAnswer | null =>
  line.error === null || line.status === 'neincercat'
    ? null
    : { ...line.error, dispozitiv_id: line.deviceId, angajat_id: line.employeeId };

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** What the history shows of a run beside its counts. */
export function runHeader(run: Run) {
  return {
    kind: run.scope.kind,
    mode: run.scope.mode,
    execution: run.scope.execution,
    requested_by: run.requestedBy,
    requested_at: iso(run.requestedAtMs),
    started_at: iso(run.startedAtMs),
    finished_at: iso(run.finishedAtMs),
    cancel_requested: run.cancelRequested,
  };
}

/** One run in a list, or its state so far: everything but the results. */
export const runSummary = (run: Run) => ({
  run_id: run.runId,
  status: run.state,
  summary: summaryAnswer(run),
  ...runHeader(run),
});

export const isOver = (state: RunState): boolean => state !== 'queued' && state !== 'running';

/** 502 when no device could be worked with; 200 also for a run that went well only in part. */
export const httpStatusOf = (state: RunState): number => (state === 'failed' ? 502 : 200);

/** X of Y: pairs that have their result, of the pairs in scope. */
export function progressOf(run: Run): { done: number; total: number } {
  const done = run.legs.reduce(
    (total, { counters }) =>
      total +
      counters.success +
      counters.partial +
      counters.skipped +
      counters.failed +
      counters.notAttempted,
    0,
  );
  return { done, total: Math.max(done, run.employeesInScope * run.legs.length) };
}
