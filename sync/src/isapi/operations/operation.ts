import type { Answer } from '../answer.ts';
import { readBody } from '../body.ts';
import type { WireAnswer, WireRequest } from '../transport.ts';
import { readVerdict } from '../verdict.ts';

/** One call on the wire: what is sent, and how its answer is read. Pure; `client.ts` does the sending. */
export interface Operation<Value> {
  request: WireRequest;
  read(answer: WireAnswer): Answer<Value>;
}

export function jsonBody(document: unknown): NonNullable<WireRequest['body']> {
  return { contentType: 'application/json', bytes: Buffer.from(JSON.stringify(document), 'utf8') };
}

/** For calls that change something: the device's status is all there is. `hidden` never reaches a log. */
export function readStatusAnswer(answer: WireAnswer, hidden: string[] = []): Answer<null> {
  return { verdict: readVerdict(answer, { hidden }), value: null };
}

/**
 * For calls that ask something: `extract` takes the value out of the parsed body, or says null when it is not there.
 * A success without the value is `unknown`; a value under a failing status is not looked at.
 */
export function readPayloadAnswer<Value>(
  answer: WireAnswer,
  extract: (document: unknown) => Value | null,
): Answer<Value> {
  const body = readBody(answer.body);
  const value = body.kind === 'json' || body.kind === 'xml' ? extract(body.value) : null;
  const verdict = readVerdict(answer, { payload: value === null ? 'missing' : 'present' });
  return { verdict, value: verdict.class === 'done' ? value : null };
}
