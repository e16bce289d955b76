import type { Socket } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { createHttpTransport } from './http-transport.ts';
import { deviceAt } from './testing/device-fixture.ts';
import { howEnded } from './testing/how-ended.ts';
import { createManualClock } from './testing/manual-clock.ts';
import { challengeText, type RawServer, startRawServer } from './testing/raw-server.ts';
import { LineError, type Transport, type WireRequest } from './transport.ts';

const TIMEOUT_MS = 12_000;
const write: WireRequest = {
  method: 'PUT',
  path: '/ISAPI/AccessControl/UserInfo/Modify?format=json',
  body: { contentType: 'application/json', bytes: Buffer.from('{"UserInfo":{"employeeNo":"1000"}}') },
};
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{"statusCode":1}';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

interface Bench {
  server: RawServer;
  transport: Transport;
  clock: ReturnType<typeof createManualClock>;
}

async function bench(onRequest: (socket: Socket, head: string, index: number) => void): Promise<Bench> {
  const server = await startRawServer(onRequest);
  const clock = createManualClock();
  const transport = createHttpTransport({ clock })(deviceAt(server.port));
  opened.push(server, transport);
  return { server, transport, clock };
}

/** The `LineError` of a call; whatever it says holds no secret. */
async function failureOf(sending: Promise<unknown>): Promise<LineError> {
  const error: unknown = await sending.then(
    (answer) => answer,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof LineError)) throw new Error(`Expected a LineError, got ${inspect(error)}`);
  expect(inspect(error, { depth: 10 })).not.toMatch(/Parola-123|Digest username|response="/);
  return error;
}

const send = (transport: Transport, signal = new AbortController().signal) =>
  transport.send(write, { signal, timeoutMs: TIMEOUT_MS });

const isSigned = (head: string): boolean => /^authorization:/im.test(head);

test('silence before the challenge: timeout, not sent', async () => {
  const { server, transport, clock } = await bench(() => undefined);
  const failure = failureOf(send(transport));
  await server.request(0);
  clock.advance(TIMEOUT_MS);
  expect(await failure).toMatchObject({ code: 'timeout', delivery: 'not-sent' });
  expect(clock.sleepers).toBe(0);
});

test('silence after the signed request: timeout, and nobody knows whether it was done', async () => {
  const { server, transport, clock } = await bench((socket, head) => {
    if (!isSigned(head)) socket.write(challengeText());
  });
  const failure = failureOf(send(transport));
  await server.request(1);
  clock.advance(TIMEOUT_MS);
  expect(await failure).toMatchObject({ code: 'timeout', delivery: 'unknown' });
});

test('a call given up is taken back: the connection is reset, so that nothing of it is delivered later', async () => {
  const ends: Promise<string>[] = [];
  const { server, transport, clock } = await bench((socket, head) => {
    if (!isSigned(head)) socket.write(challengeText());
    else ends.push(howEnded(socket));
  });
  const failure = failureOf(send(transport));
  await server.request(1);
  clock.advance(TIMEOUT_MS);
  await failure;
  expect(await Promise.all(ends)).toEqual(['ECONNRESET']);
});

test('one time limit covers both halves', async () => {
  const held: Socket[] = [];
  const { server, transport, clock } = await bench((socket, head) => {
    if (!isSigned(head)) held.push(socket);
  });
  const failure = failureOf(send(transport));
  await server.request(0);
  clock.advance(1_900);
  held[0]!.write(challengeText());
  await server.request(1);
  clock.advance(TIMEOUT_MS - 1_900);
  expect(await failure).toMatchObject({ code: 'timeout', delivery: 'unknown' });
});

test('a challenge so late that time does not do for another is not answered: its nonce may be dead', async () => {
  const heads: boolean[] = [];
  const { server, transport, clock } = await bench((socket, head) => {
    heads.push(isSigned(head));
    if (heads.length > 1) return;
    clock.advance(TIMEOUT_MS - 4_000);
    socket.write(challengeText());
  });
  const failure = failureOf(send(transport));
  await server.request(1);
  clock.advance(4_000);
  expect(await failure).toMatchObject({ code: 'timeout', delivery: 'not-sent' });
  expect(heads).toEqual([false, false]);
});

test('a body that drips for ever is cut off in time', async () => {
  const { server, transport, clock } = await bench((socket, head) => {
    if (isSigned(head)) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"statusCode"');
    else socket.write(challengeText());
  });
  const failure = failureOf(send(transport));
  await server.request(1);
  clock.advance(TIMEOUT_MS);
  expect(await failure).toMatchObject({ code: 'timeout', delivery: 'unknown' });
});

test('cancelled between the halves', async () => {
  const cancel = new AbortController();
  const { server, transport, clock } = await bench(() => undefined);
  const failure = failureOf(send(transport, cancel.signal));
  await server.request(0);
  cancel.abort();
  expect(await failure).toMatchObject({ code: 'aborted', delivery: 'not-sent' });
  expect(clock.sleepers).toBe(0);
});

