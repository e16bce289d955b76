import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** Requests a client may send ahead on one connection before it is cut. */
const MAX_WAITING = 32;

/** One client connection: what was served on it, and requests sent ahead, which wait for their turn. */
export class Connection {
  /** Answers so far. */
  served = 0;
  readonly socket: Socket;
  #busy = false;
  readonly #waiting: (() => void)[] = [];

  constructor(socket: Socket) {
    this.socket = socket;
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
