import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Dispatcher, fetch as undiciFetch } from 'undici';
import type { Deadline } from '../deadline.ts';
import type { DeviceAgent } from './device-agent.ts';
import type { CallInit, Exchange } from './digest-call.ts';
import { lineFailure, namedLineFailure } from './line-failure.ts';
import { readResponse, type StreamedResponse } from './read-response.ts';

/** What a device is asked through: `fetch`, or a function like it that drives a terminal in this process. */
export type FetchLike = (
  url: string,
  init: CallInit & { signal: AbortSignal; redirect: 'manual'; dispatcher?: Dispatcher },
) => Promise<StreamedResponse>;

export interface LineExchangeOptions {
  origin: string;
  deadline: Deadline;
  /** Absent: undici's own, over `agent`. */
  fetch: FetchLike | undefined;
  agent: (() => DeviceAgent) | undefined;
  /** The unsigned request, too, has the whole body: the device may act on it. */
  firstBody: 'empty' | 'whole';
  /** `close`: the connection that brings a challenge is not used for the answer to it. */
  afterChallenge: 'keep' | 'close';
}

/** Sends one request of a call and reads its whole answer; every failure is a `LineError` that knows its delivery. */
export function createLineExchange(options: LineExchangeOptions): Exchange {
  const { origin, deadline, fetch } = options;
  return async (url, init) => {
    const signed = 'Authorization' in init.headers;
    const mayHaveActedBefore = options.firstBody === 'whole';
    const mayHaveActed = signed || mayHaveActedBefore;
    // A device that closes after its 401 without saying so does it in the same moment: let the close be seen first.
    if (signed && options.agent) await nextTurn();
    // After a freeze the challenge is read before any timer fires, and somebody else may drive the device by now: a
    // login after its time would cut into that daemon's calls, on a nonce that has gone stale.
    if (deadline.isOver()) {
      const delivery = signed && mayHaveActedBefore ? 'unknown' : 'not-sent';
      throw namedLineFailure(deadline.reason() ?? 'timeout', delivery, origin);
    }
    const headers = { ...init.headers };
    if (!signed && options.afterChallenge === 'close') headers.connection = 'close';
    const agent = options.agent?.();
    const reset = () => agent?.reset();
    const failedDelivery = mayHaveActed ? 'unknown' : 'not-sent';
    let status: number | null = null;
    const read = (response: StreamedResponse) => {
      if (signed) ({ status } = response);
      return readResponse(response);
    };
    // Before the request hears of it: that one would close the connection in good order.
    deadline.signal.addEventListener('abort', reset, { once: true });
    try {
      const request = { ...init, headers, signal: deadline.signal, redirect: 'manual' as const };
      const sent = fetch
        ? fetch(url, request)
        : undiciFetch(url, { ...request, ...(agent ? { dispatcher: agent.dispatcher } : {}) });
      const answer = await deadline.race(sent.then(read));
      if ('response' in answer) return answer.response;
      throw namedLineFailure(answer.failure, failedDelivery, origin, status);
    } catch (error) {
      const ended = deadline.reason();
      throw ended
        ? namedLineFailure(ended, failedDelivery, origin, status)
        : lineFailure(error, origin, mayHaveActed, status);
    } finally {
      deadline.signal.removeEventListener('abort', reset);
    }
  };
}
