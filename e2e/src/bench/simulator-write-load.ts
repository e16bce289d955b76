import { connect, type Socket } from 'node:net';

/** What every answer of a write that was carried out begins with. */
const GOOD_ANSWER = 'HTTP/1.1 200 ';
const END_OF_HEAD = '\r\n\r\n';

export interface LoadResult {
  perSecond: number;
  /** Part of the time in which this process was at work: near 1 it would have been the bottleneck. */
  generatorLoad: number;
}

/** Opens connections to a server on the loopback address. */
export function connectTo(port: number, connections: number): Promise<Socket[]> {
  return Promise.all(
    Array.from(
      { length: connections },
      () =>
        new Promise<Socket>((resolve, reject) => {
          const socket = connect({ port, host: '127.0.0.1', noDelay: true });
          socket.once('error', reject);
          socket.once('connect', () => {
            resolve(socket);
          });
        }),
    ),
  );
}

/**
 * Sends requests, made beforehand, over connections that stay open, one at a time on each, as clients of terminals
 * do. Rejects at the first answer that is not 200: then something else was measured.
 */
export async function runLoad(sockets: readonly Socket[], requests: readonly string[]): Promise<LoadResult> {
  let next = 0;
  const before = performance.eventLoopUtilization();
  const startedMs = performance.now();
  await Promise.all(sockets.map((socket) => exchangeAll(socket, () => requests[next++])));
  const seconds = (performance.now() - startedMs) / 1000;
  return {
    perSecond: requests.length / seconds,
    generatorLoad: performance.eventLoopUtilization(before).utilization,
  };
}

function exchangeAll(socket: Socket, take: () => string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const finish = (error?: Error) => {
      socket.off('data', onData);
      socket.off('close', onClose);
      if (error) reject(error);
      else resolve();
    };
    const onClose = () => {
      finish(new Error('The server closed a connection in the middle of the measurement.'));
    };
    const send = () => {
      const request = take();
      if (request === undefined) finish();
      else socket.write(request, 'latin1');
    };
    const onData = (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (!isWhole(text)) return;
      const answer = text;
      text = '';
      if (answer.startsWith(GOOD_ANSWER)) send();
      else finish(new Error(`A write was answered ${answer.slice(0, 400)}`));
    };
    socket.on('data', onData);
    socket.on('close', onClose);
    send();
  });
}

function isWhole(answer: string): boolean {
  const headEnd = answer.indexOf(END_OF_HEAD);
  if (headEnd < 0) return false;
  const length = /content-length: (\d+)/i.exec(answer)?.[1];
  return answer.length >= headEnd + END_OF_HEAD.length + Number(length ?? 0);
}
