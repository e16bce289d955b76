import { isIPv6 } from 'node:net';
import type { Device } from '../model/device.ts';
import { LineError } from './transport.ts';

/** The host as calls name it: lower case, IPv6 in brackets and in its shortest form. Null: it can be no host. */
function hostName({ host, port }: Pick<Device, 'host' | 'port'>): string | null {
  const bare = host.trim().replace(/^\[(.*)\]$/, '$1');
  const written = isIPv6(bare) ? `[${bare}]` : bare;
  const portIsUsable = Number.isInteger(port) && port >= 1 && port <= 65_535;
  if (!portIsUsable || !/^[^\s/?#@\\]+$/.test(written)) return null;
  if (!isIPv6(bare) && written.includes(':')) return null;
  return URL.parse(`http://${written}:${port}/`)?.hostname ?? null;
}

/**
 * `http://192.0.2.10:80`, `https://[2001:db8::7]:443`: where a device's calls go. IPv6 addresses are accepted with and
 * without brackets. Throws a `LineError` (`dns`, not-sent) when the address can be no host.
 */
export function deviceOrigin(device: Pick<Device, 'scheme' | 'host' | 'port'>): string {
  const host = hostName(device);
  if (host !== null) return `${device.scheme}://${host}:${device.port}`;
  throw new LineError(
    'dns',
    'not-sent',
    `"${device.host}" with port ${device.port} is no address a device can have. ` +
      'Enter a host name or an IP address alone, and a port from 1 to 65535.',
  );
}

/** `192.0.2.10:80`: the same for two devices whose calls go to one socket, however it was typed. Null: to none. */
export function deviceAddress(device: Pick<Device, 'host' | 'port'>): string | null {
  const host = hostName(device);
  return host === null ? null : `${host.replace(/\.$/, '')}:${device.port}`;
}
