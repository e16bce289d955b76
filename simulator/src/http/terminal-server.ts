import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '../clock.ts';
import type { Traits } from '../profiles/traits.ts';
import { afterInput } from './after-input.ts';
import type { Certificate } from './certificate.ts';
import { Connection } from './connection.ts';
import type { Delivered, RequestHead } from './exchange.ts';
import type { Passage, Pipeline } from './pipeline.ts';
import type { Power } from './power.ts';
import { bodyBegins, readBody } from './read-body.ts';
import { deliver, type Delivery } from './socket-delivery.ts';
import { deliverStream } from './socket-stream.ts';

export interface TerminalServerDeps {
  pipeline: Pipeline;
  power: Power;
  clock: Clock;
  traits: Traits;
  host: string;
  /** Null: plain http. */
  certificate: Certificate | null;
  /** Whether this new connection finds the port closed. */
  refuses: () => boolean;
  onDefect: (error: unknown) => void;
}

const MAX_CONNECTIONS = 512;
const HEADERS_TIMEOUT_MS = 20_000;
/** A request that is not whole by then is given up: 408, and the connection ends. */
const REQUEST_TIMEOUT_MS = 30_000;
const TIMEOUT_CHECK_MS = 5_000;
const MAX_HEADER_BYTES = 16 * 1024;

/** The socket side of one terminal. Can be closed and opened again on its port, as a device that comes and goes. */
export class TerminalServer {
  readonly #deps: TerminalServerDeps;
  readonly #connections = new Set<Socket>();
  #server: Server | null = null;
  #port = 0;

  constructor(deps: TerminalServerDeps) {
    this.#deps = deps;
  }

  /** 0 before the first `open`. */
  get port(): number {
    return this.#port;
  }

  get listening(): boolean {
    return this.#server !== null;
  }

  /** Listens on `port`; 0: a free one, kept for later openings. Rejects when the port is taken. */
  async open(port: number): Promise<void> {
    if (this.#server) return;
    const server = this.#build();
    this.#server = server;
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, this.#deps.host, resolve);
      });
    } catch (error) {
      this.#server = null;
      throw new Error(portTrouble(error, this.#deps.host, port), { cause: error });
    }
    server.on('error', this.#deps.onDefect);
    this.#port = (server.address() as AddressInfo).port;
  }

  /** Closes the port and cuts every connection. */
  async close(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = null;
    const closed = new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
    });
    for (const socket of this.#connections) socket.destroy();
    await closed;
  }

  #build(): Server {
    const { traits, certificate } = this.#deps;
    const options: ServerOptions = {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: TIMEOUT_CHECK_MS,
      keepAliveTimeout: traits.keepAliveTimeoutS * 1000,
      maxHeaderSize: MAX_HEADER_BYTES,
      noDelay: true,
    };
    const server = certificate
      ? createSecureServer({ ...options, key: certificate.key, cert: certificate.cert })
      : createServer(options);
    server.maxConnections = MAX_CONNECTIONS;
    server.on('connection', (socket: Socket) => {
      this.#accept(socket);
    });
    const answer = (request: IncomingMessage, response: ServerResponse) => {
      this.#receive(request, response, false);
    };
    server.on('request', answer);
    server.on('checkExpectation', answer);
    server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
      this.#receive(request, response, true);
    });
    server.on('clientError', refuseBrokenRequest);
    return server;
  }

  #accept(socket: Socket): void {
    if (this.#deps.refuses()) {
      socket.resetAndDestroy();
      return;
    }
    this.#connections.add(socket);
    socket.on('close', () => {
      this.#connections.delete(socket);
    });
  }

  #receive(request: IncomingMessage, response: ServerResponse, waitsForContinue: boolean): void {
    response.sendDate = false;
    response.on('error', swallow);
    request.on('error', swallow);
    const connection = connectionOf(request.socket);
    connection.take(() => {
      afterInput(() => {
        this.#exchange(request, response, connection, waitsForContinue);
      });
    });
  }

  /** Never throws. */
  #exchange(
    request: IncomingMessage,
    response: ServerResponse,
    connection: Connection,
    waitsForContinue: boolean,
  ): void {
    const { pipeline, clock, traits, onDefect } = this.#deps;
    const source = {
      read: () => {
        if (waitsForContinue) response.writeContinue();
        return readBody(request);
      },
      begin: () => {
        if (waitsForContinue) response.writeContinue();
        return bodyBegins(request);
      },
    };
    const way: Delivery = { request, response, connection, clock, traits };
    try {
      const passage = pipeline.run(this.#headOf(request, connection), source);
      if (passage instanceof Promise) passage.then((late) => this.#deliver(late, way)).catch(onDefect);
      else this.#deliver(passage, way)?.catch(onDefect);
    } catch (error) {
      onDefect(error);
    }
  }

  #deliver(passage: Passage, way: Delivery): Promise<void> | undefined {
    const { pipeline, power } = this.#deps;
    const { outcome } = passage;
    if (outcome.kind === 'stream')
      return deliverStream(outcome, way, power.signal).then(() => {
        pipeline.finish(passage, 'stream');
      });
    const delivered = deliver(outcome, way);
    if (delivered instanceof Promise)
      return delivered.then((how) => {
        this.#finish(passage, way, how);
      });
    this.#finish(passage, way, delivered);
    return undefined;
  }

  #finish(passage: Passage, { connection }: Delivery, how: Delivered): void {
    this.#deps.pipeline.finish(passage, how);
    // A silent terminal says nothing to what was sent ahead either.
    if (how === 'answered') connection.release();
  }

  #headOf(request: IncomingMessage, connection: Connection): RequestHead {
    const { headers } = request;
    return {
      method: request.method ?? 'GET',
      target: request.url ?? '/',
      headers: headers as Record<string, string | undefined>,
      remoteAddress: connection.remoteAddress,
      origin: connection.originFor(
        this.#deps.certificate ? 'https' : 'http',
        headers.host,
        () => `${this.#deps.host}:${this.#port}`,
      ),
    };
  }
}

const connections = new WeakMap<Socket, Connection>();

function connectionOf(socket: Socket): Connection {
  let connection = connections.get(socket);
  if (!connection) {
    connection = new Connection(socket);
    connections.set(socket, connection);
  }
  return connection;
}

/** What the client broke is the client's matter; the exchange ends as `client-gone`. */
function swallow(): void {
  return;
}

/** Not HTTP, too long a head, or too slow: a short word, then the end of the connection. */
function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => {
    socket.destroy();
  });
}

function portTrouble(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE')
    return `Port ${port} of ${host} is taken by another program; choose another port, or 0 for a free one.`;
  if (code === 'EACCES') return `Port ${port} may not be opened without more rights; choose one above 1023.`;
  return `A terminal cannot listen on ${host}:${port} (${code || 'unknown reason'}); check host and port.`;
}
