import type { Door } from '../auth/door.ts';
import type { RefusedReason } from '../auth/verdict.ts';
import type { ExchangePlan } from '../faults/exchange-plan.ts';
import type { FaultSet } from '../faults/fault-set.ts';
import { planExchange } from '../faults/plan-exchange.ts';
import { methodNotAllowed, notFound, statusFor } from '../isapi/answers.ts';
import type { IsapiAnswer } from '../isapi/endpoint.ts';
import { bodyText } from '../journal/body-text.ts';
import { employeeOf } from '../journal/employee-of.ts';
import type { Journal, JournalEntry } from '../journal/journal.ts';
import type { Traits } from '../profiles/traits.ts';
import { utf8Text } from '../utf8-text.ts';
import type { Arrival } from './arrival.ts';
import { bendAnswer, insteadAnswer, refusalAnswer } from './bend-answer.ts';
import { EndpointCaller, neededRight, type CallResult, type EndpointCallerDeps } from './endpoint-caller.ts';
import type { BodyRead, BodySource, Delivered, Outcome, RequestHead } from './exchange.ts';
import type { Power } from './power.ts';
import { Sessions } from './sessions.ts';
import type { Targets } from './target.ts';

export interface PipelineDeps extends EndpointCallerDeps {
  door: Door;
  faults: FaultSet;
  journal: Journal;
  power: Power;
  targets: Targets;
  /** The terminal asked for its own restart, and its answer has left. */
  onRebootAsked: () => void;
}

const MAX_SHORT_TEXT_BYTES = 1024;
const JSON_TYPE = 'application/json';

/** One exchange that is through the terminal and waits to be delivered. */
export interface Passage {
  entry: JournalEntry;
  outcome: Outcome;
}

/**
 * The way of a request through the terminal: credentials before body, then faults, rights, endpoint, and what the
 * faults make of the answer. Knows no sockets: `hand.ts` and `socket-delivery.ts` carry the outcome out.
 */
export class Pipeline {
  readonly #deps: PipelineDeps;
  readonly #caller: EndpointCaller;
  readonly #sessions = new Sessions();

  constructor(deps: PipelineDeps) {
    this.#deps = deps;
    this.#caller = new EndpointCaller(deps);
  }

  /**
   * Never rejects, and is no promise where nothing is waited for. The caller delivers the outcome and then calls
   * `finish`, exactly once.
   */
  run(head: RequestHead, body: BodySource): Passage | Promise<Passage> {
    const { journal, targets, door, power } = this.#deps;
    const { method, remoteAddress } = head;
    const target = targets.resolve(method, head.target, this.#traits.pathCase);
    const entry = journal.begin({ method, remoteAddress, target: target.text });
    const arrival: Arrival = { head, target, entry, account: null, signal: power.signal };
    const endpoint = target.match.kind === 'found' ? target.match.endpoint : null;
    if (endpoint) entry.endpoint = endpoint.name;
    if (endpoint?.access !== 'none') {
      const { authorization } = head.headers;
      const verdict = door.verify({ method, target: target.text, authorization, remoteAddress });
      entry.auth = verdict.reason;
      if (verdict.reason !== 'ok') {
        entry.userName = verdict.userName;
        return passageOf(entry, this.#turnAway(arrival, verdict.reason));
      }
      arrival.account = verdict.account;
      entry.userName = verdict.account.username;
    }
    return passageOf(entry, this.#enter(arrival, body));
  }

  /** Writes the exchange into the journal, with what really left the device. */
  finish(passage: Passage, delivered: Delivered): void {
    const { entry, outcome } = passage;
    entry.outcome = delivered;
    if (outcome.kind === 'stream') {
      entry.status = outcome.stream.status;
      entry.done = true;
      outcome.release();
    } else entry.done = outcome.done;
    if (outcome.kind === 'answer') {
      entry.status = outcome.status;
      entry.responseBody = bodyText(outcome.body, outcome.contentType);
    }
    this.#deps.journal.finish(entry);
    if (outcome.kind === 'answer') outcome.after?.();
  }

  /** Without credentials that hold: the faults of that stage, then the 401. */
  async #turnAway(arrival: Arrival, reason: RefusedReason): Promise<Outcome> {
    arrival.entry.employeeNo = employeeOf(arrival.head.target, null);
    const plan = this.#plan('unsigned', arrival);
    if (plan) {
      const cut = await this.#waitAndCut(plan, arrival.signal);
      if (cut) return cut;
      if (plan.instead)
        return this.#answer(arrival, insteadAnswer(plan.instead, arrival.target, this.#traits), plan);
    }
    return this.#refuse(arrival, reason, plan);
  }

  #refuse(arrival: Arrival, reason: RefusedReason, plan: ExchangePlan | null): Outcome {
    const { door, terminal } = this.#deps;
    const { head, entry, target } = arrival;
    const request = { ...head, authorization: head.headers.authorization };
    const refusal = door.refuse(request, reason, entry.userName);
    const outcome = this.#answer(arrival, refusalAnswer(refusal, target, terminal.traits), plan);
    return terminal.traits.closeAfter401 ? { ...outcome, close: true } : outcome;
  }

  /** Past the door: takes one of the terminal's sessions, reads the body, then everything else happens. */
  #enter(arrival: Arrival, source: BodySource): Outcome | Promise<Outcome> {
    const { traits } = this.#deps.terminal;
    if (arrival.head.headers['transfer-encoding'] !== undefined && traits.chunkedBodies === 'refuse')
      return this.#reject(arrival, 'badParameters', 411);
    if (this.#sessions.open >= traits.maxSessions) return this.#reject(arrival, 'maxSessionUserLink', 403);
    return this.#sessions.during(() =>
      this.#deps.faults.actsEarly ? this.#cutOrRead(arrival, source) : this.#readAndPerform(arrival, source),
    );
  }

