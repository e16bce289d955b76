import { expect, test } from 'vitest';
import { deviceAddress, deviceOrigin } from './device-origin.ts';

const addressOf = (host: string, port = 80) => deviceAddress({ host, port });

test.each([
  ['Gate.Local', 'gate.local'],
  ['gate.local.', 'gate.local'],
  [' 192.0.2.1 ', '192.0.2.1'],
  ['2001:DB8:0::7', '[2001:db8::7]'],
  ['[2001:db8::7]', '2001:db8:0:0:0:0:0:7'],
])('%s and %s are one address', (one, other) => {
  expect(addressOf(one)).not.toBeNull();
  expect(addressOf(one)).toBe(addressOf(other));
});

test('another port is another address; what can be no host is none', () => {
  expect(addressOf('192.0.2.1', 443)).not.toBe(addressOf('192.0.2.1', 80));
  for (const host of ['', 'http://192.0.2.1', '192.0.2.1:80', 'a b']) expect(addressOf(host)).toBeNull();
  expect(addressOf('192.0.2.1', 0)).toBeNull();
});

test('calls go to the address', () => {
  expect(deviceOrigin({ scheme: 'https', host: '2001:DB8:0::7', port: 443 })).toBe(
    `https://${addressOf('[2001:db8::7]', 443)!}`,
  );
  expect(() => deviceOrigin({ scheme: 'http', host: '', port: 80 })).toThrow(/no address/);
});
