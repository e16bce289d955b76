import type { Verdict } from './answer.ts';
import { type Body, readBody } from './body.ts';
import { meaningNamed, meaningOfName, meaningOfNumber } from './catalogue.ts';
import type { Meaning } from './catalogue/entry.ts';
import { meaningOfField } from './field-at-fault.ts';
import { redactAnswer } from './redact-answer.ts';
import { readResponseStatus, type ResponseStatus } from './response-status.ts';
import type { WireAnswer } from './transport.ts';
import { readUserCheck } from './user-check.ts';

export interface VerdictOptions {
  /**
   * For operations that ask for something, whether it is in the body. `present` with HTTP 2xx is success where the body
   * has no status of its own; `missing` is never success. Absent: the operation asks for nothing but the status.
   */
  payload?: 'present' | 'missing';
  /** Texts that must not reach a log, such as the name just sent. */
  hidden?: string[];
}

interface Reading {
  meaning: Meaning;
  deviceCode: string;
  unlockTimeS?: number | null;
}

const OK_STATUS_CODES = new Set([0, 1, 7]);

const unknownAnswer: Meaning = {
  class: 'unknown',
  code: 'device_unknown_answer',
  message:
    'The device answered something that is not understood; nothing more is sent to it in this run. The answer is in the ' +
    'log. Check that the address is the terminal, and restart it if it stays so.',
};

const redirected: Meaning = {
  ...unknownAnswer,
  code: 'device_redirects',
  message:
    'The device sends calls to another address. It probably wants https: set the scheme and port of the device.',
};

/**
 * What an answer means, body first and HTTP status second: HTTP 200 may carry a failure, HTTP 400 a success-equivalent,
 * and a JSON endpoint may answer XML. Only a 401 overrides the body: it is a refusal on a fresh nonce, and nobody may
 * take it for anything else. `done` is only ever said for statusCode 0, 1 or 7, or for a whole payload. Never throws.
 */
export function readVerdict(answer: WireAnswer, options: VerdictOptions = {}): Verdict {
  const body = readBody(answer.body);
  const { meaning, deviceCode, unlockTimeS = null } = readMeaning(answer, body, options);
  return {
    ...meaning,
    deviceCode,
    delivery: 'answered',
    httpStatus: answer.status,
    unlockTimeS,
    raw: meaning.class === 'unknown' ? redactAnswer(answer.body, options.hidden) : null,
  };
}

function readMeaning(answer: WireAnswer, body: Body, options: VerdictOptions): Reading {
  const login = readLogin(answer, body);
  if (login) return login;
  const status = readResponseStatus(body);
  const fromBody = status && readStatus(status);
  if (fromBody?.meaning.class === 'done' && options.payload === 'missing') {
    return { meaning: unknownAnswer, deviceCode: 'unexpected' };
  }
  if (fromBody && fromBody.meaning.class !== 'unknown') return fromBody;
  const isSuccess = answer.status >= 200 && answer.status < 300;
  if (!status && isSuccess && options.payload === 'present') return named('ok', 'ok');
  return readHttp(answer.status) ?? fromBody ?? { meaning: unknownAnswer, deviceCode: shapeOf(body) };
}

/** Whoever may not in: a 401, or a login body under any status. */
function readLogin(answer: WireAnswer, body: Body): Reading | null {
  const check = readUserCheck(body);
  const refused = answer.status === 401 || (check !== null && check.statusValue !== 200);
  if (!refused && check?.activated !== false) return null;
  const deviceCode = `http-${answer.status}`;
  if (check?.locked) {
    return { ...named('device_account_locked', 'locked'), unlockTimeS: check.unlockTimeS };
  }
  if (check?.activated === false) return named('device_not_activated', 'notActivated');
  const status = readResponseStatus(body);
  const fromBody = status && readStatus(status);
  return fromBody?.meaning.class === 'credentials'
    ? fromBody
    : named('device_credentials_refused', deviceCode);
}

function readStatus(status: ResponseStatus): Reading {
  const isOk = status.statusCode !== null && OK_STATUS_CODES.has(status.statusCode);
  const code = status.subStatusCode;
  const listed =
    meaningOfField(code, status.errorMsg) ??
    (code === null ? null : meaningOfName(code)) ??
    (status.errorCode === null ? null : meaningOfNumber(status.errorCode));
  // A success code beside a failing statusCode, or the other way round, is no acknowledgement.
  const meaning = listed?.class === 'done' && !isOk ? null : listed;
  const deviceCode = code ?? `status-${status.statusCode ?? 'none'}`;
  if (meaning) return { meaning, deviceCode };
  if (status.statusCode === 7) return named('ok_reboot_required', deviceCode);
  if (isOk) return named('ok', deviceCode);
  if (status.statusCode === 2) return named('device_busy', deviceCode);
  return { meaning: unknownAnswer, deviceCode };
}

/** For bodies that say nothing: pages, empty, broken, or codes that are not in the table. */
function readHttp(httpStatus: number): Reading | null {
  const deviceCode = `http-${httpStatus}`;
  if (httpStatus === 403) return named('device_no_rights', deviceCode);
  if ([404, 405, 501].includes(httpStatus)) return named('device_unsupported', deviceCode);
  if ([408, 429, 503].includes(httpStatus)) return named('device_busy', deviceCode);
  if (httpStatus === 413) return named('photo_too_large', deviceCode);
  if (httpStatus >= 300 && httpStatus < 400) return { meaning: redirected, deviceCode };
  return httpStatus >= 500 ? { meaning: unknownAnswer, deviceCode } : null;
}

function shapeOf(body: Body): string {
  return body.kind === 'json' || body.kind === 'xml' ? 'unexpected' : body.kind;
}

function named(code: Parameters<typeof meaningNamed>[0], deviceCode: string): Reading {
  return { meaning: meaningNamed(code), deviceCode };
}
