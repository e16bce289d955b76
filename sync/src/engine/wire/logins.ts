import type { Clock } from '../../clock.ts';
import type { Answer, AnswerClass, Verdict } from '../../isapi/answer.ts';
import type { LoginDecision } from '../../isapi/transport.ts';
import type { DeviceMemory } from '../../model/device.ts';
import { withRefused } from '../../model/refused-credentials.ts';
import { planLogin } from './login-plan.ts';

/**
 * Never a second refused login with the same credentials, not even when a daemon was killed between the refusal and
 * writing it down, or when the answer was lost on the line: every login leaves a trace in the row before it is made,
 * written while the device's challenge waits for its answer.
 *
 * - Most devices say with their challenge how many bad logins they still take. The number in the row is never lower than
 *   what the device said before a login, so one that was refused unheard shows: the device says less, and nothing more
 *   is sent. It is written when it has risen: somebody else's good login or the end of a lock has set it back.
 * - Credentials the device never accepted are announced as well: that a login with them is about to be made.
 * - A device that does not say has every login announced, and the announcement taken back when its answer has come: two
 *   writes a call. One that is found there, or an answer that is lost, leaves the credentials to an operator: nobody can
 *   know, and to guess may be the second refusal.
 *
 * Whoever finds an announcement, or an abandoned lease of a device that tells, compares the number first.
 */
export interface Logins {
  /** Never rejects: what stands in the way of writing comes with `heard`. */
  decide(triesLeft: number | null): Promise<LoginDecision>;
  /**
   * To be told of every answer, before the next call. `look-again`: the handshake stopped at its challenge, and the call
   * is to be made again; a few times at most.
   */
  heard(answer: Answer<unknown>): Promise<'settled' | 'look-again'>;
  /** The lane ends alive: a login that was announced and not made after all is no doubt for the next holder. */
  putDown(): void;
  /** The last call showed the credentials for what the challenge called the last try, and was refused: whoever is locked now was locked by it. */
  readonly tookLastTry: boolean;
}

/**
 * How long a challenge waits for its trace to be written. Nonces of terminals live for about 3 s [DS-K1T321MFWX V3.9.20,
 * DS-K1T323MBWX V4.23], of a door station for 1 to 2 s [DS-KB8113-IME1(B) V2.2.60]. Where the database is slower, the
 * call is made again when the trace is there.
 */
const TRACE_MS = 1000;

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
  clock: Clock;
  remember: (memory: Partial<DeviceMemory>) => Promise<void>;
  note: (memory: Partial<DeviceMemory>) => void;
}): Logins {
  const { fingerprint, memory, clock, remember, note } = parts;
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
  let decision: LoginDecision | null = null;
  /** The trace that is being written. */
  let writing: Promise<void> | null = null;
  /** What the challenge before the login under way said. */
  let told: number | null = null;
  let looks = 0;
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

  async function write(trace: Partial<DeviceMemory>): Promise<void> {
    // Should the answer to the write be lost, the row may say it all the same.
    announced ||= trace.unsettledCredentials !== undefined;
    await remember(trace);
  }

  /** Whether the trace is durable while the challenge is fresh. */
  async function isWritten(trace: Partial<DeviceMemory>): Promise<boolean> {
    if (Object.keys(trace).length === 0) return true;
    const over = new AbortController();
    writing = write(trace);
    const inTime = writing.then(
      () => true,
      () => false,
    );
    const tooLate = clock.sleep(TRACE_MS, over.signal).then(() => false);
    const result = await Promise.race([inTime, tooLate]);
    over.abort();
    return result;
  }

  return {
    async decide(triesLeft) {
      told = triesLeft;
      // Until it is durable: nothing has been shown.
      decision = 'look-again';
      const plan = planLogin(
        { fingerprint, proven, doubtful, announced, triesLeft: memory.loginTriesLeft, looks },
        triesLeft,
      );
      const mayGoOn = plan.decision !== 'log-in' || (await isWritten(plan.writeFirst));
      if (mayGoOn) ({ decision } = plan);
      return decision;
    },
    get tookLastTry() {
      return tookLastTry;
    },
    putDown() {
      if (announced && !doubtful) note({ unsettledCredentials: null });
      announced = false;
    },
    async heard({ verdict }) {
      const followed = decision;
      decision = null;
      tookLastTry = false;
      const trace = writing;
      writing = null;
      await trace;
      // A lock ends the call, whatever else there was to write down first.
      const keptBack = verdict.delivery === 'not-sent' && verdict.class !== 'credentials';
      if (followed === 'look-again' && keptBack) {
        looks += 1;
        return 'look-again';
      }
      looks = 0;
      // Nothing was shown: what is in doubt is what was before.
      if (followed !== 'log-in' || verdict.delivery === 'not-sent') {
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
