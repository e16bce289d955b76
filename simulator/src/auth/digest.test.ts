import { describe, expect, it } from 'vitest';
import type { Account } from '../terminal/accounts.ts';
import { expectedResponse } from './digest.ts';

const mufasa: Account = { username: 'Mufasa', password: 'Circle Of Life', privilege: 'admin' };
const parts = {
  method: 'GET',
  uri: '/dir/index.html',
  nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
  qop: 'auth',
  nc: '00000001',
  cnonce: '0a4f113b',
};

describe('expectedResponse', () => {
  it('is the one of RFC 2617, section 3.5', () => {
    expect(expectedResponse(mufasa, 'testrealm@host.com', 'MD5', parts)).toBe(
      '6629fae49393a05397450978507c4ef1',
    );
  });

  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const)('is the one of RFC 7616, section 3.9.1, for %s', (algorithm, response) => {
    const account = { ...mufasa, password: 'Circle of Life' };
    const given = {
      ...parts,
      nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
      cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
    };
    expect(expectedResponse(account, 'http-auth@example.org', algorithm, given)).toBe(response);
  });

  it('is the one of RFC 2069 without qop', () => {
    const account = { ...mufasa, password: 'CircleOfLife' };
    const old = { ...parts, qop: undefined, nc: undefined, cnonce: undefined };
    expect(expectedResponse(account, 'testrealm@host.com', 'MD5', old)).toBe(
      '1949323746fe6a43ef61f9606e7febea',
    );
  });

  it('follows the password: another account object, another response', () => {
    const before = expectedResponse(mufasa, 'r', 'MD5', parts);
    expect(expectedResponse(mufasa, 'r', 'MD5', parts)).toBe(before);
    expect(expectedResponse(mufasa, 'other realm', 'MD5', parts)).not.toBe(before);
    expect(expectedResponse({ ...mufasa, password: 'Scar' }, 'r', 'MD5', parts)).not.toBe(before);
  });
});
