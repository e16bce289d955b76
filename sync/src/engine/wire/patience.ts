import type { Clock } from '../../clock.ts';
import { StoreRejectedError, StoreUnreachableError } from '../../store/store-errors.ts';
import type { Emitter } from '../emitter.ts';
import type { EngineEvents } from '../events.ts';
import type { Random } from '../random.ts';
import { backoffMs } from '../retry.ts';

/** Tries of one question to a database that does not answer: about ten minutes. */
export const MAX_STORE_TRIES = 50;
/** Tries of one that it refuses: only what passes at once, such as a schema being read anew, is worth them. */
const MAX_REFUSED_TRIES = 3;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 15_000;

/**
 * Questions to the database on behalf of one device. While one of them goes unanswered nothing may be sent to the
 * device: what it would acknowledge could not be written down.
 */
export interface Patience {
  /**
   * @throws StoreUnreachableError or StoreRejectedError after the last try, or at once when the engine stops; other
   * errors as they come.
   */
  run<Value>(doing: string, work: () => Promise<Value>): Promise<Value>;
  readonly failing: boolean;
  /** Resolves when no question is unanswered. */
  whenCalm(): Promise<void>;
}

const triesOf = (error: unknown): number => {
  if (error instanceof StoreUnreachableError) return MAX_STORE_TRIES;
  return error instanceof StoreRejectedError ? MAX_REFUSED_TRIES : 0;
};

export function createPatience(parts: {
  clock: Clock;
  random: Random;
  events: Emitter<EngineEvents>;
  stopping: AbortSignal;
}): Patience {
  const { clock, random, events, stopping } = parts;
  let failing = 0;
  let waiting: (() => void)[] = [];
  const calmDown = () => {
    failing -= 1;
    if (failing > 0) return;
    const wakeAll = waiting;
    waiting = [];
    for (const wake of wakeAll) wake();
  };

  return {
    async run(doing, work) {
      let counted = false;
      try {
        for (let tries = 1; ; tries += 1)
          try {
            return await work();
          } catch (error) {
            const maxTries = triesOf(error);
            if (maxTries === 0) throw error;
            events.emit('store.failed', { doing, message: (error as Error).message });
            if (tries >= maxTries || stopping.aborted) throw error;
            if (!counted) failing += 1;
            counted = true;
            await clock.sleep(
              backoffMs(Math.min(tries, 8), FIRST_WAIT_MS, LONGEST_WAIT_MS, random),
              stopping,
            );
          }
      } finally {
        if (counted) calmDown();
      }
    },
    get failing() {
      return failing > 0;
    },
    whenCalm: () => (failing === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
