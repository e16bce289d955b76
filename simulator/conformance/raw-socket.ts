import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { readChallenges, signRequest } from './digest-client.ts';
import type { Rig } from './rig.ts';

/** A connection written to byte by byte, for what no HTTP library would send. */
export interface RawSocket {
  socket: Socket;
  write(text: string | Buffer): void;
  /** Resolves with all that came so far, once it fits; rejects when the connection ends before. */
  until(fits: RegExp): Promise<string>;
  /** Resolves with all that came, and how it ended: `end`, or the code of the error. */
  ended(): Promise<{ text: string; how: string }>;
}

export async function rawSocket(device: { host: string; port: number }): Promise<RawSocket> {
  const socket = connect(device.port, device.host);
  onTestFinished(() => {
    socket.destroy();
  });
  let text = '';
  let how: string | null = null;
  const waiting = new Set<() => void>();
  const tell = () => {
    for (const look of [...waiting]) look();
  };
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    tell();
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    how = error.code ?? error.message;
  });
  socket.on('close', () => {
    how ??= 'end';
    tell();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  const wait = <Result>(look: () => Result | undefined) =>
    new Promise<Result>((resolve, reject) => {
      const attempt = () => {
        try {
          const found = look();
          if (found === undefined) return;
          waiting.delete(attempt);
          resolve(found);
        } catch (error) {
          waiting.delete(attempt);
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      waiting.add(attempt);
      attempt();
    });
  return {
    socket,
    write: (data) => {
      socket.write(data);
    },
    until: (fits) =>
      wait(() => {
        if (fits.test(text)) return text;
        if (how !== null) throw new Error(`The connection ended (${how}) before ${String(fits)}: ${text}`);
        return undefined;
      }),
    ended: () => wait(() => (how === null ? undefined : { text, how })),
  };
}

/** The head of a signed request, without the blank line at its end. */
export async function signedHead(rig: Rig, method: string, target: string): Promise<string> {
  const answer = await rig.send({ target });
  const [challenge] = readChallenges(answer.headers['www-authenticate']);
  if (!challenge) throw new Error('no challenge');
  const { username, password } = rig.device;
  const authorization = signRequest({ method, target }, challenge, { username, password });
  return `${method} ${target} HTTP/1.1\r\nHost: t\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\n`;
}
