import { foreignAnswer, ForeignAnswerError } from './foreign-answer.ts';

/** Requests to the database in flight at once; hundreds of lanes write at the same moments. */
const MAX_CONCURRENT = 24;

export type Fetch = typeof fetch;

/** A gate that lets `limit` pass at once, in the order they came. */
function createGate(limit: number) {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return {
    async enter(): Promise<void> {
      if (inside < limit) inside += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
    leave(): void {
      const next = waiting.shift();
      if (next === undefined) inside -= 1;
      else next();
    },
  };
}

/** "fetch failed" alone tells nobody whether it was the name, the port or the certificate: the cause does. */
function withCause(error: unknown): unknown {
  if (!(error instanceof TypeError && error.cause instanceof Error)) return error;
  const { message, code } = error.cause as NodeJS.ErrnoException;
  return new TypeError(`${error.message} (${message === '' ? (code ?? 'no reason given') : message})`, {
    cause: error.cause,
  });
}

/**
 * A fetch that gives up after `timeoutMs`, the body included, and keeps the number of open requests bounded. The time
 * counts from when the request is really sent. An answer that is not Supabase's counts as none; a redirect is not
 * followed, since the secret key would go along.
 */
export function limitFetch(inner: Fetch, timeoutMs: number): Fetch {
  const gate = createGate(MAX_CONCURRENT);
  return async (input, init) => {
    await gate.enter();
    try {
      const signals = [AbortSignal.timeout(timeoutMs), ...(init?.signal ? [init.signal] : [])];
      const response = await inner(input, {
        ...init,
        redirect: 'manual',
        signal: AbortSignal.any(signals),
      });
      // Read here, so that a body that never ends counts as no answer too.
      const body = await response.arrayBuffer();
      const { status, statusText, headers } = response;
      const foreign = foreignAnswer({
        method: init?.method ?? 'GET',
        status,
        contentType: headers.get('content-type'),
        location: headers.get('location'),
        sizeBytes: body.byteLength,
      });
      if (foreign !== null) throw new ForeignAnswerError(`not from Supabase: ${foreign}`);
      const bodyless = status === 204 || status === 205 || status === 304;
      return new Response(bodyless ? null : body, { status, statusText, headers });
    } catch (error) {
      throw withCause(error);
    } finally {
      gate.leave();
    }
  };
}
