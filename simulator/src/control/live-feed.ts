import type { Request, Response } from 'express';
import type { Fleet, FleetEvent } from '../fleet-types.ts';
import { Problem } from './problem.ts';

/** Feeds that may be open at one time. */
export const MAX_FEEDS = 50;
/** A reader that lags behind by more than this is let go; it may connect again. */
const MAX_BACKLOG_BYTES = 1024 * 1024;
/** A comment now and then keeps proxies from closing a quiet feed. */
const KEEP_ALIVE_MS = 15_000;

function deviceOf(event: FleetEvent): string {
  return event.type === 'request' ? event.entry.deviceId : event.deviceId;
}

/** One event as it goes over the wire. */
function serverSentEvent(event: FleetEvent): string {
  const { type, ...rest } = event;
  const data = event.type === 'request' ? event.entry : rest;
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** `GET /api/events`: what happens in the fleet, as server-sent events, until the client leaves. */
export class LiveFeed {
  readonly #fleet: Fleet;
  readonly #closers = new Set<() => void>();

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
  }

  /** @throws Problem `too_many_listeners` */
  open(request: Request, response: Response): void {
    if (this.#closers.size >= MAX_FEEDS)
      throw new Problem('too_many_listeners', `${MAX_FEEDS} live feeds are open; close one and try again.`);
    const { device } = request.query;
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    response.write(': connected\n\n');
    const leave = this.#fleet.subscribe((event) => {
      if (typeof device === 'string' && deviceOf(event) !== device) return;
      response.write(serverSentEvent(event));
      if (response.writableLength > MAX_BACKLOG_BYTES) response.destroy();
    });
    const beat = setInterval(() => response.write(': still here\n\n'), KEEP_ALIVE_MS);
    const close = () => {
      leave();
      clearInterval(beat);
      this.#closers.delete(close);
      response.end();
    };
    this.#closers.add(close);
    response.on('close', close);
  }

  /** Ends every open feed. */
  stop(): void {
    for (const close of [...this.#closers]) close();
  }
}
