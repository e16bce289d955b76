import type { Answer, AnswerClass } from '../isapi/answer.ts';
import type { LoginDecision } from '../isapi/transport.ts';
import type { DeviceMemory } from '../model/device.ts';

/**
 * Never a second refused login with the same credentials, not even when a daemon was killed between the refusal and
 * writing it down, or when the answer was lost on the line. In three cases somebody may have been refused unheard:
 *
 * - Credentials the device never accepted: before their first login that intention is written down, with the number of
 *   bad logins the device still takes. Their success is written once, and costs nothing from then on.
 * - A lease that was never given back: its holder died, perhaps in a call.
 * - A call without an answer.
 *
 * Then the next handshake stops at the challenge and reads the number: lower than it was, a login was refused, and
 * nothing more is sent. A device that does not tell is believed where it accepted the credentials before, for a crash
 * must not leave a working terminal alone for ever; new credentials wait for an operator. One gap is left: a number that
 * has risen since it was written down, and a daemon killed in the first login after that.
 */
export interface Logins {
  /** These credentials were never accepted by this device, and no login with them is under way. */
  readonly untried: boolean;
  /** Before the first login with new credentials. Durable when it resolves. */
  announce(triesLeft: number | null): Promise<void>;
  decide(triesLeft: number | null): LoginDecision;
  /** To be told of every answer, before the next call. */
  heard(answer: Answer<unknown>): Promise<void>;
  /** The last call showed the credentials for what the challenge called the last try, and was refused: whoever is locked now was locked by it. */
  readonly tookLastTry: boolean;
}

/** Answers that only somebody who was let in gets; the others may come from before the door. */
const FROM_INSIDE: ReadonlySet<AnswerClass> = new Set<AnswerClass>([
  'done',
  'already',
  'missing',
  'item',
  'modelling',
  'download',
  'full',
]);

export function createLogins(parts: {
  /** Of the credentials in the device's row. */
  fingerprint: string;
  /** Kept up to date by `remember` and `note`. */
  memory: Readonly<DeviceMemory>;
  abandoned: boolean;
  remember: (memory: Partial<DeviceMemory>) => Promise<void>;
  note: (memory: Partial<DeviceMemory>) => void;
}): Logins {
  const { fingerprint, memory, remember, note } = parts;
  const isProven = (): boolean => memory.provenCredentials === fingerprint;
  // A holder that died wrote down what it meant to try for the first time: others it had not shown yet.
  let doubtful = memory.unsettledCredentials === fingerprint || (parts.abandoned && isProven());
  if (doubtful) note({ unsettledCredentials: fingerprint });
  let triesLeft = memory.loginTriesLeft;
  /** The call before was let in, so that the number read since is the one that holds after a good login. */
  let followsLogin = false;
  /** In the call under way the credentials were shown, after the challenge had said this; null: they were not. */
  let shown: { triesLeft: number | null } | null = null;
  let tookLastTry = false;

  /** A good login may set the number back to its highest: what was read before it counts only if it is not lower. */
  function count(read: number | null): void {
    if (read !== null) triesLeft = followsLogin ? read : Math.max(triesLeft ?? 0, read);
    followsLogin = true;
  }

  const settle = () => {
    const unsettled = doubtful ? fingerprint : null;
    if (memory.unsettledCredentials !== unsettled) note({ unsettledCredentials: unsettled });
  };

  function decisionFor(read: number | null): LoginDecision {
    if (!doubtful) return 'log-in';
    if (read === null || triesLeft === null) return isProven() ? 'log-in' : 'unclear';
    return read < triesLeft ? 'counted' : 'log-in';
  }

  return {
    get untried() {
      return !isProven() && !doubtful;
    },
    async announce(read) {
      triesLeft = read;
      await remember({ unsettledCredentials: fingerprint, loginTriesLeft: read });
    },
    decide(read) {
      const decision = decisionFor(read);
      if (decision === 'log-in') shown = { triesLeft: read };
      return decision;
    },
    get tookLastTry() {
      return tookLastTry;
    },
    async heard({ verdict }) {
      const wereShown = verdict.delivery === 'not-sent' ? null : shown;
      shown = null;
      tookLastTry = false;
      // Nothing was shown: what is in doubt is what was before.
      if (wereShown === null) {
        settle();
        return;
      }
      const { triesLeft: read } = wereShown;
      const inside = FROM_INSIDE.has(verdict.class);
      tookLastTry = verdict.class === 'credentials' && read !== null && read <= 1;
      if (verdict.class === 'network' && verdict.delivery === 'unknown') {
        // What is compared later is what held just before this login, not before some earlier one.
        if (read !== null && !doubtful) triesLeft = read;
        doubtful = true;
      }
      if (inside) {
        doubtful = false;
        count(read);
      } else followsLogin = false;
      if (inside && !isProven())
        await remember({
          provenCredentials: fingerprint,
          unsettledCredentials: null,
          loginTriesLeft: triesLeft,
        });
      else if (verdict.class !== 'credentials') settle();
      if (triesLeft === memory.loginTriesLeft) return;
      // A number that is too low would hide a refusal, so a rise is durable at once.
      if ((triesLeft ?? 0) > (memory.loginTriesLeft ?? 0)) await remember({ loginTriesLeft: triesLeft });
      else note({ loginTriesLeft: triesLeft });
    },
  };
}
