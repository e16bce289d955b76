import type { Refusal } from '../auth/door.ts';
import type { ExchangePlan, InsteadAnswer, LineBends, TerminalBends } from '../faults/exchange-plan.ts';
import { statusFor } from '../isapi/answers.ts';
import type { CallConditions, IsapiAnswer } from '../isapi/endpoint.ts';
import type { Traits } from '../profiles/traits.ts';
import type { Outcome } from './exchange.ts';
import type { Target } from './target.ts';

const NO_HEADERS: Readonly<Record<string, string>> = Object.freeze({});

/** The answer as it is to leave the device, with what the faults of the exchange do to it. */
export function bendAnswer(
  answer: IsapiAnswer,
  plan: ExchangePlan | null,
  more: { done: boolean; after: (() => void) | null },
): Outcome & { kind: 'answer' } {
  const outcome: Outcome & { kind: 'answer' } = {
    kind: 'answer',
    status: answer.status,
    contentType: answer.contentType,
    headers: answer.headers ?? NO_HEADERS,
    body: answer.body,
    close: false,
    line: null,
    done: more.done,
    after: more.after,
  };
  if (!plan) return outcome;
  if (plan.contentType !== null) outcome.contentType = plan.contentType;
  if (plan.malformed) outcome.body = plan.malformed.body ?? firstHalf(answer.body);
  if (bendsLine(plan.line)) outcome.line = plan.line;
  return outcome;
}

/** What a fault gives in place of the terminal's own answer. */
export function insteadAnswer(instead: InsteadAnswer, target: Target, traits: Traits): IsapiAnswer {
  if (instead.form === 'raw')
    return {
      kind: 'answer',
      status: instead.status,
      contentType: instead.contentType,
      body: instead.body,
    };
  return statusFor(target, traits, instead.subStatusCode, {
    ...(instead.errorMsg === undefined ? {} : { errorMsg: instead.errorMsg }),
    ...(instead.status === undefined ? {} : { status: instead.status }),
  });
}

/** The answer to somebody who is not let in. */
export function refusalAnswer(refusal: Refusal, target: Target, traits: Traits): IsapiAnswer {
  if (refusal.kind === 'status') return statusFor(target, traits, refusal.subStatusCode);
  return {
    kind: 'answer',
    status: refusal.status,
    contentType: refusal.contentType,
    ...(refusal.challenge === null ? {} : { headers: { 'WWW-Authenticate': refusal.challenge } }),
    body: refusal.body,
  };
}

/** What an endpoint meets inside the terminal, in its own words. */
export function conditionsOf(bends: TerminalBends): CallConditions {
  const conditions: CallConditions = {};
  if (bends.maxPersons !== undefined) conditions.personsFullAt = bends.maxPersons;
  if (bends.maxFaces !== undefined) conditions.facesFullAt = bends.maxFaces;
  if (bends.downloadFails) conditions.downloadFailure = withCode(bends.downloadFails.code);
  if (bends.modellingFails) conditions.modellingFailure = withCode(bends.modellingFails.code);
  if (bends.modellingMs !== undefined) conditions.modellingMs = bends.modellingMs;
  return conditions;
}

function withCode(subStatusCode: string | undefined): { subStatusCode?: string } {
  return subStatusCode === undefined ? {} : { subStatusCode };
}

function firstHalf(body: string | Buffer): string | Buffer {
  return typeof body === 'string'
    ? body.slice(0, Math.floor(body.length / 2))
    : body.subarray(0, body.length >> 1);
}

function bendsLine(line: LineBends): boolean {
  return line.lost !== null || line.keepBytes !== null || line.bytesPerSecond !== null;
}
