import { type Body, readBody } from './body.ts';
import { booleanOf, type Fields, fieldsOf, integerOf, isFields, textOf } from './fields.ts';

/** The body of a login answer. All lock fields are optional on the wire [DS-C66S]. */
export interface UserCheck {
  /** 200 or 401; null where the device left it out. */
  statusValue: number | null;
  locked: boolean;
  /** Seconds until the account is unlocked; null where the device did not say. */
  unlockTimeS: number | null;
  /** Bad logins from this address that the device takes before it locks; null where the device did not say. */
  triesLeft: number | null;
  activated: boolean;
}

/** `lock` on the wire, `locked` in the vendor's schema. */
const lockedWords = new Set(['lock', 'locked']);

/** Reads a `userCheck` document, in XML or in its JSON form with or without a wrapper; null when the body is none. */
export function readUserCheck(body: Body): UserCheck | null {
  const fields = userCheckFields(body);
  if (!fields) return null;
  const locked = lockedWords.has(textOf(fields.lockStatus)?.trim().toLowerCase() ?? '');
  const unlockTimeS = integerOf(fields.unlockTime);
  const triesLeft = integerOf(fields.retryLoginTime);
  return {
    statusValue: integerOf(fields.statusValue),
    locked,
    unlockTimeS: locked && unlockTimeS !== null && unlockTimeS > 0 ? unlockTimeS : null,
    triesLeft: triesLeft !== null && triesLeft >= 0 ? triesLeft : null,
    activated: booleanOf(fields.isActivated) ?? true,
  };
}

/** Whether a 401 tells that the account is locked: then it is the device's last word, challenge or not. */
export function saysLocked(body: Buffer): boolean {
  return readUserCheck(readBody(body))?.locked === true;
}

function userCheckFields(body: Body): Fields | null {
  if (body.kind === 'xml') return body.root === 'userCheck' ? fieldsOf(body.value) : null;
  if (body.kind !== 'json') return null;
  const document = fieldsOf(body.value);
  if (isFields(document.userCheck)) return document.userCheck;
  return 'lockStatus' in document || 'retryLoginTime' in document || 'statusValue' in document
    ? document
    : null;
}
