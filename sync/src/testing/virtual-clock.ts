import type { Clock } from '../clock.ts';

export interface VirtualClock extends Clock {
  /**
   * Lets time pass until `work` is settled: whenever nothing is left to do at this moment, the clock jumps to the
   * next sleeper. Gives back what `work` gave.
   * @throws Error when nobody sleeps and `work` still waits (it would wait for ever), or when `limitMs` of virtual
   * time are over.
   */
  run<Value>(work: Promise<Value>, limitMs?: number): Promise<Value>;
  /** Lets `ms` of virtual time pass. */
  advance(ms: number): Promise<void>;
}

/** A day of virtual time: more than any run, and a bound for an engine that waits in a circle. */
const DEFAULT_LIMIT_MS = 86_400_000;

interface Sleeper {
  atMs: number;
  order: number;
  wake: () => void;
}

/** Everything that is due at this moment has run once the event loop comes round: promises settle before that. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Time that passes only when everybody waits. One thread and one order of events: the same input, the same course. */
export function createVirtualClock(startMs = Date.UTC(2026, 0, 5, 8)): VirtualClock {
  let nowMs = startMs;
  let order = 0;
  const sleepers = new Set<Sleeper>();

  const next = (): Sleeper | null => {
    let first: Sleeper | null = null;
    for (const one of sleepers)
      if (first === null || one.atMs < first.atMs || (one.atMs === first.atMs && one.order < first.order))
        first = one;
    return first;
  };

  const sleep: Clock['sleep'] = (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true || !(ms > 0)) {
        resolve();
        return;
      }
      order += 1;
      const wake = () => {
        sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper: Sleeper = { atMs: nowMs + ms, order, wake };
      sleepers.add(sleeper);
      signal?.addEventListener('abort', wake, { once: true });
    });

  const step = (untilMs: number): boolean => {
    const first = next();
    if (first === null || first.atMs > untilMs) return false;
    nowMs = first.atMs;
    first.wake();
    return true;
  };

  return {
    now: () => nowMs,
    sleep,
    async run(work, limitMs = DEFAULT_LIMIT_MS) {
      const untilMs = nowMs + limitMs;
      // Written in another turn: the compiler must not take it for constant.
      const state: { settled: boolean } = { settled: false };
      const over = () => {
        state.settled = true;
      };
      work.then(over, over);
      for (;;) {
        await settle();
        if (state.settled) return work;
        if (!step(untilMs))
          throw new Error(
            sleepers.size === 0
              ? 'Nobody sleeps and the work still waits: it would wait for ever.'
              : `The work is not over after ${limitMs} ms of virtual time.`,
          );
      }
    },
    async advance(ms) {
      const untilMs = nowMs + ms;
      do await settle();
      while (step(untilMs));
      nowMs = untilMs;
      await settle();
    },
  };
}
