import type { Clock } from '../clock.ts';
import type { Hold } from './hold.ts';

/** Longest time one delete is reported as under way, whatever the number of persons. */
const MAX_DURATION_MS = 60_000;

export interface DeleteProgress {
  status: 'processing' | 'success' | 'failed';
  /** 0 to 100. */
  percent: number;
}

/** The asynchronous delete of persons (UserInfoDetail/Delete): started by one call, watched by others. */
export class DetailDelete {
  readonly #clock: Clock;
  readonly #hold: Hold;
  /** Before the first delete: assumed to read like the end of one. */
  #status: DeleteProgress['status'] = 'success';
  #startedAtMs = 0;
  #durationMs = 0;

  constructor(deps: { clock: Clock; hold: Hold }) {
    this.#clock = deps.clock;
    this.#hold = deps.hold;
  }

  /** Starts `remove` after a time for each person and answers at once. The device must be free. */
  start(persons: number, msPerPerson: number, remove: () => void): void {
    this.#status = 'processing';
    this.#startedAtMs = this.#clock.now();
    this.#durationMs = Math.min(persons * msPerPerson, MAX_DURATION_MS);
    void this.#hold
      .during('deleting', async (signal) => {
        await this.#clock.sleep(this.#durationMs, signal);
        return true;
      })
      .then((finished) => {
        if (finished) remove();
        this.#status = finished ? 'success' : 'failed';
      });
  }

  progress(): DeleteProgress {
    if (this.#status !== 'processing') return { status: this.#status, percent: 100 };
    const part = (this.#clock.now() - this.#startedAtMs) / Math.max(1, this.#durationMs);
    return { status: 'processing', percent: Math.min(99, Math.max(0, Math.floor(part * 100))) };
  }

  /** As after a factory reset. */
  clear(): void {
    this.#status = 'success';
  }
}
