import { connect, type Socket } from 'node:net';

/** Requests under way at one time: the server always has work, and sends its answers in few pieces. */
const AHEAD = 16;
const ANSWER_START = 'HTTP/1.1 ';

export interface LoadResult {
  perSecond: number;
  /** Part of the time in which this process was at work: near 1 it would have been the bottleneck. */
  generatorLoad: number;
}

/** Connects to a server on the loopback address. */
export function connectTo(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      resolve(socket);
    });
  });
}

/**
 * Sends requests, made beforehand, over one connection, always some ahead of the answers, and counts the answers.
 * Rejects at the first answer that is not 200: then something else was measured.
 */
export function runLoad(socket: Socket, requests: readonly string[]): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    let sent = 0;
    let answered = 0;
    let rest = '';
    const before = performance.eventLoopUtilization();
    const startedMs = performance.now();
    const sendTo = (end: number) => {
      const upTo = Math.min(end, requests.length);
      if (upTo > sent) socket.write(requests.slice(sent, upTo).join(''), 'latin1');
      sent = Math.max(sent, upTo);
    };
    const finish = (error?: Error) => {
      socket.off('data', onData);
      socket.off('close', onClose);
      const seconds = (performance.now() - startedMs) / 1000;
      if (error) reject(error);
      else
        resolve({
          perSecond: requests.length / seconds,
          generatorLoad: performance.eventLoopUtilization(before).utilization,
        });
    };
    const onClose = () => {
      finish(new Error(`The server closed the connection after ${answered} answers.`));
    };
    const onData = (chunk: Buffer) => {
      const text = rest + chunk.toString('latin1');
      let at = text.indexOf(ANSWER_START);
      while (at >= 0 && text.length >= at + ANSWER_START.length + 3) {
        const status = text.slice(at + ANSWER_START.length, at + ANSWER_START.length + 3);
        if (status !== '200') {
          finish(new Error(`A write was answered ${text.slice(at, at + 400)}`));
          return;
        }
        answered += 1;
        at = text.indexOf(ANSWER_START, at + ANSWER_START.length);
      }
      // The beginning of an answer may be cut in two.
      rest = at >= 0 ? text.slice(at) : cutBeginning(text);
      if (answered === requests.length) finish();
      else sendTo(answered + AHEAD);
    };
    socket.on('data', onData);
    socket.on('close', onClose);
    sendTo(AHEAD);
  });
}

/** The longest end of `text` that may be the beginning of an answer. */
function cutBeginning(text: string): string {
  for (let length = Math.min(text.length, ANSWER_START.length - 1); length > 0; length -= 1)
    if (ANSWER_START.startsWith(text.slice(-length))) return text.slice(-length);
  return '';
}