test('cancelled before it began: nothing is sent', async () => {
  let requests = 0;
  const { transport } = await bench(() => requests++);
  expect(await failureOf(send(transport, AbortSignal.abort()))).toMatchObject({
    code: 'aborted',
    delivery: 'not-sent',
  });
  expect(requests).toBe(0);
});

test('a reset before the challenge: asked once more, and the call succeeds', async () => {
  const { transport } = await bench((socket, head, index) => {
    if (index === 0) socket.resetAndDestroy();
    else socket.write(isSigned(head) ? OK : challengeText());
  });
  expect((await send(transport)).status).toBe(200);
});

test('resets before every challenge: two tries, not sent', async () => {
  let requests = 0;
  const { transport } = await bench((socket) => {
    requests++;
    socket.resetAndDestroy();
  });
  expect(await failureOf(send(transport))).toMatchObject({ code: 'reset', delivery: 'not-sent' });
  expect(requests).toBe(2);
});

test('a reset after the signed request is never repeated', async () => {
  let signed = 0;
  const { transport } = await bench((socket, head) => {
    if (!isSigned(head)) {
      socket.write(challengeText());
      return;
    }
    signed++;
    socket.resetAndDestroy();
  });
  expect(await failureOf(send(transport))).toMatchObject({ code: 'reset', delivery: 'unknown' });
  expect(signed).toBe(1);
});

test('a device that drops the connection of its challenge is lost once, then given one per half', async () => {
  const challenged = new Set<Socket>();
  const { server, transport } = await bench((socket, head) => {
    if (challenged.has(socket)) socket.destroy();
    else if (isSigned(head)) socket.write(OK);
    else {
      challenged.add(socket);
      socket.write(challengeText());
    }
  });
  expect(await failureOf(send(transport))).toMatchObject({ code: 'reset', delivery: 'unknown' });
  expect((await send(transport)).status).toBe(200);
  expect(await server.request(2)).toMatch(/^connection: close/im);
});

test('an answer that ends in the middle is no answer', async () => {
  const { transport } = await bench((socket, head) => {
    if (!isSigned(head)) socket.write(challengeText());
    else socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"statusCode":1');
  });
  expect(await failureOf(send(transport))).toMatchObject({ code: 'reset', delivery: 'unknown' });
});

test.each(['SSH-2.0-dropbear\r\n\r\n', 'HTTP/9.9 what\r\n\r\n'])('%j is no HTTP', async (text) => {
  const { transport } = await bench((socket) => socket.end(text));
  expect(await failureOf(send(transport))).toMatchObject({ code: 'broken-http', delivery: 'not-sent' });
});

test('endless headers are cut off', async () => {
  const { transport } = await bench((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(100_000)}\r\n\r\n`);
  });
  expect(await failureOf(send(transport))).toMatchObject({ code: 'broken-http', delivery: 'not-sent' });
});

test('a nonce called stale after a slow link is no refused password', async () => {
  const { server, transport, clock } = await bench((socket, head, index) => {
    if (!isSigned(head)) socket.write(challengeText());
    else if (index > 1) socket.write(challengeText('bmV4dA==').replace('"false"', '"TRUE"'));
    else {
      clock.advance(3_000);
      socket.write(challengeText('bmV4dA==').replace('"false"', '"TRUE"'));
    }
  });
  expect(await failureOf(send(transport))).toMatchObject({ code: 'timeout', delivery: 'not-sent' });
  expect((await send(transport)).status).toBe(401);
  await server.request(3);
});

test('a challenge that came late is asked for once more, and then answered however late it is', async () => {
  const heads: boolean[] = [];
  const { transport, clock } = await bench((socket, head) => {
    heads.push(isSigned(head));
    if (isSigned(head)) socket.write(OK);
    else {
      clock.advance(2_500);
      socket.write(challengeText());
    }
  });
  expect((await send(transport)).status).toBe(200);
  expect(heads).toEqual([false, false, true]);
});

test('nobody listens: refused, not sent', async () => {
  const { server, transport } = await bench(() => undefined);
  await server.close();
  opened.shift();
  expect(await failureOf(send(transport))).toMatchObject({ code: 'refused', delivery: 'not-sent' });
});

test('a host name that does not exist', async () => {
  const transport = createHttpTransport({ clock: createManualClock() })(
    deviceAt(80, { host: 'terminal.invalid' }),
  );
  opened.push(transport);
  expect(await failureOf(send(transport))).toMatchObject({ code: 'dns', delivery: 'not-sent' });
});

test.each(['', 'http://192.0.2.1', '192.0.2.1/x', 'admin@192.0.2.1', '192.0.2.1:8080', 'a b'])(
  'the address %j is refused before anything is sent',
  async (host) => {
    const transport = createHttpTransport({ clock: createManualClock() })(deviceAt(80, { host }));
    expect(await failureOf(send(transport))).toMatchObject({ code: 'dns', delivery: 'not-sent' });
  },
);
