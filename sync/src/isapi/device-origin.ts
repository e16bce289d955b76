import { isIPv6 } from 'node:net';
import type { Device } from '../model/device.ts';
import { LineError } from './transport.ts';

/**
 * `http://192.0.2.10:80`, `https://[2001:db8::7]:443`: where a device's calls go. IPv6 addresses are accepted with and
 * without brackets. Throws a `LineError` (`dns`, not-sent) when the address can be no host.
 */
export function deviceOrigin(device: Pick<Device, 'scheme' | 'host' | 'port'>): string {
  const bare = device.host.trim().replace(/^\[(.*)\]$/, '$1');
  const host = isIPv6(bare) ? `[${bare}]` : bare;
  const portIsUsable = Number.isInteger(device.port) && device.port >= 1 && device.port <= 65_535;
  if (portIsUsable && /^[^\s/?#@\\]+$/.test(host) && (isIPv6(bare) || !host.includes(':'))) {
    const url = URL.parse(`${device.scheme}://${host}:${device.port}/`);
    if (url) return `${device.scheme}://${url.hostname}:${device.port}`;
  }
  throw new LineError(
    'dns',
    'not-sent',
    `"${device.host}" with port ${device.port} is no address a device can have. ` +
      'Enter a host name or an IP address alone, and a port from 1 to 65535.',
  );
}
