import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import type { Traits } from '../profiles/traits.ts';
import type { Connection } from './connection.ts';
import type { Delivered, Outcome } from './exchange.ts';
import { announcesBody, drainBody } from './read-body.ts';
import { pushServerHeaders } from './server-headers.ts';

export interface Delivery {
  request: IncomingMessage;
  response: ServerResponse;
  connection: Connection;
  clock: Clock;
  traits: Traits;
}

type Answer = Outcome & { kind: 'answer' };

/** How long an answer to an unfinished request waits for the client to finish, so that it reads the answer. */
const FINISH_WAIT_MS = 5_000;
/** A connection that gets no answer is kept open no longer. */
const MAX_SILENCE_MS = 600_000;
/** Finest grain of a dripping answer. */
const DRIP_STEP_MS = 50;

/** Carries an outcome out on a socket. Resolves with what left, or at once where nothing ever will. */
export function deliver(
  outcome: Exclude<Outcome, { kind: 'stream' }>,
  way: Delivery,
): Delivered | Promise<Delivered> {
  const { connection, response } = way;
  if (connection.socket.destroyed || response.destroyed) return 'client-gone';
  const lost = outcome.kind === 'cut' ? outcome.how : (outcome.line?.lost ?? null);
  if (lost === 'reset') {
    connection.reset();
    return 'reset';
  }
  if (lost === 'silence') {
    // The socket stays open until the client leaves; what it still sends is thrown away within bounds.
    drainBody(way.request);
    connection.socket.setTimeout(MAX_SILENCE_MS, () => connection.socket.destroy());
    return 'silence';
  }
  return outcome.kind === 'answer' ? deliverAnswer(outcome, way) : 'silence';
}

function deliverAnswer(answer: Answer, way: Delivery): Delivered | Promise<Delivered> {
  const { request, response, connection, traits } = way;
  connection.served += 1;
  const unread = announcesBody(request) && !request.complete;
  const last =
    answer.close ||
    traits.answerFraming === 'close' ||
    !response.shouldKeepAlive ||
    connection.served > traits.keepAliveMax ||
    (unread && request.headers.expect !== undefined);
  const { body } = answer;
  const sizeBytes = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  // Without a length Node sends chunks, unless it is told not to or the client speaks HTTP/1.0.
  if (traits.answerFraming === 'close') response.useChunkedEncodingByDefault = false;
  response.writeHead(answer.status, headLines(answer, sizeBytes, last, way));
  if (unread) drainBody(request);
  if (answer.line) return bendDelivery(answer, way);
  if (last && unread) return endAfterRequest(answer, way);
  response.end(body);
  return 'answered';
}

function headLines(answer: Answer, sizeBytes: number, last: boolean, way: Delivery): string[] {
  const { traits, connection } = way;
  const lines = traits.answerFraming === 'content-length' ? ['Content-Length', String(sizeBytes)] : [];
  if (answer.contentType !== null) lines.push('Content-Type', answer.contentType);
  pushServerHeaders(lines, traits);
  for (const [name, value] of Object.entries(answer.headers)) lines.push(name, value);
  if (last) lines.push('Connection', 'close');
  else {
    const left = traits.keepAliveMax - connection.served + 1;
    lines.push('Connection', 'keep-alive', 'Keep-Alive', `timeout=${traits.keepAliveTimeoutS}, max=${left}`);
  }
  return lines;
}

/** Closing while the client still writes would take the answer away from it. */
async function endAfterRequest(answer: Answer, { request, response }: Delivery): Promise<Delivered> {
  response.write(answer.body);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, FINISH_WAIT_MS);
    const over = () => {
      clearTimeout(timer);
      resolve();
    };
    request.once('end', over);
    request.once('close', over);
  });
  response.end();
  return 'answered';
}

async function bendDelivery(answer: Answer, way: Delivery): Promise<Delivered> {
  const { line } = answer;
  const bytes = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  if (!line) return 'answered';
  const keep = line.keepBytes === 'half' ? bytes.length >> 1 : (line.keepBytes ?? bytes.length);
  const kept = bytes.subarray(0, keep);
  if (line.bytesPerSecond !== null) {
    const whole = await drip(kept, line.bytesPerSecond, way);
    if (!whole) return 'client-gone';
  } else await writeOut(kept, way.response);
  if (line.keepBytes === null) {
    way.response.end();
    return 'answered';
  }
  if (line.afterCut === 'reset') way.connection.reset();
  else way.connection.socket.destroy();
  return 'truncated';
}

/** False: the client left before the end. */
async function drip(
  bytes: Buffer,
  bytesPerSecond: number,
  { response, clock, connection }: Delivery,
): Promise<boolean> {
  const step = Math.max(1, Math.floor((bytesPerSecond * DRIP_STEP_MS) / 1000));
  const stepMs = (step / bytesPerSecond) * 1000;
  const gone = new AbortController();
  connection.socket.once('close', () => {
    gone.abort();
  });
  response.flushHeaders();
  for (let at = 0; at < bytes.length; at += step) {
    await clock.sleep(stepMs, gone.signal);
    if (gone.signal.aborted) return false;
    response.write(bytes.subarray(at, at + step));
  }
  return true;
}

/** Resolves when the bytes have left the process. */
function writeOut(bytes: Buffer, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (bytes.length === 0) {
      response.flushHeaders();
      setImmediate(resolve);
      return;
    }
    response.write(bytes, () => {
      setImmediate(resolve);
    });
  });
}
