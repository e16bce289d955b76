import type { Clock } from './clock.ts';

export interface Deadline {
  /** Aborts when the time is over or the caller's signal aborts. */
  signal: AbortSignal;
  /** Why it aborted, if it did. */
  reason(): 'timeout' | 'aborted' | null;
  /** Whether it is over by the clock now, even if its timer has not fired yet: a process can be frozen in between. */
  isOver(): boolean;
  /** The promise's own result, or a rejection as soon as the deadline aborts, whatever the promise does. */
  race<Value>(promise: Promise<Value>): Promise<Value>;
  stop(): void;
}

/** A time limit measured by the given clock, joined with the caller's signal. Call `stop` when the work is over. */
export function startDeadline(clock: Clock, timeoutMs: number, outer: AbortSignal): Deadline {
  const inner = new AbortController();
  const sleeper = new AbortController();
  const endsAtMs = clock.now() + timeoutMs;
  let reason: 'timeout' | 'aborted' | null = null;
  const end = (why: 'timeout' | 'aborted'): void => {
    if (reason !== null || sleeper.signal.aborted) return;
    reason = why;
    inner.abort();
  };
  const onOuterAbort = (): void => {
    end('aborted');
  };
  if (outer.aborted) onOuterAbort();
  else {
    outer.addEventListener('abort', onOuterAbort, { once: true });
    void clock.sleep(timeoutMs, sleeper.signal).then(() => {
      end('timeout');
    });
  }
  return {
    signal: inner.signal,
    reason: () => reason,
    isOver: () => {
      if (clock.now() >= endsAtMs) end('timeout');
      return reason !== null;
    },
    race: (promise) => raceWithAbort(promise, inner.signal),
    stop: () => {
      sleeper.abort();
      outer.removeEventListener('abort', onOuterAbort);
    },
  };
}

async function raceWithAbort<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      reject(new Error('The deadline is over.'));
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
