import type { LoginDecision } from '../isapi/transport.ts';
import type { DeviceMemory } from '../model/device.ts';

/** What is known of the credentials in a device's row when its challenge has come. */
export interface LoginKnowledge {
  /** Of these credentials. */
  fingerprint: string;
  /** The device accepted them before. */
  proven: boolean;
  /** A login with them may have been refused without anybody having heard of it. */
  doubtful: boolean;
  /** It is written down that they are shown once more although nobody can know. */
  risked: boolean;
  /** Bad logins the device took, as its row has it; null: it did not say. */
  triesLeft: number | null;
  /** Challenges of the call at hand that were only looked at. */
  looks: number;
}

/** `writeFirst` must be durable before the next challenge; empty: there is nothing to write, only to look again. */
export type LoginPlan =
  | { decision: Exclude<LoginDecision, 'look-again' | 'only-looking'> }
  | { decision: 'look-again'; writeFirst: Partial<DeviceMemory> };

/**
 * Terminals take 3 to 10 bad logins [panel manuals], so a true number rises at most nine times in a row. One that rises
 * further counts something else and holds nobody up.
 */
export const MAX_LOOKS = 10;

/**
 * Whether the credentials are shown to a device whose challenge says this. Every login must leave a trace that outlives
 * its daemon: a number in the row that is not lower than what the device said just before, so that a refusal makes it
 * fall below; or, where the device does not say and there is a doubt, the intention.
 * @param told Bad logins the device takes; null: its challenge does not say.
 */
export function planLogin(known: LoginKnowledge, told: number | null): LoginPlan {
  const { fingerprint, proven, doubtful, risked, triesLeft, looks } = known;
  if (doubtful) {
    if (told !== null && triesLeft !== null && told < triesLeft) return { decision: 'counted' };
    if (!proven && (told === null || triesLeft === null)) return { decision: 'unclear' };
    // A device that told before: perhaps its challenge was garbled on the way.
    if (told === null && triesLeft !== null && looks === 0) return { decision: 'look-again', writeFirst: {} };
    // Not proven any more: if this daemon dies in this login too, the next one leaves it to an operator.
    if (told === null && !risked)
      return {
        decision: 'look-again',
        writeFirst: { provenCredentials: null, unsettledCredentials: fingerprint },
      };
  }
  if (told !== null && told > (triesLeft ?? 0) && looks < MAX_LOOKS)
    return { decision: 'look-again', writeFirst: { loginTriesLeft: told } };
  return { decision: 'log-in' };
}
