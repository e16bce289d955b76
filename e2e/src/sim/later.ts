import type { Clock } from '@pontaj/sync';

/** What somebody has begun and ends after a while: a terminal that is exchanged, a row that is to be corrected. */
export interface Later {
  add(afterMs: number, deed: () => Promise<void> | void): void;
  /** Ends what is due. */
  catchUp(): Promise<void>;
  /** Until when something is left to be ended. */
  readonly untilMs: number;
}

export function createLater(clock: Clock): Later {
  let waiting: { atMs: number; deed: () => Promise<void> | void }[] = [];
  return {
    add(afterMs, deed) {
      waiting.push({ atMs: clock.now() + afterMs, deed });
    },
    async catchUp() {
      const due = waiting.filter(({ atMs }) => atMs <= clock.now());
      waiting = waiting.filter(({ atMs }) => atMs > clock.now());
      for (const { deed } of due) await deed();
    },
    get untilMs() {
      return Math.max(0, ...waiting.map(({ atMs }) => atMs));
    },
  };
}
