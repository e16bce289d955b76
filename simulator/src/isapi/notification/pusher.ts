import type { Clock } from '../../clock.ts';
import type { AccessEvent } from '../../terminal/event-record.ts';
import { hostHears, type HttpHost } from '../../terminal/http-hosts.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { JSON_TYPE, XML_TYPE } from '../answers.ts';
import { notification } from '../events/event-json.ts';
import { eventPicture } from '../pictures/picture-bytes.ts';
import { xmlDocument, type XmlTree } from '../xml.ts';
import { BOUNDARY, pushBody } from './multipart.ts';

export interface Push {
  url: string;
  contentType: string;
  body: Buffer;
}

export type PushResult = { ok: true; status: number } | { ok: false; why: string };

/** A push that was tried, for whoever watches. */
export interface PushReport {
  slot: number;
  url: string;
  serialNo: number;
  /** From 1. */
  attempt: number;
  result: PushResult;
}

/** Sends one push to a listener: bounded in time, allowed hosts only. Never rejects. */
export type PostToListener = (push: Push, signal: AbortSignal) => Promise<PushResult>;

/** Events that wait for one slot; the oldest give way. Assumed: no device says how many it keeps. */
const MAX_WAITING = 64;
/** With `checkResponseEnabled` a push is repeated until HTTP 200 [vendor guide]; how often and when is assumed. */
const MAX_TRIES = 3;
const RETRY_MS = 10_000;

export interface PusherDeps {
  terminal: Terminal;
  clock: Clock;
  post: PostToListener;
  /** How the device calls itself: `http://127.0.0.1:9101`. */
  origin: () => string;
  /** Aborts when the terminal loses power: what waits is lost then. */
  powerSignal: () => AbortSignal;
  /** What became of a push, each time one was tried. */
  onPushed?: (report: PushReport) => void;
  /** A mistake of the simulator, not of the listener; the event is not pushed. */
  onDefect: (error: unknown) => void;
}

/** Pushes every event of a terminal to the slots that listen, one after the other per slot. */
export class Pusher {
  readonly #deps: PusherDeps;
  /** Events waiting by slot; a slot is there only while it is being worked on. */
  readonly #waiting = new Map<number, AccessEvent[]>();

  constructor(deps: PusherDeps) {
    this.#deps = deps;
  }

  /** Listens to the terminal from now on. Returns the way to stop. */
  start(): () => void {
    const { terminal } = this.#deps;
    return terminal.events.subscribe((event) => {
      for (const host of terminal.hosts.listening())
        if (hostHears(host, event, terminal.traits.httpHostsWrites)) this.#enqueue(host.id, event);
    });
  }

  #enqueue(slot: number, event: AccessEvent): void {
    const waiting = this.#waiting.get(slot);
    if (!waiting) {
      this.#waiting.set(slot, [event]);
      void this.#work(slot);
      return;
    }
    waiting.push(event);
    if (waiting.length > MAX_WAITING) waiting.shift();
  }

  async #work(slot: number): Promise<void> {
    const signal = this.#deps.powerSignal();
    const waiting = this.#waiting.get(slot) ?? [];
    for (let event = waiting.shift(); event && !signal.aborted; event = waiting.shift()) {
      try {
        await this.#deliver(slot, event, signal);
      } catch (error) {
        this.#deps.onDefect(error);
      }
    }
    this.#waiting.delete(slot);
  }

  async #deliver(slot: number, event: AccessEvent, signal: AbortSignal): Promise<void> {
    const { terminal, clock, post, origin, onPushed } = this.#deps;
    for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
      // Read anew each time: the slot may have been cleared meanwhile.
      const host = terminal.hosts.listening().find((known) => known.id === slot);
      if (!host) return;
      const push = await composePush(terminal, host, event, origin());
      const result = await post(push, signal);
      onPushed?.({ slot, url: push.url, serialNo: event.serialNo, attempt, result });
      if (!host.checkResponseEnabled || (result.ok && result.status === 200)) return;
      await clock.sleep(RETRY_MS, signal);
      if (signal.aborted) return;
    }
  }
}

/** The request of a push: multipart, the part of the event as the model names it, then its picture. */
async function composePush(
  terminal: Terminal,
  host: HttpHost,
  event: AccessEvent,
  origin: string,
): Promise<Push> {
  const document = notification(terminal, event, { origin, isLive: true });
  const { pushPartName, pushPartTyped } = terminal.traits;
  const isJson = host.parameterFormatType === 'JSON';
  const body = isJson
    ? JSON.stringify(document, null, 2)
    : xmlDocument(terminal.traits, 'EventNotificationAlert', JSON.parse(JSON.stringify(document)) as XmlTree);
  const picture = event.picture
    ? await eventPicture(terminal, { serialNo: event.serialNo, of: event.picture.of })
    : null;
  return {
    url: listenerUrl(host),
    contentType: `multipart/form-data; boundary=${BOUNDARY}`,
    body: pushBody(
      { name: pushPartName, body, contentType: pushPartTyped ? (isJson ? JSON_TYPE : XML_TYPE) : null },
      picture,
    ),
  };
}

/** Slots hold a path; where somebody stored a whole address, only its path counts (assumed). */
export function listenerUrl(host: HttpHost): string {
  const scheme = host.protocolType === 'HTTPS' ? 'https' : 'http';
  const authority = host.address.includes(':') ? `[${host.address}]` : host.address;
  const path = host.url.replace(/^[a-z]+:\/\/[^/]*/i, '');
  return `${scheme}://${authority}:${host.portNo}${path.startsWith('/') ? '' : '/'}${path}`;
}
