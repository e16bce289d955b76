import { createEmitter, type Emitter } from '../../engine/emitter.ts';
import type { EngineEvents } from '../../engine/events.ts';
import { createRun } from '../../engine/run/submit.ts';
import type { Line } from '../../model/run.ts';
import type { LegProgress, Store } from '../../store/store.ts';
import type { EnginePort } from '../engine-port.ts';

/** An engine that does what the test says: runs wait until `work` and `finish` are called. */
export interface FakeEngine extends EnginePort {
  events: Emitter<EngineEvents>;
  /** Ids of the runs that somebody waits for. */
  waiting: Set<string>;
  /** Resolves when somebody waits for the run, or nobody any more. */
  whenWaited(runId: string, by: 'somebody' | 'nobody'): Promise<void>;
  cancelled: string[];
  /** Resolves with the id of the next run that is created. */
  nextRun(): Promise<string>;
  /** Writes lines and progress of a run for one device. */
  work(runId: string, deviceId: string, lines: Line[], progress?: Partial<LegProgress>): Promise<void>;
  /** Closes the run and tells everybody. */
  finish(runId: string): Promise<void>;
}

export function createFakeEngine(store: Store): FakeEngine {
  const events = createEmitter<EngineEvents>();
  const waiting = new Set<string>();
  const watchers = new Set<() => void>();
  const setWaiting = (runId: string, yes: boolean) => {
    if (yes) waiting.add(runId);
    else waiting.delete(runId);
    for (const watcher of watchers) watcher();
  };
  const cancelled: string[] = [];
  const finishers = new Map<string, () => void>();
  const expecting: ((runId: string) => void)[] = [];

  return {
    events,
    waiting,
    cancelled,
    whenWaited: (runId, by) =>
      new Promise((resolve) => {
        const watcher = () => {
          if (waiting.has(runId) !== (by === 'somebody')) return;
          watchers.delete(watcher);
          resolve();
        };
        watchers.add(watcher);
        watcher();
      }),
    nextRun: () => new Promise((resolve) => expecting.push(resolve)),
    async submit(scope, requestedBy) {
      const run = await createRun(store, scope, requestedBy);
      expecting.shift()?.(run.runId);
      return run;
    },
    whenFinished: (runId, signal) =>
      new Promise((resolve, reject) => {
        setWaiting(runId, true);
        const over = () => {
          setWaiting(runId, false);
          signal.removeEventListener('abort', abort);
        };
        const abort = () => {
          over();
          reject(new Error('aborted'));
        };
        finishers.set(runId, () => {
          over();
          resolve(null);
        });
        signal.addEventListener('abort', abort, { once: true });
      }),
    cancel: async (runId) => {
      cancelled.push(runId);
      await store.requestCancel(runId);
    },
    async work(runId, deviceId, lines, progress = {}) {
      const leases = await store.leaseDevicesWithWork('tester', 60_000, 1000);
      const lease = leases.find((one) => one.deviceId === deviceId);
      if (lease === undefined) throw new Error(`device ${deviceId} has no work`);
      const outcomes = lines.map((line) => ({ runId, line, tracking: null }));
      const blank = { cursorEmployeeNo: null, reason: null, reasonCode: null, unchanged: [] };
      await store.writeOutcomes(lease, outcomes, [{ runId, state: 'ok', ...blank, ...progress }]);
      for (const one of leases) await store.releaseLease(one, 0);
      events.emit('run.progress', { runId, done: lines.length, total: lines.length });
    },
    async finish(runId) {
      const { state } = await store.finishRun(runId);
      events.emit('run.finished', { runId, state });
      finishers.get(runId)?.();
    },
  };
}
