import { seededRandom } from '../../random.ts';
import type { Endpoint } from '../endpoint.ts';
import type { TestTerminal } from './test-terminal.ts';

export interface OpenStream {
  contentType: string;
  /** Everything the device wrote so far. */
  written(): Buffer;
  /** The JSON documents among it, in order. */
  documents(): Record<string, unknown>[];
  /** Resolves when so many documents have come. */
  received(count: number): Promise<void>;
  /** The client leaves. */
  close(): void;
}

const STREAM_ORIGIN = 'http://192.0.2.10';

/** Opens an endpoint that answers with a stream; throws with the answer when it is none. */
export async function openStream(t: TestTerminal, endpoint: Endpoint, body = ''): Promise<OpenStream> {
  const chunks: Buffer[] = [];
  const client = new AbortController();
  const answer = await endpoint.handle(
    {
      method: endpoint.method,
      path: endpoint.path,
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.from(body),
      userName: 'admin',
      remoteAddress: '192.0.2.99',
      origin: STREAM_ORIGIN,
    },
    {
      terminal: t.terminal,
      clock: t.clock,
      random: seededRandom(1),
      download: () => Promise.resolve({ ok: false, why: 'no network' }),
      signal: new AbortController().signal,
    },
    {},
  );
  if (answer.kind !== 'stream')
    throw new Error(`HTTP ${answer.status} ${answer.subStatusCode ?? ''} instead of a stream`);
  const documents = () => documentsOf(Buffer.concat(chunks));
  const waiters: { count: number; resolve: () => void }[] = [];
  answer.open((chunk) => {
    chunks.push(Buffer.from(chunk));
    const count = documents().length;
    for (const waiter of waiters) if (count >= waiter.count) waiter.resolve();
  }, client.signal);
  return {
    contentType: answer.contentType,
    written: () => Buffer.concat(chunks),
    documents,
    received: (count) =>
      new Promise((resolve) => {
        if (documents().length >= count) resolve();
        else waiters.push({ count, resolve });
      }),
    close: () => {
      client.abort();
    },
  };
}

/** Reads parts by their lengths, as a careful client does, so that a wrong length fails the test. */
function documentsOf(bytes: Buffer): Record<string, unknown>[] {
  const documents: Record<string, unknown>[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const end = rest.indexOf('\r\n\r\n');
    const head = /^--MIME_boundary\r\nContent-Type: ([^\r]+)\r\nContent-Length: (\d+)$/.exec(
      rest.subarray(0, end).toString('latin1'),
    );
    if (!head) throw new Error(`No part begins with ${rest.subarray(0, 80).toString('latin1')}`);
    const body = rest.subarray(end + 4, end + 4 + Number(head[2]));
    if (head[1]?.startsWith('application/json'))
      documents.push(JSON.parse(body.toString()) as Record<string, unknown>);
    rest = rest.subarray(end + 4 + body.length + 2);
  }
  return documents;
}
