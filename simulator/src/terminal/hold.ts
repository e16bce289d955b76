/** What a terminal does when it cannot do anything else. */
export type Occupation = 'modelling' | 'deleting';

/**
 * A terminal does one thing at a time: while a picture is modelled or persons are deleted, other writes are refused.
 * Losing power ends whatever was under way without its result.
 */
export class Hold {
  #occupation: Occupation | null = null;
  #power = new AbortController();

  /** What holds the device now; null: it is free. */
  get occupation(): Occupation | null {
    return this.#occupation;
  }

  /** Aborts when power is lost. Pass it to every sleep of an occupation. */
  get signal(): AbortSignal {
    return this.#power.signal;
  }

  /**
   * Runs `work` while the device is held. The result is null when power was lost meanwhile: nothing of it may be
   * kept. Throws when the device is held already: look at `occupation` first.
   */
  async during<Result>(
    occupation: Occupation,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result | null> {
    if (this.#occupation) throw new Error(`The terminal is busy ${this.#occupation}; ask before holding it.`);
    const power = this.#power;
    this.#occupation = occupation;
    try {
      const result = await work(power.signal);
      return power.signal.aborted ? null : result;
    } finally {
      if (this.#power === power) this.#occupation = null;
    }
  }

  /** Power is gone: ends every wait at once and frees the device for its next start. */
  drop(): void {
    const before = this.#power;
    this.#power = new AbortController();
    this.#occupation = null;
    before.abort();
  }
}
