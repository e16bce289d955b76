import type { Clock } from '../clock.ts';
import type { Traits } from '../profiles/traits.ts';
import type { Random } from '../random.ts';
import type { Account, Accounts } from '../terminal/accounts.ts';
import { challengeText, offeredAlgorithms, realmOf } from './challenge.ts';
import { Nonces } from './nonces.ts';
import { unauthorizedBody } from './unauthorized-body.ts';
import type { AuthVerdict, RefusedReason } from './verdict.ts';
import { pathOf, verifyCredentials, type SignedRequest } from './verifier.ts';

/** What a terminal sends to somebody it does not let in. */
export type Refusal =
  | {
      kind: 'unauthorized';
      status: 401;
      /** Empty text: the header is there and says nothing. Null: there is no such header. */
      challenge: string | null;
      contentType: string;
      body: string;
    }
  /** A ResponseStatus, rendered by the ISAPI layer. */
  | { kind: 'status'; subStatusCode: 'notActivated' };

/** The terminal's door: who is let in, what the others get, and what a bad login costs. */
export class Door {
  readonly realm: string;
  readonly #accounts: Accounts;
  readonly #traits: Traits;
  readonly #nonces: Nonces;

  /** `realm` is the device's own; the model's style of challenge decides how it is written. */
  constructor(deps: { accounts: Accounts; realm: string; traits: Traits; clock: Clock; random: Random }) {
    this.realm = realmOf(deps.traits.challengeStyle, deps.realm);
    this.#accounts = deps.accounts;
    this.#traits = deps.traits;
    this.#nonces = new Nonces({
      policy: deps.traits,
      clock: deps.clock,
      random: deps.random,
      realm: this.realm,
    });
  }

  /** What the credentials are worth; nothing but the use of the nonce is counted yet. */
  verify(request: SignedRequest): AuthVerdict {
    return verifyCredentials(request, {
      accounts: this.#accounts,
      nonces: this.#nonces,
      realm: this.realm,
      traits: this.#traits,
    });
  }

  /** A login that stands: the bad ones before it are forgotten, where the model forgets. */
  admit(account: Account, remoteAddress: string): void {
    this.#accounts.lock.succeeded({ address: remoteAddress, userName: account.username });
  }

  /** Counts what is to be counted and says what goes back. */
  refuse(request: SignedRequest, reason: RefusedReason, userName: string | null): Refusal {
    const { lock, activated } = this.#accounts;
    const caller = { address: request.remoteAddress, userName };
    if (reason === 'not-activated' && this.#traits.notActivatedStatus === 403)
      return { kind: 'status', subStatusCode: 'notActivated' };
    if (reason === 'locked') lock.triedWhileLocked(caller);
    else if (this.#counts(reason)) lock.failed(caller);
    return {
      kind: 'unauthorized',
      status: 401,
      challenge: this.#challenge(reason, request.target),
      ...unauthorizedBody(lock.state(caller), { activated, traits: this.#traits }),
    };
  }

  /** Every nonce given out so far is unknown from now on. */
  forgetNonces(): void {
    this.#nonces.clear();
  }

  /** A power cycle: nonces unknown, locks and counters gone. */
  restart(): void {
    this.forgetNonces();
    this.#accounts.lock.clearEntries();
  }

  /** Assumed: a header nobody can read, and a request for a factory-fresh terminal, count for nothing. */
  #counts(reason: RefusedReason): boolean {
    if (reason === 'unknown-user' || reason === 'wrong-response') return true;
    if (reason === 'wrong-uri') return this.#traits.wrongUriCounts;
    if (reason === 'basic') return this.#traits.basicCounts;
    return isNonceTrouble(reason) && this.#traits.nonceRefusal === 'counts-as-failure';
  }

  #challenge(reason: RefusedReason, target: string): string | null {
    const refusal = isNonceTrouble(reason) ? this.#traits.nonceRefusal : null;
    if (refusal === 'no-challenge') return null;
    if (refusal === 'empty-challenge') return '';
    const stale = refusal === 'stale-true';
    const nonces = offeredAlgorithms(this.#traits.digestAlgorithms).map((algorithm) => ({
      algorithm,
      nonce: this.#nonces.issue(algorithm, pathOf(target)),
    }));
    return challengeText(this.#traits.challengeStyle, { realm: this.realm, nonces, stale });
  }
}

/** The password was right, the nonce was not: what the models differ in. */
function isNonceTrouble(reason: RefusedReason): boolean {
  return reason === 'expired' || reason === 'reused' || reason === 'nc' || reason === 'unknown-nonce';
}
