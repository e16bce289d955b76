import type { Clock } from '../clock.ts';

export type PowerState = 'on' | 'off' | 'rebooting';

/** Whether the terminal runs. A time without power ends everything under way: `signal` aborts. */
export class Power {
  readonly #clock: Clock;
  readonly #onChange: (state: PowerState) => void;
  #state: PowerState = 'on';
  #backAtMs = 0;
  #running = new AbortController();

  constructor(deps: { clock: Clock; onChange: (state: PowerState) => void }) {
    this.#clock = deps.clock;
    this.#onChange = deps.onChange;
  }

  /** The present state; a reboot whose time is over ends here. */
  get state(): PowerState {
    if (this.#state === 'rebooting' && this.#clock.now() >= this.#backAtMs) this.on();
    return this.#state;
  }

  /** Aborts when the terminal stops; another one after the next start. */
  get signal(): AbortSignal {
    return this.#running.signal;
  }

  /** Milliseconds until a reboot is over; null when none is under way. */
  get backInMs(): number | null {
    return this.state === 'rebooting' ? this.#backAtMs - this.#clock.now() : null;
  }

  on(): void {
    if (this.#state === 'on') return;
    this.#running = new AbortController();
    this.#state = 'on';
    this.#onChange('on');
  }

  off(): void {
    if (this.#state === 'off') return;
    this.#state = 'off';
    this.#running.abort();
    this.#onChange('off');
  }

  /** Away until `backAtMs` (epoch). */
  reboot(backAtMs: number): void {
    this.#state = 'rebooting';
    this.#backAtMs = backAtMs;
    this.#running.abort();
    this.#onChange('rebooting');
  }
}
