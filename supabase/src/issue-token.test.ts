import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { issueToken } from './issue-token.ts';

const decode = (part = '') =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as { exp: number; iat: number };

test('a token says who, as what and until when, signed with the project’s secret', () => {
  const token = issueToken({
    jwtSecret: 'secret',
    sub: 'user-1',
    claims: { app_metadata: { role: 'admin' } },
  });
  const [header, payload, signature] = token.split('.');
  expect(decode(header)).toEqual({ alg: 'HS256', typ: 'JWT' });
  const claims = decode(payload);
  expect(claims).toMatchObject({
    sub: 'user-1',
    role: 'authenticated',
    aud: 'authenticated',
    app_metadata: { role: 'admin' },
  });
  expect(claims.exp - claims.iat).toBe(3600);
  expect(signature).toBe(createHmac('sha256', 'secret').update(`${header}.${payload}`).digest('base64url'));
});

test('a token can be expired, of another role, and for another audience', () => {
  const token = issueToken({
    jwtSecret: 's',
    sub: 'u',
    role: 'service_role',
    expiresInS: -10,
    claims: { aud: 'x' },
  });
  const claims = decode(token.split('.')[1]);
  expect(claims).toMatchObject({ role: 'service_role', aud: 'x' });
  expect(claims.exp).toBeLessThan(Date.now() / 1000);
});
