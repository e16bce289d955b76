import type { Clock } from '../clock.ts';
import type { Run } from '../model/run.ts';
import { StoreUnreachableError } from '../store/store-errors.ts';
import type { StorePort } from './store-port.ts';
import type { EventSource } from './engine-port.ts';
import { deviceAnswer, isOver, progressOf, runSummary } from './run-answer.ts';

/** However much happens, a watcher is told at most so often. */
const MIN_GAP_MS = 250;
/** Work done by another daemon raises no event here: look at the database this often. */
const POLL_MS = 2_000;

const message = (event: string, data: unknown) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
const COMMENT = ': still here\n\n';

const progress = (run: Run) => ({ ...runSummary(run), ...progressOf(run) });

/** Wakes a sleeping watcher when this daemon's engine says something about the run. */
function watch(events: EventSource, runId: string) {
  let wake = new AbortController();
  const listener = (event: { runId: string }) => {
    if (event.runId === runId) wake.abort();
  };
  events.on('run.progress', listener);
  events.on('leg.finished', listener);
  events.on('run.finished', listener);
  return {
    async change(clock: Clock, maxMs: number, signal: AbortSignal): Promise<void> {
      await clock.sleep(maxMs, AbortSignal.any([wake.signal, signal]));
      wake = new AbortController();
    },
    stop() {
      events.off('run.progress', listener);
      events.off('leg.finished', listener);
      events.off('run.finished', listener);
    },
  };
}

/**
 * A run's progress as the text of server-sent events, until it is over or the signal aborts: `progress` events with
 * the whole state so far (nothing is lost by a reconnect), at last one `finished` with the devices. While the
 * database is away the stream stays open and silent but for comments.
 */
export async function* runEvents(
  runId: string,
  deps: { store: StorePort; events: EventSource; clock: Clock; signal: AbortSignal },
): AsyncGenerator<string> {
  const { store, clock, signal } = deps;
  const watcher = watch(deps.events, runId);
  let last = '';
  try {
    while (!signal.aborted) {
      const run = await readRunOrNothing(store, runId);
      if (run !== null && isOver(run.state)) {
        yield message('finished', { ...progress(run), devices: run.legs.map(deviceAnswer) });
        return;
      }
      const next = run === null ? COMMENT : message('progress', progress(run));
      yield next === last ? COMMENT : next;
      if (run !== null) last = next;
      await watcher.change(clock, POLL_MS, signal);
      await clock.sleep(MIN_GAP_MS, signal);
    }
  } finally {
    watcher.stop();
  }
}

async function readRunOrNothing(store: StorePort, runId: string): Promise<Run | null> {
  try {
    return await store.readRunProgress(runId);
  } catch (error) {
    if (error instanceof StoreUnreachableError) return null;
    throw error;
  }
}
