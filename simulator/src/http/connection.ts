import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** Requests a client may send ahead on one connection before it is cut. */
const MAX_WAITING = 32;

const HOST_FORM = /^[A-Za-z0-9.\-:[\]_]{1,255}$/;
const IPV4_IN_IPV6 = '::ffff:';

/** One client connection: what was served on it, and requests sent ahead, which wait for their turn. */
export class Connection {
  /** Answers so far. */
  served = 0;
  readonly socket: Socket;
  /** Without the prefix of an IPv4 address that came in by IPv6. */
  readonly remoteAddress: string;
  #origin = { host: '', text: '' };
  #busy = false;
  readonly #waiting: (() => void)[] = [];

  constructor(socket: Socket) {
    this.socket = socket;
    const address = socket.remoteAddress ?? '';
    this.remoteAddress = address.startsWith(IPV4_IN_IPV6) ? address.slice(IPV4_IN_IPV6.length) : address;
  }

  /** How the client addresses the device: what it names in its Host header, or `fallback` where that is of no use. */
  originFor(scheme: 'http' | 'https', hostHeader: string | undefined, fallback: () => string): string {
    const host = hostHeader ?? '';
    // A client names the same host in all its requests.
    if (this.#origin.host !== host || this.#origin.text === '')
      this.#origin = { host, text: `${scheme}://${HOST_FORM.test(host) ? host : fallback()}` };
    return this.#origin.text;
  }

  /** Runs `exchange` now, or after those before it. It calls `release` when the next may start. */
  take(exchange: () => void): void {
    if (!this.#busy) {
      this.#busy = true;
      exchange();
      return;
    }
    if (this.#waiting.length >= MAX_WAITING) this.socket.destroy();
    else this.#waiting.push(exchange);
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next && !this.socket.destroyed) next();
    else this.#busy = false;
  }

  /** Ends it so that the client sees a reset. TLS has none: there it is an end without goodbye. */
  reset(): void {
    if (this.socket instanceof TLSSocket) this.socket.destroy();
    else this.socket.resetAndDestroy();
  }
}
