import type { Outcome } from './exchange.ts';

/** How many exchanges a terminal has past its door. A stream counts until it ends. */
export class Sessions {
  #open = 0;

  get open(): number {
    return this.#open;
  }

  /** Takes a session for as long as `exchange` lasts. Fails as it does. */
  during(exchange: () => Outcome | Promise<Outcome>): Outcome | Promise<Outcome> {
    this.#open += 1;
    try {
      const outcome = exchange();
      return outcome instanceof Promise ? outcome.then(this.#leave, this.#leaveBroken) : this.#leave(outcome);
    } catch (error) {
      return this.#leaveBroken(error);
    }
  }

  /** The stream of an exchange that is over has ended. */
  readonly releaseStream = (): void => {
    this.#open -= 1;
  };

  readonly #leave = (outcome: Outcome): Outcome => {
    if (outcome.kind !== 'stream') this.#open -= 1;
    return outcome;
  };

  readonly #leaveBroken = (defect: unknown): never => {
    this.#open -= 1;
    throw defect;
  };
}
