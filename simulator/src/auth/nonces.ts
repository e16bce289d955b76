import type { Clock } from '../clock.ts';
import type { Traits } from '../profiles/traits.ts';
import type { Random } from '../random.ts';
import { nonceText } from './challenge.ts';
import type { DigestAlgorithm } from './digest.ts';

export type NonceVerdict = 'ok' | 'unknown-nonce' | 'expired' | 'reused' | 'nc';

interface NonceRecord {
  validUntilMs: number;
  algorithm: DigestAlgorithm;
  /** Path it was given out for. */
  path: string;
  uses: number;
  lastCount: number;
}

export type NoncePolicy = Pick<
  Traits,
  'challengeStyle' | 'nonceLifeMs' | 'nonceLifeSpreadMs' | 'nonceUse' | 'nonceScope' | 'ncPolicy'
>;

/** Nonces remembered at once. Old ones stay known as old until newer ones push them out; then they are unknown. */
const MAX_NONCES = 512;

const COUNT_FORM = /^[0-9a-fA-F]{8}$/;

/** The nonces a terminal has given out, and what it thinks of one that comes back. */
export class Nonces {
  readonly #policy: NoncePolicy;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #realm: string;
  #given: Map<string, NonceRecord> | null = null;

  constructor(deps: { policy: NoncePolicy; clock: Clock; random: Random; realm: string }) {
    this.#policy = deps.policy;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#realm = deps.realm;
  }

  issue(algorithm: DigestAlgorithm, path: string): string {
    const { challengeStyle, nonceLifeMs, nonceLifeSpreadMs } = this.#policy;
    const nowMs = this.#clock.now();
    const hex = (digits: number) => this.#random.hex(digits);
    const nonce = nonceText(challengeStyle, { realm: this.#realm, nowMs, hex });
    const spreadMs = nonceLifeSpreadMs > 0 ? this.#random.int(nonceLifeSpreadMs + 1) : 0;
    this.#given ??= new Map();
    this.#given.set(nonce, {
      validUntilMs: nowMs + nonceLifeMs + spreadMs,
      algorithm,
      path,
      uses: 0,
      lastCount: 0,
    });
    if (this.#given.size > MAX_NONCES) {
      const oldest = this.#given.keys().next();
      if (!oldest.done) this.#given.delete(oldest.value);
    }
    return nonce;
  }

  /** Judges a nonce whose response was right, and counts the use. `count` is the client's nc; undefined without qop. */
  use(nonce: string, algorithm: DigestAlgorithm, path: string, count: string | undefined): NonceVerdict {
    const record = this.#given?.get(nonce);
    // A nonce of the other challenge in the same line is as good as invented (observed on IP cameras).
    if (record?.algorithm !== algorithm) return 'unknown-nonce';
    if (this.#policy.nonceScope === 'url' && record.path !== path) return 'unknown-nonce';
    if (this.#clock.now() > record.validUntilMs) return 'expired';
    if (this.#policy.nonceUse === 'once' && record.uses > 0) return 'reused';
    const verdict = this.#judgeCount(record, count);
    if (verdict === 'ok') record.uses += 1;
    return verdict;
  }

  /** What a reboot does: every nonce is unknown afterwards. */
  clear(): void {
    this.#given = null;
  }

  get size(): number {
    return this.#given?.size ?? 0;
  }

  #judgeCount(record: NonceRecord, count: string | undefined): NonceVerdict {
    if (this.#policy.ncPolicy === 'off' || count === undefined) return 'ok';
    const value = COUNT_FORM.test(count) ? Number.parseInt(count, 16) : 0;
    const fits =
      this.#policy.ncPolicy === 'exact' ? value === record.lastCount + 1 : value > record.lastCount;
    if (!fits) return 'nc';
    record.lastCount = value;
    return 'ok';
  }
}
