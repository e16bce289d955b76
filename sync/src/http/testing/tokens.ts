import { SignJWT, type JWTPayload } from 'jose';
import type { AuthConfig } from '../../config.ts';

export const SECRET = 'a-secret-of-at-least-thirty-two-characters';

export const auth: AuthConfig = {
  jwtSecret: SECRET,
  jwksUrl: null,
  issuers: ['http://supabase/auth/v1'],
  audience: 'authenticated',
  roleClaim: 'app_metadata.role',
  roles: ['admin', 'hr'],
};

/** A good token of an administrator, but for what is given; undefined removes a claim. */
export function token(nowMs: number, claims: JWTPayload = {}, secret = SECRET): Promise<string> {
  const nowS = Math.floor(nowMs / 1000);
  return new SignJWT({
    iss: 'http://supabase/auth/v1',
    aud: 'authenticated',
    sub: 'user-1',
    role: 'authenticated',
    iat: nowS,
    exp: nowS + 3600,
    app_metadata: { role: 'admin' },
    ...claims,
  })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(secret));
}
