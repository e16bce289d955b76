import type { Clock } from '../../clock.ts';
import type { AccessEvent } from '../../terminal/event-record.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { JSON_TYPE } from '../answers.ts';
import { notification } from '../events/event-json.ts';
import { eventPicture } from '../pictures/picture-bytes.ts';
import { heartbeat, HEARTBEAT_MS } from './heartbeat.ts';
import { streamPart } from './multipart.ts';

/** Stored events a stream begins with; assumed, so that a long history does not drown who listens. */
const MAX_REPLAY = 500;
/** Events whose pictures wait to be sent; beyond that an event goes without. */
const MAX_WAITING = 64;

export interface FeedOptions {
  terminal: Terminal;
  clock: Clock;
  /** How the listener addressed the device. */
  origin: string;
  write: (chunk: string | Buffer) => void;
  signal: AbortSignal;
}

/** Writes a first heartbeat and history (by trait), live events and heartbeats until `signal` aborts. Parts never overtake each other. */
export function feedEvents({ terminal, clock, origin, write, signal }: FeedOptions): void {
  let waiting = 0;
  let tail: Promise<void> = Promise.resolve();
  const writeJson = (document: object) => {
    if (!signal.aborted) write(streamPart(JSON_TYPE, `${JSON.stringify(document, null, 2)}\n`));
  };
  const send = async (event: AccessEvent, isLive: boolean, withPicture: boolean) => {
    writeJson(notification(terminal, event, { origin, isLive }));
    if (!event.picture || !withPicture) return;
    const picture = await eventPicture(terminal, { serialNo: event.serialNo, of: event.picture.of });
    if (!signal.aborted) write(streamPart('image/jpeg', picture));
  };
  /** Runs at once while nothing waits, so that most parts leave in the very call that caused them. */
  const inTurn = (work: () => Promise<void>) => {
    waiting += 1;
    const done = () => {
      waiting -= 1;
    };
    // A picture that cannot be had is left out; the stream goes on.
    tail = (waiting === 1 ? work() : tail.then(work)).then(done, done);
  };

  const { alertStreamReplay, firstHeartbeat } = terminal.traits;
  const first = firstHeartbeat === 'at-once' ? heartbeat(terminal, origin, 1) : null;
  if (first) writeJson(first);
  if (alertStreamReplay)
    for (const event of terminal.events.latest(MAX_REPLAY)) inTurn(() => send(event, false, false));
  const unsubscribe = terminal.events.subscribe((event) => {
    const withPicture = waiting < MAX_WAITING;
    inTurn(() => send(event, true, withPicture));
  });
  signal.addEventListener('abort', unsubscribe, { once: true });
  void beat({ terminal, clock, origin, signal }, first ? 2 : 1, (document) => {
    inTurn(() => {
      writeJson(document);
      return Promise.resolve();
    });
  });
}

async function beat(
  { terminal, clock, origin, signal }: Omit<FeedOptions, 'write'>,
  firstCount: number,
  send: (document: object) => void,
): Promise<void> {
  if (terminal.traits.heartbeat === 'none') return;
  for (let count = firstCount; ; count += 1) {
    await clock.sleep(HEARTBEAT_MS, signal);
    if (signal.aborted) return;
    const document = heartbeat(terminal, origin, count);
    if (document) send(document);
  }
}
