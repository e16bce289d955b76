import { describe, expect, it } from 'vitest';
import { jsonOk } from './answers.ts';
import type { Endpoint } from './endpoint.ts';
import { Router } from './router.ts';

const endpoint = (name: string, method: Endpoint['method'], path: string): Endpoint => ({
  name,
  method,
  path,
  handle: () => jsonOk(),
});

const router = new Router([
  endpoint('record', 'POST', '/ISAPI/UserInfo/Record'),
  endpoint('hosts', 'GET', '/ISAPI/httpHosts'),
  endpoint('hosts-set', 'PUT', '/ISAPI/httpHosts'),
  endpoint('door', 'PUT', '/ISAPI/door/{door}'),
  endpoint('host', 'GET', '/ISAPI/httpHosts/{id}'),
]);

const found = (method: string, path: string) => {
  const match = router.match(method, path);
  return match.kind === 'found' ? [match.endpoint.name, match.params] : match.kind;
};

describe('Router', () => {
  it('finds by verb and path', () => {
    expect(found('POST', '/ISAPI/UserInfo/Record')).toEqual(['record', {}]);
    expect(found('GET', '/ISAPI/httpHosts')).toEqual(['hosts', {}]);
    expect(found('PUT', '/ISAPI/httpHosts')).toEqual(['hosts-set', {}]);
    expect(found('PUT', '/ISAPI/door/65535')).toEqual(['door', { door: '65535' }]);
  });

  it.each([
    ['PUT', '/ISAPI/UserInfo/Record'],
    ['GET', '/ISAPI/door/1'],
    ['BREW', '/ISAPI/httpHosts'],
  ])('knows the path but not the verb of %s %s', (method, path) => {
    expect(found(method, path)).toBe('wrong-method');
  });

  it.each([
    '/ISAPI/userinfo/record',
    '/ISAPI/door',
    '/ISAPI/door/',
    '/ISAPI/door/1/2',
    '/',
    '',
    '/__proto__',
  ])('does not know %j', (path) => {
    expect(found('GET', path)).toBe('unknown');
  });

  it('names the nearest endpoint of a mistyped request', () => {
    expect(router.nearest('POST', '/ISAPI/UserInfo/Recrod')).toBe('POST /ISAPI/UserInfo/Record');
    expect(router.nearest('PUT', '/ISAPI/httphost')).toBe('PUT /ISAPI/httpHosts');
    expect(new Router([]).nearest('GET', '/x')).toBe('');
  });

  it('refuses two endpoints of one name, or of one verb and path', () => {
    const one = endpoint('one', 'GET', '/a');
    expect(() => new Router([one, endpoint('one', 'GET', '/b')])).toThrow('named "one"');
    expect(() => new Router([one, endpoint('two', 'GET', '/a')])).toThrow('both "one" and "two"');
  });
});
