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

interface ChallengeNonce {
  algorithm: DigestAlgorithm;
  nonce: string;
}

export interface ChallengeParts {
  realm: string;
  nonces: readonly ChallengeNonce[];
  stale: boolean;
}

/**
 * The value of `WWW-Authenticate`, in one of the observed styles. On both algorithms two challenges share one header
 * line, MD5 first (observed on a video wall; for terminals and recorders the same is assumed, as is that SHA-256 alone
 * looks like one half of it).
 */
export function challengeText(style: Traits['challengeStyle'], parts: ChallengeParts): string {
  const { realm, nonces, stale } = parts;
  const namesAlgorithm = nonces.length > 1 || nonces[0]?.algorithm !== 'MD5';
  return nonces
    .map(({ algorithm, nonce }) => WRITE[style]({ realm, nonce, stale, algorithm, namesAlgorithm }))
    .join(', ');
}

interface OneChallenge extends ChallengeNonce {
  realm: string;
  stale: boolean;
  namesAlgorithm: boolean;
}

const WRITE: Record<Traits['challengeStyle'], (one: OneChallenge) => string> = {
  // DS-K1T343 and others: no algorithm while it is MD5, lower-case stale.
  terminal: ({ realm, nonce, stale, ...one }) =>
    `Digest qop="auth", realm="${realm}", nonce="${nonce}"${algorithmOf(one)}, stale="${stale}", opaque="", domain="::"`,
  // Cameras and the video wall.
  camera: ({ realm, nonce, stale, ...one }) =>
    `Digest qop="auth", realm="${realm}", nonce="${nonce}"${algorithmOf(one)}, stale="${upper(stale)}"`,
  // Newer recorders.
  recorder: ({ realm, nonce, stale, algorithm }) =>
    `Digest realm="${realm}", domain="/", qop="auth", nonce="${nonce}", opaque="799d5", algorithm="${algorithm}", stale="${upper(stale)}"`,
};

function algorithmOf({ algorithm, namesAlgorithm }: Pick<OneChallenge, 'algorithm' | 'namesAlgorithm'>) {
  return namesAlgorithm ? `, algorithm="${algorithm}"` : '';
}

function upper(flag: boolean): string {
  return flag ? 'TRUE' : 'FALSE';
}

/** The realm in the form of the style; `realm` is a terminal's, `DS-` and eight hex characters, and differs by device. */
export function realmOf(style: Traits['challengeStyle'], realm: string): string {
  const own = realm.slice(-8);
  if (style === 'camera') return `IP Camera(${own.slice(0, 5).toUpperCase()})`;
  return style === 'recorder' ? own.repeat(3) : realm;
}

/**
 * A nonce in the form of the style: base64 of 32 hex characters on terminals; hex of base64 of `<8 hex>:<time>` on
 * cameras; `<16 hex>:<realm>:<time>:0` on recorders. What the numbers mean is not known beyond that one grows with time.
 */
export function nonceText(
  style: Traits['challengeStyle'],
  parts: { realm: string; nowMs: number; hex: (digits: number) => string },
): string {
  const { realm, nowMs, hex } = parts;
  if (style === 'camera') {
    const time = Math.floor(nowMs / 1000).toString(16);
    return Buffer.from(Buffer.from(`${hex(8)}:${time}`).toString('base64')).toString('hex');
  }
  if (style === 'recorder') return `${hex(16)}:${realm}:${Math.floor(nowMs).toString(16)}:0`;
  return Buffer.from(hex(32), 'latin1').toString('base64');
}
