import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseChallenge, readAuthenticateHeader } from './digest-challenge.ts';

const choose = (header: string) => chooseChallenge(readAuthenticateHeader(header));

describe('challenges as devices write them', () => {
  test('terminal: no algorithm, empty opaque', () => {
    expect(
      choose(
        'Digest qop="auth", realm="DS-0753f32c", nonce="ZmVkYzNiNzZlYzUyZTk4MGVmM2U1YTg0ZGZjYmJlMDE=", ' +
          'stale="false", opaque="", domain="::"',
      ),
    ).toEqual({
      realm: 'DS-0753f32c',
      nonce: 'ZmVkYzNiNzZlYzUyZTk4MGVmM2U1YTg0ZGZjYmJlMDE=',
      opaque: '',
      qop: 'auth',
      algorithm: 'MD5',
      stale: false,
    });
  });

  test('camera: brackets in the realm, upper-case stale', () => {
    expect(choose('Digest qop="auth", realm="IP Camera(83813)", nonce="4d57", stale="TRUE"')).toMatchObject({
      realm: 'IP Camera(83813)',
      opaque: null,
      stale: true,
    });
  });

  test('older recorder: colons in the nonce, Basic after it', () => {
    expect(
      choose(
        'Digest realm="DVRNVRDVS", domain="::", qop="auth", nonce="16c2671a:1540569274326", opaque="", ' +
          'algorithm="MD5", stale="FALSE", Basic realm="DVRNVRDVS"',
      ),
    ).toMatchObject({ nonce: '16c2671a:1540569274326', algorithm: 'MD5' });
  });

  test('two challenges in one line keep their own nonces, the first one wins', () => {
    const header =
      'Digest qop="auth", realm="HIK Device", nonce="a", algorithm="MD5", stale="FALSE", ' +
      'Digest qop="auth", realm="HIK Device", nonce="b", algorithm="SHA-256", stale="FALSE"';
    expect(readAuthenticateHeader(header)).toHaveLength(2);
    expect(choose(header)).toMatchObject({ nonce: 'a', algorithm: 'MD5' });
  });
});

test.each([
  ['Basic first', 'Basic realm="x", Digest realm="y", nonce="n"', 'n'],
  ['an unknown algorithm first', 'Digest nonce="a", algorithm=FOO, Digest nonce="b", algorithm=SHA256', 'b'],
  ['auth-int alone first', 'Digest nonce="a", qop="auth-int", Digest nonce="b", qop="auth"', 'b'],
  ['commas, = and quotes in texts', 'Digest realm="a, b=\\"c\\"", nonce="n"', 'n'],
  ['bare values without blanks', 'Digest realm=x,nonce=n,qop=auth', 'n'],
  ['a lower-case scheme', 'digest realm="x",nonce="n"', 'n'],
])('%s', (_, header, nonce) => {
  expect(choose(header)?.nonce).toBe(nonce);
});

test.each([
  '',
  'Digest',
  'Digest realm="x"',
  'Digest nonce=""',
  'Basic realm="x"',
  'Negotiate YII=',
  '"',
  ',,,',
])('%j cannot be answered', (header) => {
  expect(choose(header)).toBeNull();
});

test('any text is read without an error', () => {
  const pieces = fc.constantFrom('Digest ', 'nonce', '=', '"', ',', '\\', ' ', 'Basic', 'qop="auth"', 'ș');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((list) => list.join('')),
      ),
      (header) => {
        expect(Array.isArray(readAuthenticateHeader(header))).toBe(true);
      },
    ),
  );
});

test('whatever stands between the quotes is read back as it was written', () => {
  const quotable = fc.string().filter((text) => !/["\\]/.test(text) && text.length > 0);
  fc.assert(
    fc.property(quotable, quotable, quotable, (realm, nonce, opaque) => {
      const header = `Digest qop="auth", realm="${realm}", nonce="${nonce}", opaque="${opaque}", stale="false"`;
      expect(choose(header)).toMatchObject({ realm, nonce, opaque });
    }),
  );
});
