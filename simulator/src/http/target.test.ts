import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../isapi/endpoint.ts';
import { Router } from '../isapi/router.ts';
import { Targets } from './target.ts';

const endpoint: Endpoint = {
  name: 'person-record',
  method: 'POST',
  path: '/ISAPI/AccessControl/UserInfo/Record',
  handle: () => {
    throw new Error('never called here');
  },
};
const targets = () => new Targets(new Router([endpoint]));

describe('Targets', () => {
  it('takes path and query apart and finds the endpoint', () => {
    const target = targets().resolve('POST', '/ISAPI/AccessControl/UserInfo/Record?format=json&x=1');
    expect(target.text).toBe('/ISAPI/AccessControl/UserInfo/Record?format=json&x=1');
    expect(target.path).toBe('/ISAPI/AccessControl/UserInfo/Record');
    expect(target.query.get('format')).toBe('json');
    expect(target.match).toMatchObject({ kind: 'found', endpoint: { name: 'person-record' } });
  });

  it.each([
    ['an absolute target', 'http://192.0.2.1/ISAPI/AccessControl/UserInfo/Record'],
    ['percent-encoding', '/ISAPI/AccessControl/User%49nfo/Record'],
    ['a fragment', '/ISAPI/AccessControl/UserInfo/Record#top'],
  ])('finds it through %s', (_, target) => {
    expect(targets().resolve('POST', target).match.kind).toBe('found');
  });

  it.each([
    '/ISAPI/AccessControl/../AccessControl/UserInfo/Record',
    '//ISAPI/AccessControl/UserInfo/Record',
    '/ISAPI/AccessControl/UserInfo/Record/',
    '/ISAPI/AccessControl/UserInfo/%ZZ',
    '*',
    '',
  ])('finds nothing under %s', (target) => {
    expect(targets().resolve('POST', target).match.kind).toBe('unknown');
  });

  it('keeps what it took apart, by verb', () => {
    const shelf = targets();
    const first = shelf.resolve('POST', endpoint.path);
    expect(shelf.resolve('POST', endpoint.path)).toBe(first);
    expect(shelf.resolve('GET', endpoint.path).match.kind).toBe('wrong-method');
  });

  it('keeps a bounded number', () => {
    const shelf = targets();
    const first = shelf.resolve('POST', endpoint.path);
    for (let count = 0; count < 300; count += 1) shelf.resolve('POST', `${endpoint.path}?n=${count}`);
    const again = shelf.resolve('POST', endpoint.path);
    expect(again).not.toBe(first);
    expect(again).toEqual(first);
  });
});
