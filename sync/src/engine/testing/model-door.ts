import type { Answer } from '../../isapi/answer.ts';
import type { Call } from '../../isapi/device-client.ts';
import type { LoginDecision } from '../../isapi/transport.ts';
import { said } from './verdicts.ts';

const MAX_TRIES = 5;

/** Whom a model terminal lets in, what it says of that beforehand, and what it counts. */
export class ModelDoor {
  password = 'secret';
  /** Bad logins it still takes; a good one sets them back. */
  triesLeft = MAX_TRIES;
  /** Password → how often it was refused to us. */
  readonly refused = new Map<string, number>();
  /** The challenge says how many bad logins are left. */
  readonly #tellsTries: boolean;

  constructor(tellsTries: boolean) {
    this.#tellsTries = tellsTries;
  }

  /** What its challenge says; null: nothing. */
  get told(): number | null {
    return this.#tellsTries ? this.triesLeft : null;
  }

  /** What the caller does once the challenge has come. */
  challenge(call: Call): LoginDecision {
    return call.decideLogin?.(this.told) ?? 'log-in';
  }

  /** Null: let in. */
  logIn(password: string): Answer<never> | null {
    if (password === this.password) {
      this.triesLeft = MAX_TRIES;
      return null;
    }
    this.triesLeft -= 1;
    this.refused.set(password, (this.refused.get(password) ?? 0) + 1);
    return said('credentials', { httpStatus: 401 });
  }
}

/** What a client makes of a challenge after which the credentials were not shown. */
export const keptBack = (decision: LoginDecision): Answer<never> =>
  said('credentials', { code: `device_login_${decision}`, delivery: 'not-sent' });
