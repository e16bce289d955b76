import type { Traits } from '../profiles/traits.ts';
import type { DigestAlgorithm } from './digest.ts';

/** The algorithms a terminal offers, in the order of its challenges. */
export function offeredAlgorithms(setting: Traits['digestAlgorithms']): readonly DigestAlgorithm[] {
  return OFFERED[setting];
}

const OFFERED: Record<Traits['digestAlgorithms'], readonly DigestAlgorithm[]> = {
  MD5: ['MD5'],
  SHA256: ['SHA-256'],
  'MD5/SHA256': ['MD5', 'SHA-256'],
};

/**
 * The value of `WWW-Authenticate`. On MD5 the text of access terminals, observed on DS-K1T343 and others: order qop,
 * realm, nonce, stale, opaque, domain, no algorithm, lower-case stale. On both algorithms two challenges share one
 * header line, MD5 first, algorithm before stale (observed on a video wall; the opaque and domain of a terminal are
 * assumed to stay). SHA-256 alone is assumed to look like one half of that.
 */
export function challengeText(realm: string, nonces: readonly ChallengeNonce[], stale: boolean): string {
  const first = nonces[0];
  if (nonces.length === 1 && first?.algorithm === 'MD5')
    return `Digest qop="auth", realm="${realm}", nonce="${first.nonce}", stale="${stale}", opaque="", domain="::"`;
  return nonces
    .map(
      ({ algorithm, nonce }) =>
        `Digest qop="auth", realm="${realm}", nonce="${nonce}", algorithm="${algorithm}", stale="${stale}", opaque="", domain="::"`,
    )
    .join(', ');
}

export interface ChallengeNonce {
  algorithm: DigestAlgorithm;
  nonce: string;
}
