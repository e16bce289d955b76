import type { DeviceSpec, SimulatedDevice } from '../src/fleet-types.ts';
import type { Push, PushResult } from '../src/isapi/notification/pusher.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** What a client saw. */
export interface Seen {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Buffer;
  text: string;
  /** The body as JSON; throws with the body in the message when it is none. */
  json(): unknown;
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path with query. */
  target: string;
  /** An object is sent as JSON. */
  body?: string | Buffer | object;
  contentType?: string;
  headers?: Record<string, string>;
}

/** An answer without end, read as it comes. An answer with an end looks the same, and is over at once. */
export interface OpenStream {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Everything that came so far, bytes as Latin-1. */
  all: () => string;
  /** Resolves with all that came so far, once it fits; rejects when the stream ends before. */
  until: (fits: RegExp) => Promise<string>;
  ended: Promise<void>;
  /** The client leaves. */
  close: () => void;
}

/** One terminal with a clock in the test's hand, and a way to speak to it. */
export interface Rig {
  device: SimulatedDevice;
  clock: VirtualClock;
  /** As it stands, without credentials. */
  send(call: Call): Promise<Seen>;
  /** With a fresh handshake; as the terminal's administrator unless somebody else is named. Default method: GET, with a body POST. */
  call(call: Call, as?: { username: string; password: string }): Promise<Seen>;
  /** As `call`, for an answer that does not end. */
  stream(call: Call): Promise<OpenStream>;
  /** What the terminal pushed, in order. */
  pushes: Push[];
  /** Resolves when so many pushes have left. */
  pushed(count: number): Promise<void>;
}

export interface RigOptions extends Omit<DeviceSpec, 'id' | 'port'> {
  /** Pictures a terminal can download, by URL; nothing else is on the network. */
  pictures?: Record<string, Buffer>;
  /** What listeners answer to pushes, one after the other; then always 200. */
  listenerAnswers?: PushResult[];
}

/** One way to reach a terminal. A suite is a function of the way, so that each row is run by all of them. */
export interface Way {
  name: 'in process' | 'sockets' | 'curl';
  /** Ends by itself with the test. */
  rig(options?: RigOptions): Promise<Rig>;
}

/** A multipart body as clients send a face: JSON first, then the picture. */
export function multipart(
  parts: { name: string; filename?: string; type?: string; data: string | Buffer }[],
): { body: Buffer; contentType: string } {
  const boundary = '---------------------------7e13971310878';
  const pieces = parts.flatMap(({ name, filename, type, data }) => [
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}\r\n`,
    `${type === undefined ? '' : `Content-Type: ${type}\r\n`}\r\n`,
    data,
    '\r\n',
  ]);
  const body = Buffer.concat([...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece)));
  return { body, contentType: `multipart/form-data; boundary=${boundary}` };
}
