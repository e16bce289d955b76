import { inspect } from 'node:util';
import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { createTokenVerifier, rolesAt } from './token.ts';
import { auth, SECRET, token } from './testing/tokens.ts';

const NOW = Date.UTC(2026, 0, 5);
const verify = createTokenVerifier(auth, () => NOW);
const check = async (jwt: string | Promise<string>) => verify(`Bearer ${await jwt}`);

describe('a token signed with the secret', () => {
  it('says who asks and with which roles', async () => {
    expect(await check(token(NOW))).toEqual({ subject: 'user-1', roles: ['admin'] });
    expect(await verify(`bearer  ${await token(NOW)}`)).toMatchObject({ subject: 'user-1' });
  });

  it('is refused when it has expired, but for a few seconds', async () => {
    const expiredBy = (seconds: number) => token(NOW, { exp: NOW / 1000 - seconds });
    await expect(check(expiredBy(2))).resolves.toBeDefined();
    await expect(check(expiredBy(60))).rejects.toMatchObject({ code: 'token_expired', status: 401 });
  });

  it.each([
    ['issuer', { iss: 'http://elsewhere/auth/v1' }, 'JWT_ISSUER'],
    ['missing issuer', { iss: undefined }, 'JWT_ISSUER'],
    ['audience', { aud: 'anon' }, 'JWT_AUDIENCE'],
    ['no expiry', { exp: undefined }, 'exp'],
    ['no subject', { sub: undefined }, 'sub'],
    ['an empty subject', { sub: '' }, 'sub'],
    ['not valid yet', { nbf: NOW / 1000 + 600 }, 'nbf'],
  ])('is refused for its %s, by name', async (_what, claims, named) => {
    const refused = check(token(NOW, claims));
    await expect(refused).rejects.toMatchObject({ code: 'token_invalid' });
    await expect(refused).rejects.toThrow(named);
  });

  it('may name any issuer, or none, only where that is configured', async () => {
    const lenient = createTokenVerifier({ ...auth, issuers: null }, () => NOW);
    for (const iss of [undefined, 'http://elsewhere'])
      await expect(lenient(`Bearer ${await token(NOW, { iss })}`)).resolves.toBeDefined();
  });

  it('is refused when another secret signed it', async () => {
    await expect(check(token(NOW, {}, 'x'.repeat(32)))).rejects.toMatchObject({ code: 'token_invalid' });
  });

  it('is refused when nobody signed it', async () => {
    const unsigned = new UnsecuredJWT({ sub: 'user-1' }).setExpirationTime('1h').encode();
    await expect(check(unsigned)).rejects.toMatchObject({ code: 'token_invalid' });
  });

  it('is refused with another algorithm than HS256', async () => {
    const jwt = new SignJWT({ sub: 'user-1' })
      .setProtectedHeader({ alg: 'HS512' })
      .sign(new TextEncoder().encode(SECRET.repeat(2)));
    await expect(check(jwt)).rejects.toMatchObject({ code: 'token_invalid' });
  });

  it.each([
    'Bearer',
    'Bearer nonsense',
    'Basic dXNlcg==',
    'Bearer a.b.c',
    `Bearer ${'x'.repeat(20_000)}`,
    '',
  ])('is more than %j', async (header) => {
    await expect(verify(header)).rejects.toMatchObject({ code: 'token_invalid', status: 401 });
  });

  it('is asked for when there is none', async () => {
    await expect(verify(undefined)).rejects.toMatchObject({
      code: 'token_missing',
      headers: { 'WWW-Authenticate': 'Bearer' },
    });
  });

  it('never comes back in a complaint', async () => {
    const jwt = await token(NOW, { aud: 'other' });
    const complaint = await check(jwt).catch((error: unknown) => inspect(error, { depth: 9 }));
    for (const part of jwt.split('.')) expect(complaint).not.toContain(part);
  });
});

describe('rolesAt', () => {
  it.each([
    ['role', { role: 'admin' }, ['admin']],
    ['app_metadata.roles', { app_metadata: { roles: ['hr', 7, 'admin'] } }, ['hr', 'admin']],
    ['app_metadata.role', { app_metadata: 'admin' }, []],
    ['app_metadata.role', {}, []],
    ['constructor.name', {}, []],
  ])('%s of %j', (path, payload, roles) => {
    expect(rolesAt(payload, path)).toEqual(roles);
  });
});
