import { createHash } from 'node:crypto';

/** Everything of a person that is written to a device, the number apart. */
export interface PersonData {
  name: string;
  valid: { enable: boolean; beginTime: string; endTime: string };
  doorRight: string;
  planTemplateNo: string;
}

/** Characters of a SHA-256 that are kept: 64 bits, enough to tell one person's former data from the present. */
const PART_LENGTH = 16;

const sha256 = (...parts: (string | boolean)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/**
 * Of exactly what was written. Two halves, name and all the rest, so that a plan can say which of them changed.
 */
export function personFingerprint(person: PersonData): string {
  const { enable, beginTime, endTime } = person.valid;
  const name = nameFingerprint(person.name);
  const rest = sha256('rest', enable, beginTime, endTime, person.doorRight, person.planTemplateNo);
  return `${name}-${rest.slice(0, PART_LENGTH)}`;
}

/** Of a person's name alone: the first half of `personFingerprint`. */
export const nameFingerprint = (name: string): string => sha256('name', name).slice(0, PART_LENGTH);

/** Whether the name is among what differs between two person fingerprints. */
export const nameDiffers = (a: string, b: string): boolean => a.split('-')[0] !== b.split('-')[0];

/**
 * Of the photo as the database names it: the URL, and a version where the row has one, for a photo that was replaced
 * under the same URL. The photo itself is not read: a pair in step costs nothing, not even a download.
 */
export const photoFingerprint = (url: string, version: string | null = null): string =>
  sha256('photo', url, version ?? '').slice(0, 2 * PART_LENGTH);

/**
 * Of one version of a device's credentials. Tells whether the refused ones are still those in the database, without
 * keeping them; the device's id keeps equal passwords of two devices from looking equal.
 */
export const credentialsFingerprint = (device: {
  deviceId: string;
  username: string;
  password: string;
}): string => sha256('credentials', device.deviceId, device.username, device.password);
