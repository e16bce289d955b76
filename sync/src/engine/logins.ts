import type { Answer, AnswerClass } from '../isapi/answer.ts';
import type { LoginDecision } from '../isapi/transport.ts';
import type { DeviceMemory } from '../model/device.ts';
import { planLogin, type LoginPlan } from './login-plan.ts';

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
 * nothing more is sent. For that the number in the row must never be lower than what the device said before a login. So
 * a handshake whose challenge says more (somebody else's good login or the end of a lock has set it back) stops there
 * too: the number is written down, and the call begins again after its pause. That costs a handshake per rise.
 *
 * A device that does not tell is believed where it accepted the credentials before, for a crash must not leave a working
 * terminal alone for ever; new credentials wait for an operator. A login in doubt is announced there like a first one: a
 * death in it as well, and the credentials wait. So there it may come to two refusals, if the first killed its daemon;
 * to more only if their answers are lost on the line, each time. To write down every call beforehand would be the only
 * way to one, at the price of a write for each.
 */
export interface Logins {
  /** These credentials were never accepted by this device, and no login with them is under way. */
  readonly untried: boolean;
  /** Before the first login with new credentials. Durable when it resolves. */
  announce(triesLeft: number | null): Promise<void>;
  decide(triesLeft: number | null): LoginDecision;
  /**
   * To be told of every answer, before the next call. `look-again`: the handshake stopped at its challenge, what it said
   * is durable, and the call is to be made again; as often as a number can rise, and no more.
   */
  heard(answer: Answer<unknown>): Promise<'settled' | 'look-again'>;
  /** The lane ends alive: a login that was announced and not made after all is no doubt for the next holder. */
  putDown(): void;
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
  let proven = memory.provenCredentials === fingerprint;
  // A holder that died wrote down what it meant to try for the first time: others it had not shown yet.
  let doubtful = memory.unsettledCredentials === fingerprint || (parts.abandoned && proven);
  if (doubtful) note({ unsettledCredentials: fingerprint });
  /** What the last challenge led to; null: it has been dealt with. */
  let plan: LoginPlan | null = null;
  /** What the challenge before the login under way said. */
  let told: number | null = null;
  let looks = 0;
  /** The row says that a login is about to be tried, and none has been yet. */
  let announced = false;
  let risked = false;
  /** The call before was let in, so that the number read since is the one that holds after a good login. */
  let followsLogin = false;
  let tookLastTry = false;

  /** The row, as things are now. */
  const settle = () => {
    const unsettledCredentials = doubtful ? fingerprint : null;
    if (memory.unsettledCredentials !== unsettledCredentials) note({ unsettledCredentials });
    if (proven && memory.provenCredentials !== fingerprint) note({ provenCredentials: fingerprint });
  };

  async function prepare(writeFirst: Partial<DeviceMemory>): Promise<void> {
    looks += 1;
    if (writeFirst.provenCredentials !== undefined) {
      announced = true;
      risked = true;
    }
    if (Object.keys(writeFirst).length > 0) await remember(writeFirst);
  }

  return {
    get untried() {
      return !proven && !doubtful;
    },
    async announce(triesLeft) {
      announced = true;
      await remember({ unsettledCredentials: fingerprint, loginTriesLeft: triesLeft });
    },
    decide(triesLeft) {
      told = triesLeft;
      plan = planLogin(
        { fingerprint, proven, doubtful, risked, triesLeft: memory.loginTriesLeft, looks },
        triesLeft,
      );
      return plan.decision;
    },
    get tookLastTry() {
      return tookLastTry;
    },
    putDown() {
      if (announced) settle();
    },
    async heard({ verdict }) {
      const followed = plan;
      plan = null;
      tookLastTry = false;
      if (followed?.decision === 'look-again' && verdict.delivery === 'not-sent') {
        await prepare(followed.writeFirst);
        return 'look-again';
      }
      looks = 0;
      announced = false;
      risked = false;
      // Nothing was shown: what is in doubt is what was before.
      if (followed?.decision !== 'log-in' || verdict.delivery === 'not-sent') {
        settle();
        return 'settled';
      }
      const inside = FROM_INSIDE.has(verdict.class);
      const lost = verdict.class === 'network' && verdict.delivery === 'unknown';
      tookLastTry = verdict.class === 'credentials' && told !== null && told <= 1;
      // A good login may set the number back to its highest: what was read before it is not taken for a fall. After a
      // lost answer, what is compared is what held just before this login, not before some earlier one.
      const holds = lost ? !doubtful : inside && followsLogin;
      if (holds && told !== null && told !== memory.loginTriesLeft) note({ loginTriesLeft: told });
      followsLogin = inside;
      doubtful = lost || (doubtful && !inside);
      proven ||= inside;
      // Durable at once: from here on a death is an ordinary one.
      if (inside && memory.provenCredentials !== fingerprint)
        await remember({ provenCredentials: fingerprint, unsettledCredentials: null });
      if (verdict.class !== 'credentials') settle();
      return 'settled';
    },
  };
}
