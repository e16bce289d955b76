import type { LoginDecision } from '../../isapi/transport.ts';
import type { DeviceMemory } from '../../model/device.ts';

/** What is known of the credentials in a device's row when its challenge has come. */
export interface LoginKnowledge {
  /** Of these credentials. */
  fingerprint: string;
  /** The device accepted them before. */
  proven: boolean;
  /** A login with them may have been refused without anybody having heard of it. */
  doubtful: boolean;
  /** The row says that a login with them is about to be made. */
  announced: boolean;
  /** Bad logins the device took, as its row has it; null: it did not say. */
  triesLeft: number | null;
  /** Challenges of the call at hand that were only looked at. */
  looks: number;
}

/** `writeFirst` must be durable before the credentials are shown; empty: there is nothing to write. */
export type LoginPlan =
  { decision: 'log-in'; writeFirst: Partial<DeviceMemory> } | { decision: Exclude<LoginDecision, 'log-in'> };

/**
 * Terminals take 3 to 10 bad logins [panel manuals], so a true number rises at most nine times in a row. One that rises
 * further counts something else and holds nobody up.
 */
export const MAX_LOOKS = 10;

/**
 * Whether the credentials are shown to a device whose challenge says this. Every login leaves a trace that outlives its
 * daemon: a number in the row that is not lower than what the device said just before, so that a refusal makes it fall
 * below; or, for a device that does not say and for credentials it never accepted, the announcement.
 * @param told Bad logins the device takes; null: its challenge does not say.
 */
export function planLogin(known: LoginKnowledge, told: number | null): LoginPlan {
  const { fingerprint, proven, doubtful, announced, triesLeft, looks } = known;
  // A device that told before: perhaps its challenge was garbled on the way.
  const garbled = told === null && triesLeft !== null;
  if (garbled && looks === 0) return { decision: 'look-again' };
  if (doubtful && (told === null || triesLeft === null)) return { decision: 'unclear' };
  if (doubtful && told !== null && triesLeft !== null && told < triesLeft) return { decision: 'counted' };
  const writeFirst: Partial<DeviceMemory> = {};
  const risen = told !== null && told > (triesLeft ?? 0) && looks < MAX_LOOKS;
  const toAnnounce = !announced && !doubtful && (told === null || !proven);
  if (toAnnounce) writeFirst.unsettledCredentials = fingerprint;
  // With an announcement exactly what is said now: an old higher number would look like a refusal to whoever finds it.
  if (risen || (toAnnounce && told !== triesLeft)) writeFirst.loginTriesLeft = told;
  return { decision: 'log-in', writeFirst };
}
