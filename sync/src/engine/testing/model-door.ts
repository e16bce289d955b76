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
  /** At the moment of a refusal, before anybody hears of it. */
  onRefused: () => void = () => undefined;
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
  async challenge(call: Call): Promise<LoginDecision> {
    if (this.pestered) this.triesLeft = Math.max(1, this.triesLeft - 1);
    return (await call.decideLogin?.(this.told)) ?? 'log-in';
  }

  /** Another client behind our address mistypes between any two of our calls; never so often that the terminal locks. */
  pestered = false;

  /** Somebody else's good login, the end of a lock, a restart. */
  forget(): void {
    this.triesLeft = MAX_TRIES;
  }

  /** Null: let in. */
  logIn(password: string): Answer<never> | null {
    if (password === this.password) {
      this.forget();
      return null;
    }
    this.triesLeft -= 1;
    this.refused.set(password, (this.refused.get(password) ?? 0) + 1);
    this.onRefused();
    return said('credentials', { httpStatus: 401 });
  }
}

/** What a client makes of a challenge after which the credentials were not shown. */
export const keptBack = (decision: LoginDecision): Answer<never> =>
  decision === 'look-again'
    ? said('busy', { deviceCode: decision, delivery: 'not-sent' })
    : said('credentials', { code: `device_login_${decision}`, delivery: 'not-sent' });
