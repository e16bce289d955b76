import type { Outcome } from './exchange.ts';
import { pushServerHeaders } from './server-headers.ts';
import type { Delivery } from './socket-delivery.ts';

/** A client that does not read its stream is cut off when so much waits for it. */
const MAX_BACKLOG_BYTES = 1024 * 1024;

/**
 * An answer without end. Resolves when the client has left or the power is gone. As on a terminal there is no length
 * and no chunked framing: the end is the end of the connection.
 */
export async function deliverStream(
  outcome: Outcome & { kind: 'stream' },
  way: Delivery,
  powerSignal: AbortSignal,
): Promise<void> {
  const { response, connection, traits } = way;
  const { stream } = outcome;
  if (connection.socket.destroyed) return;
  const gone = new AbortController();
  connection.socket.once('close', () => {
    gone.abort();
  });
  response.useChunkedEncodingByDefault = false;
  const lines = ['Content-Type', stream.contentType, 'Connection', 'close'];
  pushServerHeaders(lines, traits);
  for (const [name, value] of Object.entries(stream.headers ?? {})) lines.push(name, value);
  response.writeHead(stream.status, lines);
  response.flushHeaders();
  const signal = AbortSignal.any([gone.signal, powerSignal]);
  stream.open((chunk) => {
    if (signal.aborted) return;
    response.write(chunk);
    if (response.writableLength > MAX_BACKLOG_BYTES) connection.socket.destroy();
  }, signal);
  await new Promise<void>((resolve) => {
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
  connection.socket.destroy();
}
