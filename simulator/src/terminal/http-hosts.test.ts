import { describe, expect, it } from 'vitest';
import { hostHears, HttpHosts, type EventSubscription, type HttpHost } from './http-hosts.ts';

function host(id = 1, more: Partial<HttpHost> = {}): HttpHost {
  return {
    id,
    url: '/events',
    protocolType: 'HTTP',
    parameterFormatType: 'JSON',
    addressingFormatType: 'ipaddress',
    address: '127.0.0.1',
    portNo: 8080,
    httpAuthenticationMethod: 'none',
    checkResponseEnabled: false,
    subscription: null,
    ...more,
  };
}

const slots = (httpHostsWrites: 'kept' | 'list-loses-address' | 'url-not-kept', httpHostSlots = 2) =>
  new HttpHosts({ traits: { httpHostSlots, httpHostsWrites } });

describe('http hosts', () => {
  it('are there and empty', () => {
    expect(slots('kept').list()).toMatchObject([
      { id: 1, url: '', address: '0.0.0.0', portNo: 0, parameterFormatType: 'XML' },
      { id: 2 },
    ]);
    expect(slots('kept').listening()).toEqual([]);
  });

  it('are kept, one by one and as a list', () => {
    const hosts = slots('kept');
    expect(hosts.set(host(2))).toBe(true);
    expect(hosts.listening()).toEqual([host(2)]);
    expect(hosts.setList([host(1), host(2, { portNo: 1 })])).toBe(true);
    expect(hosts.listening().map((known) => known.portNo)).toEqual([8080, 1]);
    hosts.clearSlot(1);
    expect(hosts.listening()).toHaveLength(1);
  });

  it('without a slot change nothing', () => {
    const hosts = slots('kept');
    expect(hosts.set(host(3))).toBe(false);
    expect(hosts.setList([host(1), host(3)])).toBe(false);
    expect(hosts.listening()).toEqual([]);
  });

  it('lose their address in a list on DS-K1T341CMF', () => {
    const hosts = slots('list-loses-address');
    hosts.setList([host(1)]);
    expect(hosts.get(1)).toMatchObject({ url: '/events', address: '0.0.0.0', portNo: 0 });
    hosts.set(host(1));
    expect(hosts.listening()).toEqual([host(1)]);
  });

  it('lose their url and never push on DS-K1A340', () => {
    const hosts = slots('url-not-kept');
    hosts.set(host(1));
    expect(hosts.get(1)).toMatchObject({ url: '', address: '127.0.0.1' });
    expect(hosts.listening()).toEqual([]);
  });

  it('of EHome are not listened to', () => {
    const hosts = slots('kept');
    hosts.set(host(1, { protocolType: 'EHome' }));
    expect(hosts.listening()).toEqual([]);
  });

  it('survive a snapshot', () => {
    const hosts = slots('kept');
    hosts.set(host(1));
    const other = slots('kept');
    other.restore(hosts.snapshot());
    expect(other.listening()).toEqual([host(1)]);
    other.clear();
    expect(other.listening()).toEqual([]);
  });
});

describe('what a slot hears', () => {
  const list: EventSubscription = {
    heartbeat: 30,
    eventMode: 'list',
    minorAlarm: [],
    minorException: [],
    minorOperation: [1024],
    minorEvent: [75],
  };
  const all: EventSubscription = { ...list, eventMode: 'all', minorOperation: [], minorEvent: [] };

  it.each([
    [null, 5, 76, true],
    [all, 5, 76, true],
    [list, 5, 75, true],
    [list, 5, 76, false],
    [list, 3, 1024, true],
    [list, 3, 75, false],
    [list, 2, 1024, false],
    [list, 9, 75, false],
  ] as const)('%j hears %i/%i: %s', (subscription, major, minor, hears) => {
    expect(hostHears(host(1, { subscription }), { major, minor }, 'kept')).toBe(hears);
  });

  it('is only status with mode all on DS-K1T341CMF', () => {
    const deaf = host(1, { subscription: all });
    expect(hostHears(deaf, { major: 5, minor: 75 }, 'list-loses-address')).toBe(false);
    expect(hostHears(deaf, { major: 3, minor: 1024 }, 'list-loses-address')).toBe(true);
  });
});
