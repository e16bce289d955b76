import type { Traits } from '../profiles/traits.ts';
import type { Account, Accounts } from '../terminal/accounts.ts';
import { readAuthorization, type DigestCredentials } from './authorization.ts';
import { offeredAlgorithms } from './challenge.ts';
import { expectedResponse, type DigestAlgorithm } from './digest.ts';
import type { Nonces } from './nonces.ts';
import type { AuthVerdict } from './verdict.ts';

export interface SignedRequest {
  method: string;
  /** The request target exactly as it came, with its query. */
  target: string;
  authorization: string | undefined;
  remoteAddress: string;
}

/**
 * Says what the credentials of a request are worth. Reads the accounts and counts the nonce's use; bad logins are
 * counted by the caller (`door.ts`), so that a verdict has no consequence of its own.
 */
export function verifyCredentials(
  request: SignedRequest,
  deps: { accounts: Accounts; nonces: Nonces; realm: string; traits: Traits },
): AuthVerdict {
  if (!deps.accounts.activated) return { reason: 'not-activated', userName: null };
  const header = readAuthorization(request.authorization);
  if (header.scheme === 'none') return { reason: 'none', userName: null };
  if (header.scheme !== 'digest') {
    const userName = header.scheme === 'basic' ? header.username : null;
    const locked = deps.accounts.lock.isLocked({ address: request.remoteAddress, userName });
    if (locked) return { reason: 'locked', userName };
    return { reason: header.scheme === 'basic' ? 'basic' : 'bad-header', userName };
  }
  const { credentials } = header;
  const userName = credentials.username;
  if (deps.accounts.lock.isLocked({ address: request.remoteAddress, userName }))
    return { reason: 'locked', userName };
  const algorithm = chosenAlgorithm(credentials, deps.traits);
  if (algorithm === null || !hasUsableQop(credentials, deps.traits))
    return { reason: 'bad-header', userName };
  const account = deps.accounts.find(userName);
  if (!account) return { reason: 'unknown-user', userName };
  if (credentials.uri !== request.target) return { reason: 'wrong-uri', userName };
  if (!isRightResponse(account, deps.realm, algorithm, request.method, credentials))
    return { reason: 'wrong-response', userName };
  const use = deps.nonces.use(credentials.nonce, algorithm, pathOf(request.target), credentials.nc);
  return use === 'ok' ? { reason: 'ok', account } : { reason: use, userName };
}

/** A target without its query: what a nonce can be tied to. */
export function pathOf(target: string): string {
  const mark = target.indexOf('?');
  return mark === -1 ? target : target.slice(0, mark);
}

/** The realm is the terminal's own: a response made for another one comes out wrong. */
function isRightResponse(
  account: Account,
  realm: string,
  algorithm: DigestAlgorithm,
  method: string,
  credentials: DigestCredentials,
): boolean {
  if (credentials.realm !== realm) return false;
  const { uri, nonce, qop, nc, cnonce } = credentials;
  const parts = { method, uri, nonce, qop, nc, cnonce };
  const expected = expectedResponse(account, realm, algorithm, parts);
  return isSameText(credentials.response.toLowerCase(), expected);
}

/** Takes the same time wherever two texts of one length differ. */
function isSameText(given: string, expected: string): boolean {
  if (given.length !== expected.length) return false;
  let difference = 0;
  for (let at = 0; at < expected.length; at += 1)
    difference |= given.charCodeAt(at) ^ expected.charCodeAt(at);
  return difference === 0;
}

/** Left out, it means the first algorithm offered: MD5 unless the terminal is set to SHA-256 alone. */
function chosenAlgorithm(credentials: DigestCredentials, traits: Traits): DigestAlgorithm | null {
  const offered = offeredAlgorithms(traits.digestAlgorithms);
  if (credentials.algorithm === undefined) return offered[0] ?? null;
  const wanted = credentials.algorithm.toUpperCase();
  return offered.find((algorithm) => algorithm === wanted) ?? null;
}

function hasUsableQop(credentials: DigestCredentials, traits: Traits): boolean {
  if (credentials.qop === undefined) return !traits.qopRequired;
  return credentials.qop === 'auth' && credentials.nc !== undefined && credentials.cnonce !== undefined;
}
