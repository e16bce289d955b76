import type { Device } from './device.ts';
import { credentialsFingerprint } from './fingerprints.ts';

/** More than anybody types in one after the other. */
const MAX_REFUSED = 50;

/** Whether the device refused what its row has for a login, perhaps before others that were tried meanwhile. */
export const isRefused = (device: Device): boolean =>
  device.memory.refusedCredentials.includes(credentialsFingerprint(device));

/** What the device has refused, with what it refused just now. */
export const refusedWith = (device: Device): string[] => {
  const present = credentialsFingerprint(device);
  const former = device.memory.refusedCredentials.filter((one) => one !== present);
  return [...former, present].slice(-MAX_REFUSED);
};
