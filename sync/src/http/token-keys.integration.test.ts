import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTokenVerifier } from './token.ts';
import { auth, SECRET, token } from './testing/tokens.ts';

const NOW = Date.UTC(2026, 0, 5);
const claims = {
  iss: 'http://supabase/auth/v1',
  aud: 'authenticated',
  sub: 'user-2',
  exp: NOW / 1000 + 60,
  app_metadata: { role: 'hr' },
};

describe('tokens checked with the keys that the project publishes', () => {
  let keys: Awaited<ReturnType<typeof generateKeyPair>>;
  let status = 200;
  let fetched = 0;
  const server = createServer((_request, response) => {
    fetched += 1;
    void exportJWK(keys.publicKey).then((jwk) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ keys: [{ ...jwk, kid: 'k1', alg: 'ES256', use: 'sig' }] }));
    });
  });
  const jwksUrl = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
  const sign = (key = keys.privateKey, kid = 'k1') =>
    new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid }).sign(key);
  const verifierOf = (jwtSecret: string | null) =>
    createTokenVerifier({ ...auth, jwtSecret, jwksUrl: jwksUrl() }, () => NOW);

  beforeAll(async () => {
    keys = await generateKeyPair('ES256', { extractable: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  it('are accepted, and the keys are fetched once', async () => {
    const verify = verifierOf(null);
    fetched = 0;
    for (let n = 0; n < 3; n += 1)
      expect(await verify(`Bearer ${await sign()}`)).toEqual({ subject: 'user-2', roles: ['hr'] });
    expect(fetched).toBe(1);
  });

  it('are accepted beside those signed with the secret, when both are configured', async () => {
    const verify = verifierOf(SECRET);
    await expect(verify(`Bearer ${await sign()}`)).resolves.toBeDefined();
    await expect(verify(`Bearer ${await token(NOW)}`)).resolves.toBeDefined();
  });

  it('are refused when another key signed them, or one that is not published', async () => {
    const verify = verifierOf(null);
    const other = await generateKeyPair('ES256');
    for (const jwt of [await sign(other.privateKey), await sign(keys.privateKey, 'k2')])
      await expect(verify(`Bearer ${jwt}`)).rejects.toMatchObject({ code: 'token_invalid' });
  });

  it('are refused when the public key was used as a secret', async () => {
    const publicKey = new TextEncoder().encode(await exportSPKI(keys.publicKey));
    const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(publicKey);
    for (const secret of [null, SECRET])
      await expect(verifierOf(secret)(`Bearer ${forged}`)).rejects.toMatchObject({ code: 'token_invalid' });
  });

  it('cannot be checked while the keys cannot be fetched: that is 503, not the fault of the user', async () => {
    status = 500;
    const failing = verifierOf(null)(`Bearer ${await sign()}`);
    await expect(failing).rejects.toMatchObject({ code: 'token_keys_unreachable', status: 503 });
    status = 200;
    const nowhere = createTokenVerifier(
      { ...auth, jwtSecret: null, jwksUrl: 'http://127.0.0.1:1/' },
      () => NOW,
    );
    await expect(nowhere(`Bearer ${await sign()}`)).rejects.toMatchObject({ code: 'token_keys_unreachable' });
  });
});
