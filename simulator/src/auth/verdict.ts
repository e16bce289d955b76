import type { Account } from '../terminal/accounts.ts';

/** How the credentials of a request did; the journal's `auth` is this word. */
type AuthReason =
  | 'ok'
  | 'none'
  | 'basic'
  | 'bad-header'
  | 'unknown-user'
  | 'wrong-response'
  | 'wrong-uri'
  | 'unknown-nonce'
  | 'expired'
  | 'reused'
  | 'nc'
  | 'locked'
  | 'not-activated'
  | 'low-privilege';

/** Why somebody stays outside. */
export type RefusedReason = Exclude<AuthReason, 'ok' | 'low-privilege'>;

export type AuthVerdict =
  { reason: 'ok'; account: Account } | { reason: RefusedReason; userName: string | null };
