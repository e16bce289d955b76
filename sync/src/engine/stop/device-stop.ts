import type { Verdict } from '../../isapi/answer.ts';
import { isLineCode } from '../../isapi/line-verdict.ts';
import type { Device, DeviceMemory } from '../../model/device.ts';
import { credentialsFingerprint } from '../../model/fingerprints.ts';
import { isRefused, withRefused } from '../../model/refused-credentials.ts';
import type { ItemError } from '../../model/run.ts';
import type { DevicePatch } from '../../store/store.ts';
import type { Random } from '../random.ts';
import { backoffMs } from '../retry.ts';

/** Why nothing more is sent to a device for now. */
export interface DeviceStop extends ItemError {
  /** `fatal` counts for FATAL_SCOPE=run; `device` is a matter of this device alone (full, cannot do it). */
  kind: 'fatal' | 'device';
  about: 'line' | 'credentials' | 'identity' | 'answer' | 'ability';
  raw: string | null;
  /** The account opens again by itself. */
  unlockTimeS: number | null;
  /** No call was made: what was known beforehand was enough. */
  sent: boolean;
  /** The credentials were shown: only then does "locked" say something about a login of ours. Absent: they were not. */
  loginShown?: boolean;
  /** The device had said that one more bad login locks it: then a lock that follows is the refusal of ours. */
  tookLastTry?: boolean;
}

export class DeviceStoppedError extends Error {
  readonly stop: DeviceStop;

  constructor(stop: DeviceStop) {
    super(stop.message);
    this.stop = stop;
  }
}

/** After so many failures in a row a device is shown as `eroare`. */
export const FAILURES_UNTIL_ERROR = 3;
const FIRST_PROBE_MS = 30_000;
const LONGEST_PROBE_MS = 1_800_000;
/** How long the lock of a device lasts that does not say so [K1A340: 1800 s]. */
const USUAL_LOCK_S = 1800;
const LOCKED = 'device_account_locked';
const UNCLEAR = 'device_login_unclear';
const COUNTED = 'device_login_counted';
export const SERIAL_CHANGED = 'serial_changed';
export const SERIAL_TAKEN = 'serial_taken';
export const ADDRESS_TAKEN = 'address_taken';
/** Which terminal it is: over once the one that is meant answers. */
const identityCodes: ReadonlySet<string> = new Set([SERIAL_CHANGED, SERIAL_TAKEN, ADDRESS_TAKEN]);
/** How often a row that makes way for another looks whether it still must; the terminal is not asked for it. */
const LOOK_AGAIN_MS = 600_000;
/** Clocks differ and locks are counted in whole seconds: better a little late than a try into the lock. */
const LOCK_MARGIN_MS = 5000;

export function stopOf(verdict: Verdict): DeviceStop {
  const base = {
    code: verdict.code,
    message: verdict.message,
    raw: verdict.raw,
    unlockTimeS: verdict.unlockTimeS,
    sent: true,
    loginShown: verdict.delivery !== 'not-sent',
  };
  switch (verdict.class) {
    case 'network':
      return { ...base, kind: 'fatal', about: 'line' };
    case 'credentials':
      return { ...base, kind: 'fatal', about: 'credentials' };
    case 'full':
    case 'unsupported':
      return { ...base, kind: 'device', about: 'ability' };
    default:
      return { ...base, kind: 'fatal', about: 'answer' };
  }
}

/**
 * What keeps a device from being asked at all.
 * A refused login is never repeated with the same credentials, whichever daemon it was; a locked account is left
 * alone until its lock has run out.
 */
export function findBar(device: Device, nowMs: number): DeviceStop | null {
  const { lockedUntilMs } = device.memory;
  const base = { kind: 'fatal', about: 'credentials', raw: null, sent: false } as const;
  if (isRefused(device)) {
    const { lastErrorCode, lastErrorMessage } = device.memory;
    const unheard = lastErrorCode === COUNTED || lastErrorCode === UNCLEAR;
    const message =
      'The device refused this user name and password before, or nobody heard what it said to them. Correct them in dispozitive_pontaj; nothing is sent until then, so that the account is not locked. If they are right by now, run "devices retry-credentials".';
    return unheard && lastErrorMessage !== null
      ? { ...base, code: lastErrorCode, message: lastErrorMessage, unlockTimeS: null }
      : { ...base, code: 'device_credentials_refused', message, unlockTimeS: null };
  }
  if (lockedUntilMs !== null && lockedUntilMs > nowMs)
    return {
      ...base,
      code: LOCKED,
      message: `The device has locked the account until ${new Date(lockedUntilMs).toISOString()}. It is left alone until then.`,
      unlockTimeS: Math.ceil((lockedUntilMs - nowMs) / 1000),
    };
  return null;
}

/**
 * What is remembered of a refused login. A locked account refuses the right password too, so the first answer "locked"
 * says nothing about the password and one more try follows the lock; the second one settles it, and so does the first
 * one where it was our login that locked.
 */
