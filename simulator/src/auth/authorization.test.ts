import { DIGEST } from 'http-auth-utils';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAuthorization } from './authorization.ts';

const PLAIN =
  'Digest username="admin", realm="DS-0753f32c", nonce="abc=", uri="/ISAPI/x?format=json", ' +
  'response="0123456789abcdef0123456789abcdef", qop=auth, nc=00000001, cnonce="c1", opaque=""';

const credentials = {
  username: 'admin',
  realm: 'DS-0753f32c',
  nonce: 'abc=',
  uri: '/ISAPI/x?format=json',
  response: '0123456789abcdef0123456789abcdef',
  algorithm: undefined,
  qop: 'auth',
  nc: '00000001',
  cnonce: 'c1',
};

describe('readAuthorization', () => {
  it('reads what curl sends', () => {
    expect(readAuthorization(PLAIN)).toEqual({ scheme: 'digest', credentials });
  });

  it('reads a quoted qop and algorithm as python-requests sends them', () => {
    const header = PLAIN.replace('qop=auth', 'qop="auth", algorithm="MD5"');
    expect(readAuthorization(header)).toEqual({
      scheme: 'digest',
      credentials: { ...credentials, algorithm: 'MD5' },
    });
  });

  it('takes any case of scheme and names, missing blanks and unknown parameters', () => {
    const header = PLAIN.replace('Digest', 'dIGEST')
      .replace('username', 'USERNAME')
      .replaceAll(', ', ',')
      .concat(',charset=UTF-8,userhash=false');
    expect(readAuthorization(header)).toEqual({ scheme: 'digest', credentials });
  });

  it('keeps commas, equals signs, brackets and escaped quotes of quoted values', () => {
    const header = PLAIN.replace('DS-0753f32c', 'IP Camera(GK,713)=x').replace('"admin"', '"ad\\"min\\\\"');
    expect(readAuthorization(header)).toMatchObject({
      credentials: { realm: 'IP Camera(GK,713)=x', username: 'ad"min\\' },
    });
  });

  it.each([
    ['a parameter twice', `${PLAIN}, nonce="other"`],
    ['no response', PLAIN.replace('response', 'reply')],
    ['an unfinished quote', PLAIN.slice(0, -1)],
    ['no comma between values', PLAIN.replace('", realm', '" realm')],
    ['a value that is missing', PLAIN.replace('nc=00000001', 'nc=')],
    ['too many parameters', `${PLAIN}${Array.from({ length: 40 }, (_, index) => `, x${index}=1`).join('')}`],
    ['too much of it', `${PLAIN}, x="${'y'.repeat(5000)}"`],
    ['nothing after the word', 'Digest '],
    ['another scheme', 'Bearer abc'],
  ])('is bad with %s', (_, header) => {
    expect(readAuthorization(header)).toEqual({ scheme: 'bad' });
  });

  it('tells Basic and nothing from digest', () => {
    expect(readAuthorization('Basic YWRtaW46eA==')).toEqual({ scheme: 'basic', username: 'admin' });
    expect(readAuthorization('Basic ????')).toEqual({ scheme: 'basic', username: null });
    expect(readAuthorization(undefined)).toEqual({ scheme: 'none' });
    expect(readAuthorization('')).toEqual({ scheme: 'none' });
  });

  it('never throws, whatever the header', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        expect(['bad', 'digest']).toContain(readAuthorization(`Digest ${text}`).scheme);
      }),
    );
  });

  it('agrees with another reader on headers that other reader can read', () => {
    const value = fc.stringMatching(/^[A-Za-z0-9/?=&:. ,()-]{1,30}$/).map((text) => text.trim() || 'x');
    fc.assert(
      fc.property(
        fc.record({ username: value, realm: value, nonce: value, uri: value, response: value }),
        (fields) => {
          const rest = Object.entries(fields)
            .map(([name, text]) => `${name}="${text}"`)
            .join(', ');
          expect(readAuthorization(`Digest ${rest}`)).toMatchObject({
            credentials: DIGEST.parseAuthorizationRest(rest),
          });
        },
      ),
    );
  });
});
