import type { Clock } from '../clock.ts';

/**
 * Work that several ask for at the same time is done once. Each of them may leave by its own signal; the work itself is
 * cancelled when the last one has left.
 */
export interface SingleFlight<Value> {
  /**
   * Resolves with the work's result, or with null as soon as `signal` aborts. Work that began before `notBeforeMs` is
   * left to those who wait for it, and begins anew.
   */
  run(
    key: string,
    wanted: { notBeforeMs: number; signal: AbortSignal },
    work: (signal: AbortSignal) => Promise<Value>,
  ): Promise<Value | null>;
}

interface Flight<Value> {
  result: Promise<Value>;
  begunAtMs: number;
  waiting: number;
  cancel: AbortController;
}

export function createSingleFlight<Value>(clock: Pick<Clock, 'now'>): SingleFlight<Value> {
  const flights = new Map<string, Flight<Value>>();

  return {
    async run(key, { notBeforeMs, signal }, work) {
      if (signal.aborted) return null;
      let flight = flights.get(key);
      if (!flight || flight.begunAtMs < notBeforeMs) {
        const cancel = new AbortController();
        const started = { result: work(cancel.signal), begunAtMs: clock.now(), waiting: 0, cancel };
        flight = started;
        flights.set(key, started);
        const land = (): void => {
          if (flights.get(key) === started) flights.delete(key);
        };
        started.result.then(land, land);
      }
      const joined = flight;
      joined.waiting++;
      try {
        return await unlessAborted(joined.result, signal);
      } finally {
        joined.waiting--;
        if (joined.waiting === 0) {
          // Whoever comes now starts anew: this one is over or being cancelled.
          if (flights.get(key) === joined) flights.delete(key);
          joined.cancel.abort();
        }
      }
    },
  };
}

async function unlessAborted<Value>(result: Promise<Value>, signal: AbortSignal): Promise<Value | null> {
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<null>((resolve) => {
    onAbort = () => {
      resolve(null);
    };
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([result, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
