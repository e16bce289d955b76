import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface RawServer {
  port: number;
  /** Resolves with the n-th (from 0) request head that arrived, whole with its blank line. */
  request(index: number): Promise<string>;
  close(): Promise<void>;
}

/** Bytes for bytes: a server that does to each request what the test says, right or wrong. */
export async function startRawServer(
  onRequest: (socket: Socket, head: string, index: number) => void,
): Promise<RawServer> {
  const heads: string[] = [];
  const waiting: { index: number; resolve: (head: string) => void }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let pending = '';
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      for (let end = pending.indexOf('\r\n\r\n'); end >= 0; end = pending.indexOf('\r\n\r\n')) {
        const head = pending.slice(0, end + 4);
        const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
        if (pending.length < end + 4 + length) return;
        pending = pending.slice(end + 4 + length);
        const index = heads.push(head) - 1;
        for (const waiter of waiting) if (waiter.index === index) waiter.resolve(head);
        onRequest(socket, head, index);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    request: (index) =>
      new Promise((resolve) => {
        const head = heads[index];
        if (head === undefined) waiting.push({ index, resolve });
        else resolve(head);
      }),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A challenge as a terminal on MD5 sends it. */
export function challengeText(nonce = 'ZmVkYzNiNzZl', extra = ''): string {
  return (
    'HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n' +
    `WWW-Authenticate: Digest qop="auth", realm="DS-0753f32c", nonce="${nonce}", stale="false", opaque=""${extra}\r\n\r\n`
  );
}
