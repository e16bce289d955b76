import { describe, expect, it } from 'vitest';
import { resolveSpecs } from './device-spec.ts';

describe('resolveSpecs', () => {
  it('fills in what was not said', () => {
    expect(resolveSpecs({ devices: 2, port: 9101, username: 'root', password: 'Secret-1' })).toEqual([
      {
        id: 'device-1',
        profile: 'generic',
        port: 9101,
        scheme: 'http',
        accounts: [{ username: 'root', password: 'Secret-1', privilege: 'admin' }],
      },
      {
        id: 'device-2',
        profile: 'generic',
        port: 9102,
        scheme: 'http',
        accounts: [{ username: 'root', password: 'Secret-1', privilege: 'admin' }],
      },
    ]);
  });

  it('lets a device have its own way', () => {
    const [spec] = resolveSpecs({
      devices: [
        { id: 'gate', profile: 'ds-k1a340', port: 80, scheme: 'https', username: 'u', password: 'p' },
      ],
      port: 9101,
      profile: 'generic',
    });
    expect(spec).toMatchObject({ id: 'gate', profile: 'ds-k1a340', port: 80, scheme: 'https' });
    expect(spec?.accounts).toEqual([{ username: 'u', password: 'p', privilege: 'admin' }]);
  });

  it('takes free ports without a first one', () => {
    expect(resolveSpecs({ devices: 3 }).map(({ port }) => port)).toEqual([0, 0, 0]);
  });

  it.each([
    [{ devices: -1 }, /devices is -1; give a whole number/],
    [{ devices: 1.5 }, /devices is 1\.5/],
    [{ devices: 20_000 }, /20000 devices is too large; one process holds at most 10000/],
    [{ devices: 10, port: 65_530 }, /device-7 would listen on port 65536; ports end at 65535/],
    [{ devices: [{ id: 'a' }, { id: 'a' }] }, /Two devices are called "a"/],
    [{ devices: [{ id: '../etc' }] }, /Device id "\.\.\/etc" will not do/],
    [{ devices: [{ scheme: 'ftp' as 'http' }] }, /scheme "ftp" is neither http nor https/],
    [{ devices: 1, username: 'a:b' }, /user name "a:b" will not do/],
    [{ devices: 1, password: '' }, /user "admin" has no password/],
    [
      { devices: [{ users: [{ username: 'admin', password: 'x', privilege: 'user' as const }] }] },
      /user "admin" is given twice/,
    ],
  ])('explains what is wrong with %j', (options, message) => {
    expect(() => resolveSpecs(options)).toThrow(message);
  });
});
