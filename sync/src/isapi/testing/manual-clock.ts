import type { Clock } from '../../clock.ts';

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  advance(ms: number): void;
  /** How many wait on it now: none may be left when a call is over. */
  readonly sleepers: number;
}

export function createManualClock(startMs = 1_000_000): ManualClock {
  let nowMs = startMs;
  const waiting = new Set<{ dueMs: number; wake: () => void }>();
  return {
    now: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (ms <= 0 || signal?.aborted) {
          resolve();
          return;
        }
        const entry = {
          dueMs: nowMs + ms,
          wake: () => {
            waiting.delete(entry);
            resolve();
          },
        };
        waiting.add(entry);
        signal?.addEventListener('abort', entry.wake, { once: true });
      }),
    advance: (ms) => {
      nowMs += ms;
      for (const entry of [...waiting]) if (entry.dueMs <= nowMs) entry.wake();
    },
    get sleepers() {
      return waiting.size;
    },
  };
}
