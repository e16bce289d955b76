import { createHmac } from 'node:crypto';

const DEFAULT_LIFE_S = 3600;

export interface TokenOptions {
  /** The project's secret, HS256. */
  jwtSecret: string;
  /** Id of the user. */
  sub: string;
  /** PostgreSQL role; `authenticated` unless given. */
  role?: string;
  /** Further claims; they win over the usual ones (`aud`, `iat`, `exp`, …). */
  claims?: Record<string, unknown>;
  /** From now; negative for an expired token. */
  expiresInS?: number;
}

/** A user's JWT as Supabase Auth would sign it, for development and tests. */
export function issueToken(options: TokenOptions): string {
  const issuedAtS = Math.floor(Date.now() / 1000);
  const payload = {
    sub: options.sub,
    role: options.role ?? 'authenticated',
    aud: 'authenticated',
    iat: issuedAtS,
    exp: issuedAtS + (options.expiresInS ?? DEFAULT_LIFE_S),
    ...options.claims,
  };
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(payload)}`;
  return `${signed}.${createHmac('sha256', options.jwtSecret).update(signed).digest('base64url')}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
