import type { Run, RunState } from '../../model/run.ts';
import type { Store } from '../../store/store.ts';
import type { Emitter } from '../emitter.ts';
import type { EngineEvents } from '../events.ts';
import type { EngineOptions } from '../options.ts';

/** Reason codes of legs that were stopped for themselves alone; every other one counts for FATAL_SCOPE=run. */
const OWN_MATTER: ReadonlySet<string> = new Set([
  'device_persons_full',
  'device_faces_full',
  'device_storage_full',
  'device_unsupported',
  'run_stopped',
  'device_inactive',
  'device_deleted',
  'database_rejected',
]);

/** What all lanes of an engine must know of the runs they work for. */
export interface RunBook {
  /** Remembers a run's size when its first leg comes; asks the database once. */
  open(runId: string): Promise<void>;
  /** Why a run's pairs are not to be worked on any more; null: go on. */
  halted(runId: string): 'cancelled' | 'stopped' | null;
  cancelled(runIds: readonly string[]): void;
  /** A device failed fatally. */
  fatal(runId: string): void;
  /** Pairs that got their result. */
  done(runId: string, pairs: number): void;
  /** A leg is over: closes the run if it was the last one. */
  legOver(runId: string): Promise<void>;
  /** The run is over, whoever closed it. */
  over(runId: string, state: RunState): void;
  readonly openRuns: string[];
  /** With FATAL_SCOPE=run: looks for fatal errors that other daemons met. */
  lookForFatal(runId: string): Promise<void>;
}

interface Entry {
  done: number;
  total: number;
  halted: 'cancelled' | 'stopped' | null;
}

/** Runs remembered after they are over, so that a late lane still hears of a halt. */
const MAX_REMEMBERED = 1000;

const countOf = (run: Run): number =>
  run.legs.reduce(
    (sum, { counters: c }) => sum + c.success + c.partial + c.skipped + c.failed + c.notAttempted,
    0,
  );

export function createRunBook(
  store: Store,
  events: Emitter<EngineEvents>,
  options: Pick<EngineOptions, 'fatalScope'>,
): RunBook {
  const entries = new Map<string, Entry>();
  const open = new Set<string>();

  const entry = (runId: string): Entry => {
    const known = entries.get(runId);
    if (known !== undefined) return known;
    const fresh: Entry = { done: 0, total: 0, halted: null };
    entries.set(runId, fresh);
    for (const [oldest] of entries) {
      if (entries.size <= MAX_REMEMBERED) break;
      if (!open.has(oldest)) entries.delete(oldest);
    }
    return fresh;
  };

  const readFatal = (run: Run): void => {
    if (options.fatalScope !== 'run') return;
    if (run.legs.some(({ state, reasonCode }) => state === 'stopped' && !OWN_MATTER.has(reasonCode ?? '')))
      entry(run.runId).halted ??= 'stopped';
  };

  const over = (runId: string, state: RunState): void => {
    if (!open.delete(runId)) return;
    events.emit('run.finished', { runId, state });
  };

  return {
    async open(runId) {
      if (open.has(runId)) return;
      open.add(runId);
      const known = entry(runId);
      const run = await store.readRunProgress(runId);
      if (run === null) return;
      known.done = countOf(run);
      known.total = run.employeesInScope * run.legs.length;
      if (run.cancelRequested) known.halted = 'cancelled';
      readFatal(run);
    },
    halted: (runId) => entries.get(runId)?.halted ?? null,
    cancelled(runIds) {
      for (const runId of runIds) entry(runId).halted = 'cancelled';
    },
    fatal(runId) {
      if (options.fatalScope === 'run') entry(runId).halted ??= 'stopped';
    },
    done(runId, pairs) {
      const known = entry(runId);
      known.done += pairs;
      events.emit('run.progress', { runId, done: known.done, total: Math.max(known.total, known.done) });
    },
    async legOver(runId) {
      const { finished, state } = await store.finishRun(runId);
      if (finished || (state !== 'queued' && state !== 'running')) over(runId, state);
    },
    over,
    get openRuns() {
      return [...open];
    },
    async lookForFatal(runId) {
      if (options.fatalScope !== 'run') return;
      const run = await store.readRunProgress(runId);
      if (run !== null) readFatal(run);
    },
  };
}
