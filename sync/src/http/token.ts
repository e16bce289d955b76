import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import type { AuthConfig } from '../config.ts';
import { Problem } from './problem.ts';

/** Who asks: the `sub` of the token and the roles found in the configured claim. */
export interface Caller {
  subject: string;
  roles: string[];
}

export type VerifyToken = (authorization: string | undefined) => Promise<Caller>;

/** Clocks of the daemon and of the issuer may differ by this much. */
const CLOCK_TOLERANCE_S = 5;
const KEYS_TIMEOUT_MS = 5_000;
/** Far more than any token of Supabase; longer headers are not even looked at. */
const MAX_TOKEN_CHARS = 16_384;
const ASYMMETRIC = ['ES256', 'ES384', 'RS256', 'RS512', 'PS256', 'EdDSA'];

const challenge = { 'WWW-Authenticate': 'Bearer' };
const refuse = (detail: string, cause?: unknown) =>
  new Problem('token_invalid', detail, {
    cause,
    headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
  });

/** Roles at a claim path like `app_metadata.role`: a text, or a list of texts. */
export function rolesAt(payload: JWTPayload, path: string): string[] {
  let value: unknown = payload;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return [];
    value = (value as Record<string, unknown>)[part];
  }
  const found: unknown[] = Array.isArray(value) ? value : [value];
  return found.filter((role): role is string => typeof role === 'string');
}

function bearerOf(authorization: string | undefined): string {
  if (authorization === undefined)
    throw new Problem(
      'token_missing',
      'Send the header Authorization: Bearer <token of the Supabase session>.',
      {
        headers: challenge,
      },
    );
  const match = /^Bearer +([\w.-]+)$/i.exec(authorization.slice(0, MAX_TOKEN_CHARS));
  if (match?.[1] === undefined) throw refuse('The Authorization header is not of the form Bearer <token>.');
  return match[1];
}

/** The sentence for a token that was looked at and refused. Never repeats anything of the token but its claim names. */
function problemOfRefusal(error: unknown, auth: AuthConfig): Problem {
  if (error instanceof errors.JWTExpired)
    return new Problem(
      'token_expired',
      'The token has expired. Refresh the session and send the new token.',
      {
        headers: { 'WWW-Authenticate': 'Bearer error="invalid_token", error_description="expired"' },
      },
    );
  if (error instanceof errors.JWTClaimValidationFailed) {
    const expected: Record<string, string> = {
      iss: ` The daemon expects ${auth.issuers?.join(' or ') ?? 'any'} (JWT_ISSUER).`,
      aud: ` The daemon expects ${auth.audience} (JWT_AUDIENCE).`,
    };
    return refuse(`The claim ${error.claim} of the token does not fit.${expected[error.claim] ?? ''}`, error);
  }
  if (
    error instanceof errors.JWKSTimeout ||
    !(error instanceof errors.JOSEError) ||
    error.code === 'ERR_JOSE_GENERIC'
  )
    return new Problem(
      'token_keys_unreachable',
      'The public keys of the project cannot be fetched just now (SUPABASE_JWKS_URL). Try again in a few seconds.',
      { cause: error, headers: { 'Retry-After': '5' } },
    );
  return refuse('The token is not signed by the project, or it is damaged.', error);
}

/**
 * Checks Supabase's user tokens: HS256 with the project's secret, or an asymmetric key of its JWKS, whichever the
 * token's header names and the configuration allows. Issuer, audience, expiry and `sub` must be there and right.
 * `now` is the daemon's time in milliseconds.
 */
export function createTokenVerifier(auth: AuthConfig, now: () => number): VerifyToken {
  const secret = auth.jwtSecret === null ? null : new TextEncoder().encode(auth.jwtSecret);
  const keys =
    auth.jwksUrl === null
      ? null
      : createRemoteJWKSet(new URL(auth.jwksUrl), { timeoutDuration: KEYS_TIMEOUT_MS });

  const verify = async (token: string): Promise<JWTPayload> => {
    const claims = {
      ...(auth.issuers === null ? {} : { issuer: auth.issuers }),
      audience: auth.audience,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: new Date(now()),
    };
    const { alg } = decodeProtectedHeader(token);
    if (alg === 'HS256' && secret !== null)
      return (await jwtVerify(token, secret, { ...claims, algorithms: ['HS256'] })).payload;
    if (alg !== undefined && ASYMMETRIC.includes(alg) && keys !== null)
      return (await jwtVerify(token, keys, { ...claims, algorithms: ASYMMETRIC })).payload;
    throw refuse(
      'The token is signed in a way the daemon is not set up for (SUPABASE_JWT_SECRET for HS256, SUPABASE_JWKS_URL ' +
        'for asymmetric keys).',
    );
  };

  return async (authorization) => {
    const token = bearerOf(authorization);
    let payload: JWTPayload;
    try {
      payload = await verify(token);
    } catch (error) {
      if (error instanceof Problem) throw error;
      // jose says TypeError for a header that is no JSON at all; a failed fetch is one too, but only with keys to fetch.
      if (error instanceof TypeError && !isFetchFailure(error)) throw refuse('The token is damaged.', error);
      throw problemOfRefusal(error, auth);
    }
    const subject = payload.sub;
    if (subject === undefined || subject === '') throw refuse('The token names nobody (its sub is empty).');
    return { subject, roles: rolesAt(payload, auth.roleClaim) };
  };
}

const isFetchFailure = (error: TypeError): boolean => error.message.includes('fetch failed');
