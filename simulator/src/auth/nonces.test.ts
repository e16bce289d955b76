import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random.ts';
import { Nonces, type NoncePolicy } from './nonces.ts';

function nonces(policy: Partial<NoncePolicy> = {}) {
  let nowMs = 0;
  const store = new Nonces({
    policy: {
      challengeStyle: 'terminal',
      nonceLifeMs: 3000,
      nonceLifeSpreadMs: 0,
      nonceUse: 'many',
      nonceScope: 'device',
      ncPolicy: 'off',
      ...policy,
    },
    clock: { now: () => nowMs, sleep: () => Promise.resolve() },
    random: seededRandom(7),
    realm: 'f26a9b0c5c8deb25a046e444',
  });
  return { store, at: (ms: number) => (nowMs = ms) };
}

describe('Nonces', () => {
  it('look like those of access terminals and differ', () => {
    const { store } = nonces();
    const first = store.issue('MD5', '/');
    expect(Buffer.from(first, 'base64').toString()).toMatch(/^[0-9a-f]{32}$/);
    expect(first).toHaveLength(44);
    expect(store.issue('MD5', '/')).not.toBe(first);
  });

  it('of cameras are hex of base64, and their second number grows', () => {
    const { store, at } = nonces({ challengeStyle: 'camera' });
    at(1_788_000_000_000);
    const read = (nonce: string) =>
      Buffer.from(Buffer.from(nonce, 'hex').toString('latin1'), 'base64').toString('latin1');
    const first = read(store.issue('MD5', '/'));
    at(1_788_000_060_000);
    const second = read(store.issue('MD5', '/'));
    for (const text of [first, second]) expect(text).toMatch(/^[0-9a-f]{8}:[0-9a-f]{8}$/);
    const time = (text: string) => parseInt(text.slice(9), 16);
    expect(time(second)).toBeGreaterThan(time(first));
  });

  it('of recorders hold the realm', () => {
    const { store } = nonces({ challengeStyle: 'recorder' });
    expect(store.issue('MD5', '/')).toMatch(/^[0-9a-f]{16}:f26a9b0c5c8deb25a046e444:[0-9a-f]+:0$/);
  });

  it('live longer by what is drawn, within the spread', () => {
    const { store, at } = nonces({ nonceLifeSpreadMs: 1000 });
    const given = Array.from({ length: 20 }, () => store.issue('MD5', '/'));
    at(3000);
    expect(given.every((nonce) => store.use(nonce, 'MD5', '/', undefined) === 'ok')).toBe(true);
    at(3500);
    const alive = given.filter((nonce) => store.use(nonce, 'MD5', '/', undefined) === 'ok').length;
    expect(alive).toBeGreaterThan(0);
    expect(alive).toBeLessThan(20);
    at(4001);
    expect(given.some((nonce) => store.use(nonce, 'MD5', '/', undefined) === 'ok')).toBe(false);
  });

  it('come out the same from the same seed', () => {
    expect(nonces().store.issue('MD5', '/')).toBe(nonces().store.issue('MD5', '/'));
  });

  it('expire, and stay known as expired', () => {
    const { store, at } = nonces();
    const nonce = store.issue('MD5', '/');
    at(3000);
    expect(store.use(nonce, 'MD5', '/', '00000001')).toBe('ok');
    at(3001);
    expect(store.use(nonce, 'MD5', '/', '00000002')).toBe('expired');
    at(3_600_000);
    expect(store.use(nonce, 'MD5', '/', '00000003')).toBe('expired');
  });

  it('are bounded: a flood of challenges pushes the oldest out', () => {
    const { store } = nonces();
    const first = store.issue('MD5', '/');
    const second = store.issue('MD5', '/');
    for (let count = 0; count < 511; count += 1) store.issue('MD5', '/');
    expect(store.size).toBe(512);
    expect(store.use(first, 'MD5', '/', undefined)).toBe('unknown-nonce');
    expect(store.use(second, 'MD5', '/', undefined)).toBe('ok');
  });

  it('used once are reused the second time', () => {
    const { store } = nonces({ nonceUse: 'once' });
    const nonce = store.issue('MD5', '/');
    expect(store.use(nonce, 'MD5', '/', '00000001')).toBe('ok');
    expect(store.use(nonce, 'MD5', '/', '00000002')).toBe('reused');
  });

  it('read nc as hexadecimal, and take no other text for it', () => {
    const { store } = nonces({ ncPolicy: 'grow' });
    const nonce = store.issue('MD5', '/');
    expect(store.use(nonce, 'MD5', '/', '00000009')).toBe('ok');
    expect(store.use(nonce, 'MD5', '/', '0000000a')).toBe('ok');
    expect(store.use(nonce, 'MD5', '/', '00000010')).toBe('ok');
    expect(store.use(nonce, 'MD5', '/', '11')).toBe('nc');
    expect(store.use(nonce, 'MD5', '/', '0x000012')).toBe('nc');
  });

  it('do not lose a refused nc: the next right one is taken', () => {
    const { store } = nonces({ ncPolicy: 'exact' });
    const nonce = store.issue('MD5', '/');
    expect(store.use(nonce, 'MD5', '/', '00000002')).toBe('nc');
    expect(store.use(nonce, 'MD5', '/', '00000001')).toBe('ok');
  });

  it('of one algorithm or path are no good for another', () => {
    const { store } = nonces({ nonceScope: 'url' });
    const nonce = store.issue('MD5', '/a');
    expect(store.use(nonce, 'SHA-256', '/a', undefined)).toBe('unknown-nonce');
    expect(store.use(nonce, 'MD5', '/b', undefined)).toBe('unknown-nonce');
    expect(store.use(nonce, 'MD5', '/a', undefined)).toBe('ok');
  });
});
