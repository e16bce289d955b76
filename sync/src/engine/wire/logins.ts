import type { Answer, AnswerClass, Verdict } from '../../isapi/answer.ts';
import type { LoginDecision } from '../../isapi/transport.ts';
import type { DeviceMemory } from '../../model/device.ts';
import { withRefused } from '../../model/refused-credentials.ts';
import { planLogin, type LoginPlan } from './login-plan.ts';

/**
 * Never a second refused login with the same credentials, not even when a daemon was killed between the refusal and
 * writing it down, or when the answer was lost on the line: every login leaves a trace in the row before it is made.
 *
 * - Most devices say with their challenge how many bad logins they still take. The number in the row is never lower than
 *   what the device said before a login, so one that was refused unheard shows: the device says less, and nothing more
 *   is sent. A challenge that says more (somebody else's good login or the end of a lock has set it back) therefore stops
 *   the handshake: the number is written down, and the call begins again after its pause. That costs a handshake per
 *   rise.
 * - For credentials the device never accepted the login itself is announced as well, in the same way.
 * - A device that does not say has every login announced, and the announcement taken back when its answer has come: two
 *   writes a call, in the time of the pause. One that is found there, or an answer that is lost, leaves the credentials
 *   to an operator: nobody can know, and to guess may be the second refusal.
 *
 * Whoever finds an announcement, or an abandoned lease of a device that tells, compares the number first.
 */
export interface Logins {
  /** The trace of the next login is not in the row yet. */
  readonly owesTrace: boolean;
  /** To be called right before the call, so that only a death in it is in doubt. Durable when it resolves. */
  writeTrace(): Promise<void>;
  decide(triesLeft: number | null): LoginDecision;
  /**
   * To be told of every answer, before the next call. `look-again`: the handshake stopped at its challenge, and the call
   * is to be made again with its trace; as often as a number can rise, and no more.
   */
  heard(answer: Answer<unknown>): Promise<'settled' | 'look-again'>;
  /** The lane ends alive: a login that was announced and not made after all is no doubt for the next holder. */
  putDown(): void;
  /** The last call showed the credentials for what the challenge called the last try, and was refused: whoever is locked now was locked by it. */
  readonly tookLastTry: boolean;
}

/** Nobody knows whether it was a refusal. Where the answer broke off after its first line, that line tells. */
const isLost = (verdict: Verdict): boolean =>
  verdict.class === 'network' &&
  verdict.delivery === 'unknown' &&
  !(verdict.httpStatus !== null && verdict.httpStatus >= 200 && verdict.httpStatus < 300);

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
  // Where the device tells, a death in a login shows only as a lease that was never given back.
  let doubtful =
    memory.unsettledCredentials === fingerprint ||
    (parts.abandoned && proven && memory.loginTriesLeft !== null);
  if (doubtful) note({ unsettledCredentials: fingerprint });
  // Others were entered since, and their own trace takes the place of this doubt: should somebody enter the former ones
  // again, nobody could know any more.
  const wasWithoutMark = parts.abandoned && memory.loginTriesLeft !== null;
  const former = memory.unsettledCredentials ?? (wasWithoutMark ? memory.provenCredentials : null);
  if (former !== null && former !== fingerprint)
    note({ refusedCredentials: withRefused(memory, former), unsettledCredentials: null });
  /** What the last challenge led to; null: it has been dealt with. */
  let plan: LoginPlan | null = null;
  /** What the challenge before the login under way said. */
  let told: number | null = null;
  let looks = 0;
  /** What the last challenge left to be written. */
  let owed: Partial<DeviceMemory> | null = null;
  /** The row says that a login is about to be made, and none has been yet. */
  let announced = false;
  /** The call before was let in, so that the number read since is the one that holds after a good login. */
  let followsLogin = false;
  let tookLastTry = false;

  /** The row, as things are now. What was announced is taken back at once: from then on a death is an ordinary one. */
  const settle = async () => {
    const unsettledCredentials = doubtful ? fingerprint : null;
    const provenCredentials = proven ? fingerprint : memory.provenCredentials;
    const isNews = proven && memory.provenCredentials !== fingerprint;
    const wasAnnounced = announced;
    announced = false;
    if (isNews || (wasAnnounced && !doubtful)) await remember({ provenCredentials, unsettledCredentials });
    else if (memory.unsettledCredentials !== unsettledCredentials) note({ unsettledCredentials });
  };

  return {
    get owesTrace() {
      return owed !== null || (proven && !doubtful && !announced && memory.loginTriesLeft === null);
    },
    async writeTrace() {
      const trace = owed ?? { unsettledCredentials: fingerprint };
      owed = null;
      announced ||= trace.unsettledCredentials !== undefined;
      await remember(trace);
    },
    decide(triesLeft) {
      told = triesLeft;
      plan = planLogin(
        { fingerprint, proven, doubtful, announced, triesLeft: memory.loginTriesLeft, looks },
        triesLeft,
      );
      return plan.decision;
    },
    get tookLastTry() {
      return tookLastTry;
    },
    putDown() {
      if (announced && !doubtful) note({ unsettledCredentials: null });
      announced = false;
    },
    async heard({ verdict }) {
      const followed = plan;
      plan = null;
      tookLastTry = false;
      // A lock ends the call, whatever else there was to write down first.
      const keptBack = verdict.delivery === 'not-sent' && verdict.class !== 'credentials';
      if (followed?.decision === 'look-again' && keptBack) {
        looks += 1;
        if (Object.keys(followed.writeFirst).length > 0) owed = followed.writeFirst;
        return 'look-again';
      }
      looks = 0;
      // Nothing was shown: what is in doubt is what was before.
      if (followed?.decision !== 'log-in' || verdict.delivery === 'not-sent') {
        await settle();
        return 'settled';
      }
      const inside = FROM_INSIDE.has(verdict.class);
      const lost = isLost(verdict);
      tookLastTry = verdict.class === 'credentials' && told !== null && told <= 1;
      // A good login may set the number back to its highest: what was read before it is not taken for a fall. After a
      // lost answer, what is compared is what held just before this login, not before some earlier one.
      const holds = lost ? !doubtful : inside && followsLogin;
      if (holds && told !== null && told !== memory.loginTriesLeft) note({ loginTriesLeft: told });
      followsLogin = inside;
      doubtful = lost || (doubtful && !inside);
      proven ||= inside;
      // A refusal is written with all that follows from it: until then the announcement stands.
      if (verdict.class !== 'credentials') await settle();
      announced = false;
      return 'settled';
    },
  };
}
