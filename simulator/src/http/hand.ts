import type { Clock } from '../clock.ts';
import type { LineBends } from '../faults/exchange-plan.ts';
import type { HandAnswer, HandRequest } from '../fleet-types.ts';
import type { BodySource, Delivered, Outcome, RequestHead } from './exchange.ts';
import type { Passage, Pipeline } from './pipeline.ts';
import { MAX_BODY_BYTES } from './read-body.ts';

/** Of a stream a call in process keeps so much. */
const MAX_STREAM_BYTES = 1024 * 1024;

/**
 * An exchange without a socket. An answer that never comes is reported at once as `silence`: the caller waits as long
 * as its own patience lasts, on its own clock. A stream ends with `request.signal`.
 */
export async function handInProcess(
  request: HandRequest,
  deps: { pipeline: Pipeline; clock: Clock; powerSignal: () => AbortSignal; origin: string },
): Promise<HandAnswer> {
  const passage = await deps.pipeline.run(headOf(request, deps.origin), bodyOf(request));
  const { outcome } = passage;
  if (outcome.kind === 'cut') return end(deps.pipeline, passage, outcome.how, outcome.done);
  if (outcome.kind === 'stream') return collectStream(passage, outcome, request, deps);
  const { line } = outcome;
  if (line?.lost) return end(deps.pipeline, passage, line.lost, outcome.done);
  if (line && line.keepBytes !== null) return end(deps.pipeline, passage, 'truncated', outcome.done);
  const body = typeof outcome.body === 'string' ? Buffer.from(outcome.body) : outcome.body;
  if (line && line.bytesPerSecond !== null) await drip(body, line, deps.clock, request.signal);
  if (request.signal?.aborted) {
    deps.pipeline.finish(passage, 'client-gone');
    return { kind: 'no-answer', how: 'silence', done: outcome.done };
  }
  deps.pipeline.finish(passage, 'answered');
  return { kind: 'answer', status: outcome.status, headers: headersOf(outcome, body.length), body };
}

function end(
  pipeline: Pipeline,
  passage: Passage,
  how: Delivered & ('silence' | 'reset' | 'truncated'),
  done: boolean,
): HandAnswer {
  pipeline.finish(passage, how);
  return { kind: 'no-answer', how, done };
}

function headOf(request: HandRequest, origin: string): RequestHead {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value;
  return {
    method: request.method.toUpperCase(),
    target: request.target,
    headers,
    remoteAddress: request.remoteAddress ?? '127.0.0.1',
    origin,
  };
}

function bodyOf(request: HandRequest): BodySource {
  const { body } = request;
  const bytes = body === undefined ? Buffer.alloc(0) : typeof body === 'string' ? Buffer.from(body) : body;
  return {
    begin: () => Promise.resolve(),
    read: () =>
      Promise.resolve(
        bytes.length > MAX_BODY_BYTES ? { ok: false, why: 'too-large' } : { ok: true, body: bytes },
      ),
  };
}

/** Names in lower case, as clients show them. */
function headersOf(outcome: Outcome & { kind: 'answer' }, sizeBytes: number): Record<string, string> {
  const headers: Record<string, string> = { 'content-length': String(sizeBytes) };
  if (outcome.contentType !== null) headers['content-type'] = outcome.contentType;
  for (const [name, value] of Object.entries(outcome.headers)) headers[name.toLowerCase()] = value;
  return headers;
}

async function drip(body: Buffer, line: LineBends, clock: Clock, signal?: AbortSignal): Promise<void> {
  if (line.bytesPerSecond === null) return;
  await clock.sleep(Math.ceil((body.length / line.bytesPerSecond) * 1000), signal);
}

async function collectStream(
  passage: Passage,
  outcome: Outcome & { kind: 'stream' },
  request: HandRequest,
  deps: { pipeline: Pipeline; powerSignal: () => AbortSignal },
): Promise<HandAnswer> {
  const { stream } = outcome;
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  const over = new AbortController();
  const signals = [over.signal, deps.powerSignal(), ...(request.signal ? [request.signal] : [])];
  // Without a way to end it the caller would wait for ever: it gets what is there at once.
  if (!request.signal && !request.onData) over.abort();
  const signal = AbortSignal.any(signals);
  const ended = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
  });
  const headers: Record<string, string> = { 'content-type': stream.contentType };
  for (const [name, value] of Object.entries(stream.headers ?? {})) headers[name.toLowerCase()] = value;
  request.onHead?.({ status: stream.status, headers });
  stream.open((chunk) => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    request.onData?.(bytes);
    sizeBytes += bytes.length;
    if (sizeBytes > MAX_STREAM_BYTES) over.abort();
    else chunks.push(bytes);
  }, signal);
  await ended;
  deps.pipeline.finish(passage, 'stream');
  return { kind: 'answer', status: stream.status, headers, body: Buffer.concat(chunks) };
}
