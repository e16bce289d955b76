import { hash } from 'node:crypto';
import type { Account } from '../terminal/accounts.ts';

export type DigestAlgorithm = 'MD5' | 'SHA-256';

const NODE_NAMES: Record<DigestAlgorithm, string> = { MD5: 'md5', 'SHA-256': 'sha256' };

/** HA1 of an account, kept as long as the account object lives: a changed password is another object. */
const secrets = new WeakMap<Account, Map<string, string>>();

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
  const request = requestHash(algorithm, `${parts.method}:${parts.uri}`);
  if (parts.qop === undefined) return hash(name, `${secret}:${parts.nonce}:${request}`);
  return hash(
    name,
    `${secret}:${parts.nonce}:${parts.nc ?? ''}:${parts.cnonce ?? ''}:${parts.qop}:${request}`,
  );
}

/** HA2 of requests, no secret: clients make the same few over and over. */
const requests: Record<DigestAlgorithm, Map<string, string>> = { MD5: new Map(), 'SHA-256': new Map() };
const MAX_REQUESTS = 512;
const MAX_REQUEST_LENGTH = 200;

function requestHash(algorithm: DigestAlgorithm, text: string): string {
  const known = requests[algorithm];
  let found = known.get(text);
  if (found === undefined) {
    found = hash(NODE_NAMES[algorithm], text);
    if (known.size >= MAX_REQUESTS) known.clear();
    if (text.length <= MAX_REQUEST_LENGTH) known.set(text, found);
  }
  return found;
}

function secretOf(account: Account, realm: string, algorithm: DigestAlgorithm): string {
  const key = `${algorithm} ${realm}`;
  let known = secrets.get(account);
  if (!known) {
    known = new Map();
    secrets.set(account, known);
  }
  let secret = known.get(key);
  if (secret === undefined) {
    secret = hash(NODE_NAMES[algorithm], `${account.username}:${realm}:${account.password}`);
    known.set(key, secret);
  }
  return secret;
}