function refusal(device: Device, stop: DeviceStop, nowMs: number): Partial<DeviceMemory> {
  // The challenge alone said so: nobody was refused.
  if (stop.code === LOCKED && !stop.loginShown)
    return { lockedUntilMs: nowMs + (stop.unlockTimeS ?? USUAL_LOCK_S) * 1000 + LOCK_MARGIN_MS };
  const locked = stop.unlockTimeS !== null && stop.unlockTimeS > 0;
  const inconclusive = locked && stop.code !== COUNTED && stop.tookLastTry !== true;
  const lockedUntilMs = locked ? nowMs + (stop.unlockTimeS ?? 0) * 1000 + LOCK_MARGIN_MS : null;
  const again = device.memory.lockedUntilMs !== null;
  if (inconclusive && !again) return { lockedUntilMs, unsettledCredentials: null };
  return {
    lockedUntilMs,
    refusedCredentials: withRefused(device.memory, credentialsFingerprint(device)),
    // Once an operator lets them be tried again, they are new ones.
    provenCredentials: null,
    unsettledCredentials: null,
  };
}

/** A try that was due and may not be made: due once more when the lock has run out, or nobody would ever stop trying. */
function probeLeftOut({ memory }: Device, nowMs: number): DevicePatch | null {
  if (memory.nextProbeAtMs === null || memory.nextProbeAtMs > nowMs) return null;
  const isLocked = memory.lockedUntilMs !== null && memory.lockedUntilMs > nowMs;
  return { memory: { nextProbeAtMs: isLocked ? memory.lockedUntilMs : null } };
}

/**
 * Nothing failed, so nothing is counted. What kept it from its terminal before stays written: the one that goes on
 * would make way for it otherwise.
 */
const makesWay = (device: Device, stop: DeviceStop, nowMs: number, random: Random): DevicePatch => ({
  status: 'eroare',
  memory: {
    ...(device.memory.lastErrorCode === SERIAL_CHANGED
      ? {}
      : { lastErrorCode: stop.code, lastErrorMessage: stop.message }),
    nextProbeAtMs: nowMs + backoffMs(1, LOOK_AGAIN_MS, LOOK_AGAIN_MS, random),
  },
});

/** What goes into the device's row when it stops the work; null when nothing new was learned. */
export function stopPatch(
  device: Device,
  stop: DeviceStop,
  nowMs: number,
  random: Random,
): DevicePatch | null {
  if (stop.code === ADDRESS_TAKEN) return makesWay(device, stop, nowMs, random);
  if (!stop.sent) return probeLeftOut(device, nowMs);
  // It answers, and is for people to see to: no failure that passes by itself, and nothing to wait for.
  if (stop.about === 'ability')
    return {
      status: 'activ',
      memory: {
        consecutiveFailures: 0,
        lastErrorCode: stop.code,
        lastErrorMessage: stop.message,
        nextProbeAtMs: null,
      },
    };
  const failures = device.memory.consecutiveFailures + 1;
  // A device that told once and does not now: its challenge was garbled on the way, and is read again like any call.
  const garbled = stop.code === UNCLEAR && device.memory.loginTriesLeft !== null;
  const aboutLogin = stop.about === 'credentials' && !garbled;
  const refused = aboutLogin ? refusal(device, stop, nowMs) : {};
  // A lock that has run out is no reason to wait for somebody to ask.
  const unlockedAtMs = refused.refusedCredentials === undefined ? (refused.lockedUntilMs ?? null) : null;
  const hopeless = aboutLogin || stop.about === 'identity';
  const passes = garbled || stop.about === 'line' || stop.about === 'answer';
  return {
    ...(hopeless || failures >= FAILURES_UNTIL_ERROR ? { status: 'eroare' as const } : {}),
    memory: {
      consecutiveFailures: failures,
      lastErrorCode: stop.code,
      lastErrorMessage: stop.message,
      nextProbeAtMs: passes
        ? nowMs + backoffMs(failures, FIRST_PROBE_MS, LONGEST_PROBE_MS, random)
        : unlockedAtMs,
      ...refused,
    },
  };
}

/**
 * Whether a device that let us in and is the one we mean has shown with that alone that its trouble is over. One that
 * did not answer, was busy, or was not understood, shows it by what it answers to more than that.
 */
export const isOverOnceMet = ({ memory }: Device): boolean =>
  memory.refusedCredentials.length > 0 ||
  memory.lockedUntilMs !== null ||
  (memory.lastErrorCode !== null && identityCodes.has(memory.lastErrorCode));

/** Shown as not working because it did not answer. */
export const isSilent = ({ status, memory }: Device): boolean =>
  status === 'eroare' && isLineCode(memory.lastErrorCode);

const isTroubled = ({ status, memory }: Device): boolean =>
  status === 'eroare' ||
  memory.consecutiveFailures > 0 ||
  memory.lastErrorCode !== null ||
  memory.nextProbeAtMs !== null ||
  memory.refusedCredentials.length > 0 ||
  memory.lockedUntilMs !== null;

/** What goes into the row of a device that works again; null when it never stopped working. */
export function recoveryPatch(device: Device): DevicePatch | null {
  if (!isTroubled(device)) return null;
  return {
    status: 'activ',
    memory: {
      consecutiveFailures: 0,
      lastErrorCode: null,
      lastErrorMessage: null,
      nextProbeAtMs: null,
      refusedCredentials: [],
      lockedUntilMs: null,
    },
  };
}
