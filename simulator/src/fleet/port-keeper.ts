import type { Clock } from '../clock.ts';

export interface KeptPort {
  open(): Promise<void>;
  close(): Promise<void>;
}

/** What the port should be now, and in how many milliseconds that may change; null: not by itself. */
export interface WishedPort {
  open: boolean;
  changesInMs: number | null;
}

/** An opening that failed, since another program took the port meanwhile, is tried again after this. */
const RETRY_MS = 500;

/**
 * Opens and closes a terminal's port as power and faults want it. One change at a time; `poke` says that something may
 * have changed, `settled` resolves when the port is as it should be now.
 */
export class PortKeeper {
  readonly #port: KeptPort;
  readonly #wished: () => WishedPort;
  readonly #clock: Clock;
  readonly #onDefect: (error: unknown) => void;
  #work: Promise<void> = Promise.resolve();
  #wait = new AbortController();
  #stopped = false;

  constructor(deps: {
    port: KeptPort;
    wished: () => WishedPort;
    clock: Clock;
    onDefect: (error: unknown) => void;
  }) {
    this.#port = deps.port;
    this.#wished = deps.wished;
    this.#clock = deps.clock;
    this.#onDefect = deps.onDefect;
  }

  poke(): void {
    this.#wait.abort();
    this.#wait = new AbortController();
    const { signal } = this.#wait;
    this.#work = this.#work.then(() => this.#apply(signal));
  }

  async settled(): Promise<void> {
    await this.#work;
  }

  /** Closes the port for good. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wait.abort();
    await this.#work;
    await this.#port.close();
  }

  async #apply(signal: AbortSignal): Promise<void> {
    if (this.#stopped) return;
    const wished = this.#wished();
    let changesInMs = wished.changesInMs;
    try {
      await (wished.open ? this.#port.open() : this.#port.close());
    } catch (error) {
      this.#onDefect(error);
      changesInMs = Math.min(changesInMs ?? Infinity, RETRY_MS);
    }
    if (changesInMs !== null && !signal.aborted)
      void this.#clock.sleep(Math.max(1, changesInMs), signal).then(() => {
        if (!signal.aborted) this.poke();
      });
  }
}
