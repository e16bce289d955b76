/**
 * What an answer means for whoever sent the request. The classes are few because each says what to do next:
 *
 * - `done`: acknowledged (statusCode 1, or 7: reboot required).
 * - `already`: the person or the face was there already.
 * - `missing`: the person (or the face) this change refers to is not there.
 * - `item`: this person's data or photo is refused; the next employee goes on.
 * - `modelling`: the photo could not be modelled just now; may pass by itself.
 * - `download`: the device could not fetch the photo's URL; another delivery may work.
 * - `unsupported`: this firmware has no such call: use another one.
 * - `full`: person list, face library or storage is full.
 * - `busy`: try again soon, a bounded number of times.
 * - `credentials`: refused, locked, not activated, no rights: nothing more is sent.
 * - `network`: no whole answer came, see `delivery`.
 * - `unknown`: anything else: fatal for the device.
 */
export type AnswerClass =
  | 'done'
  | 'already'
  | 'missing'
  | 'item'
  | 'modelling'
  | 'download'
  | 'unsupported'
  | 'full'
  | 'busy'
  | 'credentials'
  | 'network'
  | 'unknown';

export interface Verdict {
  class: AnswerClass;
  /** subStatusCode as the device spelled it, or one of ours (`timeout`, `http-503`, `html`, `unreadable`, …). */
  deviceCode: string;
  /** Stable code of the API: `face_rejected`, `device_unreachable`, … See the catalogue. */
  code: string;
  /** For the operator: what happened and what to do. No secrets, no names. */
  message: string;
  /** Did the request reach the device for certain? Only `network` is ever in doubt. */
  delivery: 'answered' | 'not-sent' | 'unknown';
  httpStatus: number | null;
  /** Seconds until the account is unlocked, where the device said so. */
  unlockTimeS: number | null;
  /** The raw answer, shortened, secrets removed: for the log of `unknown`. */
  raw: string | null;
}

export type Answer<Value> = { verdict: Verdict; value: Value | null };
