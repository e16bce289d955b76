import { connect, type Socket } from 'node:net';

/** What every answer of a write that was carried out begins with. */
const GOOD_ANSWER = 'HTTP/1.1 200 ';
const END_OF_HEAD = '\r\n\r\n';

export interface LoadResult {
  perSecond: number;
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
  const stopSpinning = stayAwake();
  const startedMs = performance.now();
  try {
    await Promise.all(sockets.map((socket) => exchangeAll(socket, () => requests[next++])));
  } finally {
    stopSpinning();
  }
  return { perSecond: requests.length / ((performance.now() - startedMs) / 1000) };
}

/**
 * Keeps this process from sleeping until the returned function is called. To wake a sleeping process is work of the
 * one who sends, in a virtual machine more than the answer itself, and only the slower of two servers would pay it.
 */
function stayAwake(): () => void {
  let awake = true;
  const spin = () => {
    if (awake) setImmediate(spin);
  };
  spin();
  return () => {
    awake = false;
  };
}

function exchangeAll(socket: Socket, take: () => string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (socket.destroyed) {
      reject(new Error('The server closed a connection between two measurements.'));
      return;
    }
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
