import type { Express } from 'express';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Connections held at once; a sync request holds one until its run is over. */
const MAX_CONNECTIONS = 1_000;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const MAX_HEADER_BYTES = 32_768;
/** A client that does not take its answer must not hold up the end. */
const STOP_GRACE_MS = 5_000;

/** The API cannot listen where it should. */
export class ListenError extends Error {
  readonly code = 'cannot_listen';
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): ListenError {
  const reasons: Record<string, string> = {
    EADDRINUSE: 'another program listens there already. Stop it, or set PORT to another port',
    EACCES: 'this user may not open that port. Set PORT to 1024 or higher',
    EADDRNOTAVAIL: 'this machine has no such address. Set HOST to one it has, or to 0.0.0.0 for all',
    ENOTFOUND: 'the name is not known. Set HOST to an address',
  };
  const reason = reasons[error.code ?? ''] ?? error.message;
  return new ListenError(`The API cannot listen on ${host}, port ${port}: ${reason}.`, { cause: error });
}

export interface RunningServer {
  url: string;
  /** Takes no new connections and resolves when the open requests are answered, or cut off after a grace. */
  stop(): Promise<void>;
}

/** @throws ListenError saying which setting to change. */
export async function listen(app: Express, host: string, port: number): Promise<RunningServer> {
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    // Express hands back a promise-free listener; its types know only Node's older ones.
    (request, response) => {
      app(request, response);
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(explain(error, host, port));
    });
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const shownHost = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${shownHost}:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => {
          server.closeAllConnections();
        }, STOP_GRACE_MS);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
