import type { Clock } from '../../clock.ts';
import type { Leg, Line, Run, RunScope, RunState } from '../../model/run.ts';
import { scopeKey } from '../../model/scope-key.ts';
import { StoreRejectedError } from '../store-errors.ts';
import type { Tables } from './tables.ts';

const isOpen = (state: string): boolean => state === 'queued' || state === 'running';

function finalState(run: Run): RunState {
  if (run.cancelRequested && run.legs.some(({ state }) => state === 'cancelled')) return 'cancelled';
  if (run.legs.length > 0 && run.legs.every(({ state }) => state === 'stopped')) return 'failed';
  const clean = run.legs.every(
    ({ state, counters }) =>
      state === 'ok' && counters.partial + counters.failed + counters.notAttempted === 0,
  );
  return clean ? 'completed' : 'partial';
}

const blankLeg = (runId: string, deviceId: string, deviceName: string): Leg => ({
  runId,
  deviceId,
  deviceName,
  state: 'queued',
  reason: null,
  reasonCode: null,
  cursorEmployeeNo: null,
  counters: { success: 0, alreadyExisting: 0, partial: 0, skipped: 0, failed: 0, notAttempted: 0 },
  unchanged: [],
  strangers: null,
});

/** Ids that look like the database's and are the same in every replay. */
function idSource(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`;
  };
}

export function createRuns(tables: Tables, clock: Clock) {
  const nextId = idSource();
  const known = (runId: string): Run => {
    const run = tables.runs.get(runId);
    if (run === undefined) throw new StoreRejectedError(`There is no run ${runId}.`);
    return run;
  };
  return {
    create(
      scope: RunScope,
      requestedBy: string,
      deviceIds: string[],
      counts: { employeesInScope: number; employeesWithoutNumber: number },
    ): { runId: string; created: boolean } {
      const key = scopeKey(scope);
      for (const run of tables.runs.values())
        if (isOpen(run.state) && scopeKey(run.scope) === key) return { runId: run.runId, created: false };
      const runId = nextId();
      const devices = deviceIds.flatMap((deviceId) => tables.devices.get(deviceId) ?? []);
      const nowMs = clock.now();
      tables.runs.set(runId, {
        runId,
        scope: structuredClone(scope),
        state: devices.length === 0 ? 'completed' : 'queued',
        requestedBy,
        requestedAtMs: nowMs,
        startedAtMs: null,
        finishedAtMs: devices.length === 0 ? nowMs : null,
        cancelRequested: false,
        ...counts,
        legs: devices.map(({ deviceId, name }) => blankLeg(runId, deviceId, name)),
      });
      tables.lines.set(runId, new Map());
      return { runId, created: true };
    },

    finish(runId: string): { finished: boolean; state: RunState } {
      const run = known(runId);
      if (!isOpen(run.state) || run.legs.some(({ state }) => isOpen(state)))
        return { finished: false, state: run.state };
      run.state = finalState(run);
      run.finishedAtMs = clock.now();
      run.startedAtMs ??= run.finishedAtMs;
      return { finished: true, state: run.state };
    },

    requestCancel(runId: string): void {
      const run = known(runId);
      if (isOpen(run.state)) run.cancelRequested = true;
    },

    list(before: number | null, limit: number): Run[] {
      return [...tables.runs.values()]
        .filter(({ requestedAtMs }) => before === null || requestedAtMs < before)
        .sort((a, b) => b.requestedAtMs - a.requestedAtMs || (a.runId < b.runId ? 1 : -1))
        .slice(0, limit);
    },

    lines(runId: string, after: { employeeNo: number; deviceId: string } | null, limit: number): Line[] {
      const follows = (line: Line): boolean => {
        if (after === null) return true;
        const employeeNo = line.employeeNo ?? 0;
        return (
          employeeNo > after.employeeNo || (employeeNo === after.employeeNo && line.deviceId > after.deviceId)
        );
      };
      return [...(tables.lines.get(runId)?.values() ?? [])]
        .filter(follows)
        .sort((a, b) => (a.employeeNo ?? 0) - (b.employeeNo ?? 0) || (a.deviceId < b.deviceId ? -1 : 1))
        .slice(0, limit);
    },

    openLegs(deviceId: string): (Leg & { scope: RunScope; requestedAtMs: number })[] {
      const open = [...tables.runs.values()].flatMap((run) =>
        run.legs
          .filter((leg) => leg.deviceId === deviceId && isOpen(leg.state))
          .map((leg) => ({ ...leg, scope: run.scope, requestedAtMs: run.requestedAtMs })),
      );
      const single = (leg: { scope: RunScope }): number => (leg.scope.employeeId === null ? 1 : 0);
      return open.sort((a, b) => single(a) - single(b) || a.requestedAtMs - b.requestedAtMs);
    },
  };
}