  async #cutOrRead(arrival: Arrival, source: BodySource): Promise<Outcome> {
    return (await this.#cutEarly(arrival, source)) ?? this.#readAndPerform(arrival, source);
  }

  #readAndPerform(arrival: Arrival, source: BodySource): Outcome | Promise<Outcome> {
    const read = source.read();
    return read instanceof Promise
      ? read.then((late) => this.#performRead(arrival, late))
      : this.#performRead(arrival, read);
  }

  #performRead(arrival: Arrival, read: BodyRead): Outcome | Promise<Outcome> {
    if (read.ok) {
      noteBody(arrival.entry, arrival.head, read.body);
      return this.#perform(arrival, read.body);
    }
    if (read.why === 'too-large') return this.#reject(arrival, 'fileSizeExceedError', 413);
    return { kind: 'cut', how: 'reset', done: false };
  }

  /** The faults that end an exchange before its body is there. */
  async #cutEarly(arrival: Arrival, source: BodySource): Promise<Outcome | null> {
    const plan = this.#plan('signed', arrival, 'head');
    if (!plan) return null;
    if (plan.cut?.how === 'reset' && plan.cut.at === 'middle-of-request') await source.begin();
    return this.#waitAndCut(plan, arrival.signal);
  }

  #perform(arrival: Arrival, body: Buffer): Outcome | Promise<Outcome> {
    const plan = this.#plan('signed', arrival);
    return plan ? this.#performBent(arrival, body, plan) : this.#serve(arrival, body, null);
  }

  /** What the faults do before the terminal gets to see the request. */
  async #performBent(arrival: Arrival, body: Buffer, plan: ExchangePlan): Promise<Outcome> {
    const cut = await this.#waitAndCut(plan, arrival.signal);
    if (cut) return cut;
    if (plan.refuseLogin && arrival.account) {
      arrival.entry.auth = 'wrong-response';
      return this.#refuse(arrival, 'wrong-response', plan);
    }
    return this.#serve(arrival, body, plan);
  }

  /** The terminal itself. No promise where it answers at once, as it does to nearly everything. */
  #serve(arrival: Arrival, body: Buffer, plan: ExchangePlan | null): Outcome | Promise<Outcome> {
    const { door, terminal, targets } = this.#deps;
    const { head, entry, target, account } = arrival;
    const { match } = target;
    if (account) door.admit(account, head.remoteAddress);
    if (match.kind !== 'found') entry.nearest = targets.nearest(head.method, target.path);
    else if (account && !terminal.accounts.may(account, neededRight(match.endpoint))) {
      entry.auth = 'low-privilege';
      return this.#reject(arrival, 'lowPrivilege', 403);
    }
    if (plan?.instead && !plan.instead.done)
      return this.#answer(arrival, insteadAnswer(plan.instead, target, this.#traits), plan);
    if (match.kind === 'wrong-method')
      return this.#answer(arrival, methodNotAllowed(target, terminal.traits), plan);
    if (match.kind === 'unknown') return this.#answer(arrival, notFound(terminal.traits), plan);
    const { endpoint, params } = match;
    const result = this.#caller.call({ endpoint, params, arrival, body, plan });
    return result instanceof Promise
      ? result.then((late) => this.#outcomeOf(late, arrival, plan))
      : this.#outcomeOf(result, arrival, plan);
  }

  #outcomeOf(result: CallResult, arrival: Arrival, plan: ExchangePlan | null): Outcome {
    if (result === 'power-lost') return { kind: 'cut', how: 'reset', done: false };
    if (result.kind === 'answer') {
      if (result.hangsUp) return { kind: 'cut', how: 'reset', done: false };
      const done = wasDone(result);
      if (!done || !plan?.instead) return this.#answer(arrival, result, plan, done);
      const instead = insteadAnswer(plan.instead, arrival.target, this.#traits);
      return this.#answer(arrival, result.then ? { ...instead, then: result.then } : instead, plan, done);
    }
    return { kind: 'stream', stream: result, release: this.#sessions.releaseStream };
  }

  /** What the faults ask for; null when none takes part. */
  #plan(stage: 'unsigned' | 'signed', { head, entry }: Arrival, part?: 'head'): ExchangePlan | null {
    const { method, target } = head;
    const { endpoint, employeeNo } = entry;
    const exchange = { stage, method, target, endpoint, employeeNo };
    const applied = this.#deps.faults.decide(part ? { ...exchange, part } : exchange);
    if (applied.length === 0) return null;
    const plan = planExchange(applied);
    entry.faults = plan.faultIds;
    return plan;
  }

  async #waitAndCut(plan: ExchangePlan, signal: AbortSignal): Promise<Outcome | null> {
    if (plan.delayMs > 0) await this.#deps.clock.sleep(plan.delayMs, signal);
    if (plan.cut) return { kind: 'cut', how: plan.cut.how, done: false };
    return signal.aborted ? { kind: 'cut', how: 'reset', done: false } : null;
  }

  #reject(arrival: Arrival, subStatusCode: string, status: number): Outcome {
    const answer = statusFor(arrival.target, this.#traits, subStatusCode, { status });
    // What was not read of the body is still on the connection.
    return { ...this.#answer(arrival, answer, null), close: status === 411 || status === 413 };
  }

  #answer(
    { entry }: Arrival,
    answer: IsapiAnswer,
    plan: ExchangePlan | null,
    done = false,
  ): Outcome & { kind: 'answer' } {
    entry.subStatusCode = answer.subStatusCode ?? null;
    if (answer.note !== undefined) entry.note = answer.note;
    return bendAnswer(answer, plan, { done, after: this.#afterwards(answer) });
  }

  #afterwards({ then }: IsapiAnswer): (() => void) | null {
    if (then === undefined) return null;
    const { door, onRebootAsked } = this.#deps;
    return then === 'reboot'
      ? onRebootAsked
      : () => {
          door.forgetNonces();
        };
  }

  get #traits(): Traits {
    return this.#deps.terminal.traits;
  }
}

function passageOf(entry: JournalEntry, outcome: Outcome | Promise<Outcome>): Passage | Promise<Passage> {
  return outcome instanceof Promise ? outcome.then((late) => ({ entry, outcome: late })) : { entry, outcome };
}

/** What the journal and the faults want to know of a body. Short text, as nearly all is, is decoded once for everybody. */
function noteBody(entry: JournalEntry, head: RequestHead, body: Buffer): void {
  const contentType = head.headers['content-type'];
  const isShortText = body.length <= MAX_SHORT_TEXT_BYTES && contentType?.startsWith(JSON_TYPE) === true;
  const content = isShortText ? (utf8Text(body) ?? body.toString('utf8')) : body;
  entry.requestBody = bodyText(content, contentType);
  entry.employeeNo = employeeOf(head.target, content);
}

/** The terminal did what it was asked: HTTP success, and no refusal in the body. */
function wasDone(answer: IsapiAnswer): boolean {
  return answer.status < 300 && (answer.subStatusCode === undefined || answer.subStatusCode === 'ok');
}
