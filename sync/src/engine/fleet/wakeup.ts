import type { Clock } from '../../clock.ts';

/** A sleep that anybody can cut short; a call while nobody sleeps is kept for the next sleep. */
export interface Wakeup {
  sleep(ms: number): Promise<void>;
  wake(): void;
}

export function createWakeup(clock: Clock): Wakeup {
  let called = false;
  let sleeping: AbortController | null = null;
  return {
    async sleep(ms) {
      if (!called) {
        sleeping = new AbortController();
        await clock.sleep(ms, sleeping.signal);
        sleeping = null;
      }
      called = false;
    },
    wake() {
      called = true;
      sleeping?.abort();
    },
  };
}
