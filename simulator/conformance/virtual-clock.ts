import type { Clock } from '../src/clock.ts';

/** A clock that moves only when a test moves it; sleepers wake in the order of their times. */
export interface VirtualClock extends Clock {
  /** Moves the time on, waking on the way whoever sleeps until then, and lets each finish what it does at once. */
  advance(ms: number): Promise<void>;
  /** Resolves as soon as so many sleep. */
  whenSleeping(count: number): Promise<void>;
  /** How many sleep now. */
  readonly sleepers: number;
}

interface Sleeper {
  atMs: number;
  wake: () => void;
}

/** Turns given to a woken sleeper before the next one wakes: enough for a chain of awaits, in process. */
const TURNS = 20;

export function virtualClock(startMs = Date.UTC(2026, 0, 5, 8)): VirtualClock {
  let nowMs = startMs;
  const sleepers = new Set<Sleeper>();
  const watchers = new Set<() => void>();
  const settle = async () => {
    for (let turn = 0; turn < TURNS; turn += 1) await Promise.resolve();
  };
  return {
    now: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (ms <= 0 || signal?.aborted) {
          resolve();
          return;
        }
        const sleeper: Sleeper = {
          atMs: nowMs + ms,
          wake: () => {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', sleeper.wake);
            resolve();
          },
        };
        sleepers.add(sleeper);
        for (const look of [...watchers]) look();
        signal?.addEventListener('abort', sleeper.wake, { once: true });
      }),
    async advance(ms) {
      const untilMs = nowMs + ms;
      await settle();
      for (;;) {
        const next = [...sleepers].reduce<Sleeper | null>(
          (first, sleeper) => (first && first.atMs <= sleeper.atMs ? first : sleeper),
          null,
        );
        if (!next || next.atMs > untilMs) break;
        nowMs = next.atMs;
        next.wake();
        await settle();
      }
      nowMs = untilMs;
    },
    whenSleeping: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (sleepers.size < count) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    get sleepers() {
      return sleepers.size;
    },
  };
}
