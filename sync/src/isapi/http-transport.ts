import type { Clock } from '../clock.ts';
import type { Device } from '../model/device.ts';
import { startDeadline } from '../deadline.ts';
import { createDeviceAgent, type DeviceAgent } from './device-agent.ts';
import { deviceOrigin } from './device-origin.ts';
import { type CallInit, DigestCall } from './digest-call.ts';
import { chooseChallenge, readAuthenticateHeader } from './digest-challenge.ts';
import { namedLineFailure } from './line-failure.ts';
import { createLineExchange, type FetchLike, type LineExchangeOptions } from './line-exchange.ts';
import {
  LineError,
  type SendOptions,
  type TransportFactory,
  type WireAnswer,
  type WireRequest,
} from './transport.ts';
import { saysLocked } from './user-check.ts';

export interface HttpTransportOptions {
  clock: Clock;
  /** Default: undici's fetch over one connection per device. */
  fetch?: FetchLike;
}

/** The first try, and one more when the connection was stale, or the 401 came late or without a challenge. */
const MAX_CHALLENGES = 2;
/**
 * A challenge that took longer to come is asked for once more: nonces live for about 3 s, and a terminal that refuses a
 * dead one without `stale` [DS-K1T341AM V3.2.30] seems to refuse the password. Who is always this slow has the second
 * answered; who is so slow that time does not do for both did not answer in time, and nothing is known of the password.
 */
const LATE_CHALLENGE_MS = 2_000;
/**
 * A device that calls the nonce stale after this long may be right: the shortest life seen is half a second
 * [DS-KB8113-IME1(B) V2.2.60]. One that says so at once is refusing the credentials.
 */
const FRESH_NONCE_MS = 1_000;

/**
 * HTTP with digest authentication: each call is a fresh handshake, and sends its credentials once or not at all: not
 * when the challenge already says that the account is locked, nor when `decideLogin` is against it.
 *
 * The request that asks for the challenge has the method and path of the call and an empty body, as curl does it:
 * 200 KB photos travel once, person data only follows a challenge, and the device cannot have acted on that half. So
 * whatever breaks in it is `not-sent`; a break in the signed half is `unknown` and never repeated.
 */
export function createHttpTransport({ clock, fetch }: HttpTransportOptions): TransportFactory {
  return (device) => {
    let agent: DeviceAgent | null = null;
    const line: Line = {
      device,
      clock,
      fetch,
      agent: fetch ? undefined : () => (agent ??= createDeviceAgent(device)),
      afterChallenge: 'keep',
    };
    return {
      send: (request, options) => sendOverLine(line, request, options),
      async close() {
        const closing = agent;
        agent = null;
        await closing?.close();
      },
    };
  };
}

interface Line {
  device: Device;
  clock: Clock;
  fetch: FetchLike | undefined;
  agent: (() => DeviceAgent) | undefined;
  /** Turns to `close` once a signed request died on the connection that had brought its challenge. */
  afterChallenge: 'keep' | 'close';
}

async function sendOverLine(line: Line, request: WireRequest, options: SendOptions): Promise<WireAnswer> {
  const origin = deviceOrigin(line.device);
  const { username, password } = line.device;
  // Half-filled rows are common while somebody types; a terminal would count the login as a bad one.
  if (username.trim() === '' || password === '') throw namedLineFailure('no-credentials', 'not-sent', origin);
  const deadline = startDeadline(line.clock, options.timeoutMs, options.signal);
  let challenges = 0;
  const handshake = (firstBody: LineExchangeOptions['firstBody']): Promise<Handshake> => {
    challenges += 1;
    const askedAtMs = line.clock.now();
    const isLate = () => {
      const tookMs = line.clock.now() - askedAtMs;
      return tookMs > LATE_CHALLENGE_MS && challenges < MAX_CHALLENGES;
    };
    const { fetch, agent, afterChallenge } = line;
    const exchange = createLineExchange({ origin, deadline, fetch, agent, firstBody, afterChallenge });
    return performHandshake(
      line,
      origin,
      request,
      new DigestCall({
        credentials: line.device,
        exchange,
        firstBody,
        decideLogin: options.decideLogin,
        isLate,
      }),
    );
  };
  try {
    let result = await handshake('empty');
    while (isUnanswered(result) && challenges < MAX_CHALLENGES) result = await handshake('empty');
    // No login wanted, and that success was one for an empty body: now with the real one.
    if (isSuccessForNothing(result, request)) result = await handshake('whole');
    return await conclude(result, origin);
  } finally {
    deadline.stop();
  }
}

