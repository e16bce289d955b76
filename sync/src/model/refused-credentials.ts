import type { Device, DeviceMemory } from './device.ts';
import { credentialsFingerprint } from './fingerprints.ts';

/** More than anybody types in one after the other. */
const MAX_REFUSED = 50;

/** Whether the device refused what its row has for a login, perhaps before others that were tried meanwhile. */
export const isRefused = (device: Device): boolean =>
  device.memory.refusedCredentials.includes(credentialsFingerprint(device));

/** What the device has refused, with one more: the fingerprint of what it refused just now, or may have refused unheard. */
export const withRefused = (
  { refusedCredentials }: Pick<DeviceMemory, 'refusedCredentials'>,
  fingerprint: string,
): string[] => [...refusedCredentials.filter((one) => one !== fingerprint), fingerprint].slice(-MAX_REFUSED);
