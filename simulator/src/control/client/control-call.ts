import type { ProblemCode } from '../problem.ts';
import { ControlError } from './control-error.ts';

/** Every call but a wait is answered from memory. */
const CALL_TIMEOUT_MS = 30_000;

interface CallOptions {
  body?: unknown;
  query?: Readonly<Record<string, string | number | undefined>>;
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
}

/** One call of the control API: what it answered, or why not. */
export type ControlCall = <Answer>(
  method: 'GET' | 'PUT' | 'POST' | 'DELETE',
  path: string,
  options?: CallOptions,
) => Promise<Answer>;

/** Calls to the control API at `url`. They throw ControlError; an aborted signal throws its own reason. */
export function controlCalls(url: string, inner: typeof fetch = fetch): ControlCall {
  const origin = url.replace(/\/+$/, '');
  return async (method, path, { body, query = {}, signal, timeoutMs = CALL_TIMEOUT_MS } = {}) => {
    const target = new URL(`${origin}${path}`);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) target.searchParams.set(name, String(value));
    const signals = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])];
    let response: Response;
    let text: string;
    try {
      response = await inner(target, {
        method,
        signal: AbortSignal.any(signals),
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      text = await response.text();
    } catch (cause) {
      if (signal?.aborted) throw signal.reason;
      throw new ControlError(
        'unreachable',
        0,
        `The simulator did not answer ${method} ${target.href}: ${reasonOf(cause)}. Is it running, and is this its control API?`,
        { cause },
      );
    }
    if (!response.ok) throw refusalOf(`${method} ${target.pathname}`, response.status, text);
    return (text === '' ? undefined : JSON.parse(text)) as never;
  };
}

/** A path with its parts escaped: controlPath`/api/devices/${id}`. */
export function controlPath(parts: TemplateStringsArray, ...values: string[]): string {
  return String.raw({ raw: parts }, ...values.map(encodeURIComponent));
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

function refusalOf(what: string, status: number, text: string): ControlError {
  try {
    const { code, detail } = JSON.parse(text) as { code: ProblemCode; detail: string };
    return new ControlError(code, status, `${what}: ${detail}`);
  } catch {
    return new ControlError('internal', status, `${what}: ${status} without a problem document.`);
  }
}