/** What one handshake came to: an answer, or a connection that broke before the device could act. */
type Handshake = { call: DigestCall; answer: Response; challengeAgeMs: number } | { broken: LineError };

async function performHandshake(
  line: Line,
  origin: string,
  request: WireRequest,
  call: DigestCall,
): Promise<Handshake> {
  // Normalised before it is signed, so that what is signed is what is sent.
  const url = new URL(request.path, `${origin}/`).href;
  const startedAtMs = line.clock.now();
  try {
    const answer = (await call.fetch(url, initOf(request))) as Response;
    return { call, answer, challengeAgeMs: line.clock.now() - startedAtMs };
  } catch (error) {
    if (!(error instanceof LineError) || error.code !== 'reset') throw error;
    if (call.signed) line.afterChallenge = 'close';
    if (error.delivery === 'unknown') throw error;
    return { broken: error };
  }
}

/** Nothing was signed, and asking once more may help: the connection was stale, or the 401 came late or with no challenge. */
function isUnanswered(result: Handshake): boolean {
  if ('broken' in result) return true;
  const { answer, call } = result;
  return answer.status === 401 && !call.signed && call.withheld === null;
}

function isSuccessForNothing(result: Handshake, request: WireRequest): boolean {
  return !('broken' in result) && !result.call.signed && result.answer.ok && request.body !== undefined;
}

async function conclude(result: Handshake, origin: string): Promise<WireAnswer> {
  if ('broken' in result) throw result.broken;
  const { call, answer, challengeAgeMs } = result;
  const wireAnswer: WireAnswer = {
    status: answer.status,
    contentType: answer.headers.get('content-type') ?? '',
    body: Buffer.from(await answer.arrayBuffer()),
  };
  if (answer.status === 401 && call.withheld !== null) return { ...wireAnswer, withheld: call.withheld };
  if (answer.status !== 401 || saysLocked(wireAnswer.body)) return wireAnswer;
  if (!call.signed) throw noUsableChallenge(origin, call.offered);
  if (challengeAgeMs >= FRESH_NONCE_MS && saysStale(answer)) throw staleOnArrival(origin, challengeAgeMs);
  return wireAnswer;
}

function initOf({ method, body }: WireRequest): CallInit {
  return body
    ? { method, headers: { 'content-type': body.contentType }, body: body.bytes }
    : { method, headers: {} };
}

function saysStale(answer: Response): boolean {
  const header = answer.headers.get('www-authenticate') ?? '';
  return chooseChallenge(readAuthenticateHeader(header))?.stale === true;
}

/** Not a refusal: the credentials were never shown, so nothing is known about them. */
function noUsableChallenge(origin: string, offered: string[]): LineError {
  const what = offered.includes('digest')
    ? 'asks for a digest this program cannot make: set its digest algorithm to MD5 or SHA256'
    : offered.includes('basic')
      ? 'offers only Basic authentication, which would show the password to everybody on the line: ' +
        'set its web authentication to digest'
      : 'asks for a login and offers no way to log in; the credentials were not tried. Restart the terminal if it stays so';
  return new LineError('broken-http', 'not-sent', `The device at ${origin} ${what}.`);
}

function staleOnArrival(origin: string, ageMs: number): LineError {
  return new LineError(
    'timeout',
    'not-sent',
    `The device at ${origin} let its login challenge expire before the answer to it arrived (${Math.round(ageMs)} ms). ` +
      'The link is too slow, or the clock of the device was just set.',
  );
}
