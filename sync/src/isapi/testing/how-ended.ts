import type { Socket } from 'node:net';

/** How the other side ended a connection: in good order, or what the system says of it (`ECONNRESET`). */
export function howEnded(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    socket.on('error', ({ code }: NodeJS.ErrnoException) => {
      resolve(code ?? 'an error without a code');
    });
    socket.on('end', () => {
      resolve('closed in good order');
    });
  });
}
