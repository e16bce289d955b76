import type { HandAnswer, SimulatedDevice } from '@pontaj/simulator';
import type { FetchLike } from '@pontaj/sync';

type Answer = Awaited<ReturnType<FetchLike>>;

/** What undici's fetch throws when the line breaks: the reason is in the cause. */
function fetchFailed(code: string, message: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });
}

const broken = {
  refused: () => fetchFailed('ECONNREFUSED', 'connect ECONNREFUSED'),
  reset: () => fetchFailed('ECONNRESET', 'read ECONNRESET'),
  truncated: () => fetchFailed('UND_ERR_SOCKET', 'other side closed'),
} as const;

/** Never answers; ends as fetch does, when the caller gives up. */
const untilGivenUp = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const giveUp = () => {
      reject(new DOMException('This operation was aborted', 'AbortError'));
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });

function asResponse({ status, headers, body }: Extract<HandAnswer, { kind: 'answer' }>): Answer {
  let rest: Buffer | null = body;
  return {
    status,
    headers: {
      get: (name) => {
        const value = headers[name.toLowerCase()];
        return value === undefined ? null : String(value);
      },
    },
    body: {
      getReader: () => ({
        read: () => {
          const value = rest;
          rest = null;
          return Promise.resolve(value === null ? { done: true } : { done: false, value });
        },
        cancel: () => Promise.resolve(),
      }),
    },
  };
}

/** `fetch` over terminals in this process: their answers as answers, their faults as a broken line. */
export function createTerminalFetch(deviceAt: (host: string) => SimulatedDevice | undefined): FetchLike {
  return async (url, init) => {
    const { hostname, origin } = new URL(url);
    const device = deviceAt(hostname);
    if (device === undefined) throw fetchFailed('ENOTFOUND', `getaddrinfo ENOTFOUND ${hostname}`);
    const answer = await device.handle({
      method: init.method,
      target: url.slice(origin.length),
      headers: init.headers,
      ...(init.body ? { body: init.body } : {}),
      signal: init.signal,
    });
    if (answer.kind === 'answer') return asResponse(answer);
    return answer.how === 'silence' ? untilGivenUp(init.signal) : Promise.reject(broken[answer.how]());
  };
}
