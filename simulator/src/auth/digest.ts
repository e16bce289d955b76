import { hash } from 'node:crypto';
import type { Account } from '../terminal/accounts.ts';

export type DigestAlgorithm = 'MD5' | 'SHA-256';

const NODE_NAMES: Record<DigestAlgorithm, string> = { MD5: 'md5', 'SHA-256': 'sha256' };

/** HA1 of an account, kept as long as the account object lives: a changed password is another object. */
const secrets = new WeakMap<Account, { realm: string; algorithm: DigestAlgorithm; secret: string }>();

/** The response a client that knows the account's password must send (RFC 7616 with qop, RFC 2069 without). */
export function expectedResponse(
  account: Account,
  realm: string,
  algorithm: DigestAlgorithm,
  parts: {
    method: string;
    uri: string;
    nonce: string;
    qop: string | undefined;
    nc: string | undefined;
    cnonce: string | undefined;
  },
): string {
  const name = NODE_NAMES[algorithm];
  const secret = secretOf(account, realm, algorithm);
  const request = requestHash(algorithm, parts.method, parts.uri);
  if (parts.qop === undefined) return hash(name, `${secret}:${parts.nonce}:${request}`);
  return hash(
    name,
    `${secret}:${parts.nonce}:${parts.nc ?? ''}:${parts.cnonce ?? ''}:${parts.qop}:${request}`,
  );
}

/** HA2 of requests by verb and target, no secret: clients make the same few over and over. */
const requests: Record<DigestAlgorithm, Map<string, Map<string, string>>> = {
  MD5: new Map(),
  'SHA-256': new Map(),
};
const MAX_VERBS = 16;
const MAX_TARGETS = 128;
const MAX_TARGET_LENGTH = 200;

function requestHash(algorithm: DigestAlgorithm, method: string, uri: string): string {
  const byVerb = requests[algorithm];
  const known = byVerb.get(method)?.get(uri);
  if (known !== undefined) return known;
  const found = hash(NODE_NAMES[algorithm], `${method}:${uri}`);
  if (uri.length > MAX_TARGET_LENGTH) return found;
  if (byVerb.size >= MAX_VERBS) byVerb.clear();
  let byTarget = byVerb.get(method);
  if (!byTarget || byTarget.size >= MAX_TARGETS) {
    byTarget = new Map();
    byVerb.set(method, byTarget);
  }
  byTarget.set(uri, found);
  return found;
}

/** Of each account the last one asked for is kept: a terminal has one realm, and clients keep to one algorithm. */
function secretOf(account: Account, realm: string, algorithm: DigestAlgorithm): string {
  const known = secrets.get(account);
  if (known?.algorithm === algorithm && known.realm === realm) return known.secret;
  const secret = hash(NODE_NAMES[algorithm], `${account.username}:${realm}:${account.password}`);
  secrets.set(account, { realm, algorithm, secret });
  return secret;
}
