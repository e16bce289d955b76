import { onTestFinished } from 'vitest';
import type { DownloadResult } from '../src/isapi/endpoint.ts';
import { startFleet } from '../src/fleet.ts';
import type { Push } from '../src/isapi/notification/pusher.ts';
import { readChallenges, signRequest, type Credentials } from './digest-client.ts';
import type { Call, OpenStream, Rig, RigOptions, Seen } from './rig.ts';
import { virtualClock } from './virtual-clock.ts';

/** A call ready for the line: bodies are bytes, headers are complete. */
export interface LineCall {
  method: string;
  target: string;
  headers: Record<string, string>;
  body: Buffer | undefined;
}

export interface Line {
  listens: boolean;
  send(rig: Pick<Rig, 'device'>, call: LineCall): Promise<Seen>;
  stream(rig: Pick<Rig, 'device'>, call: LineCall): Promise<OpenStream>;
  /** A client with its own digest; absent: the handshake of `digest-client.ts`. */
  call?(rig: Pick<Rig, 'device'>, call: LineCall, as: { username: string; password: string }): Promise<Seen>;
}

/** Calls take no time unless a test says so: the clock stands still. */
const TIMELESS = { answerMs: 0, modellingMinMs: 0, modellingMaxMs: 0 };

/** A terminal on its own, reached over `line`, gone with the test. */
export async function makeRig(line: Line, options: RigOptions = {}): Promise<Rig> {
  const clock = virtualClock();
  const { pictures = {}, listenerAnswers = [], ...spec } = options;
  const pushes: Push[] = [];
  const waiting = new Set<() => void>();
  const fleet = await startFleet({
    devices: [{ ...spec, traits: { ...TIMELESS, ...spec.traits } }],
    listen: line.listens,
    clock,
    download: (url) => Promise.resolve(pictureAt(pictures, url)),
    post: (push) => {
      pushes.push(push);
      for (const look of [...waiting]) look();
      return Promise.resolve(listenerAnswers.shift() ?? { ok: true, status: 200 });
    },
  });
  onTestFinished(() => fleet.stop());
  const [device] = fleet.devices;
  if (!device) throw new Error('The fleet of one has no device.');
  const rig: Rig = {
    device,
    clock,
    send: (call) => line.send(rig, lineCall(call)),
    call: async (call, as = { username: device.username, password: device.password }) => {
      const ready = lineCall(call);
      if (line.call) return line.call(rig, ready, as);
      const first = await line.send(rig, { ...ready, headers: { ...ready.headers } });
      const signed = signedCall(ready, first, as);
      return signed ? line.send(rig, signed) : first;
    },
    stream: async (call) => {
      const ready = lineCall(call);
      const first = await line.send(rig, ready);
      const signed = signedCall(ready, first, { username: device.username, password: device.password });
      if (!signed) throw new Error(`HTTP ${first.status} without a challenge`);
      return line.stream(rig, signed);
    },
    pushes,
    pushed: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (pushes.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
  return rig;
}

/** The second half of a handshake; null when the first half got no challenge. */
function signedCall(ready: LineCall, first: Seen, as: Credentials): LineCall | null {
  const [challenge] = readChallenges(first.headers['www-authenticate']);
  if (first.status !== 401 || !challenge) return null;
  const authorization = signRequest(ready, challenge, as);
  return { ...ready, headers: { ...ready.headers, authorization } };
}

export function seen(status: number, headers: Record<string, string>, body: Buffer): Seen {
  return {
    status,
    headers,
    body,
    get text() {
      return body.toString('utf8');
    },
    json() {
      try {
        return JSON.parse(body.toString('utf8')) as unknown;
      } catch (cause) {
        throw new Error(`HTTP ${status} is not JSON: ${body.toString('utf8', 0, 500)}`, { cause });
      }
    },
  };
}

function lineCall(call: Call): LineCall {
  const { body, headers = {} } = call;
  const bytes =
    body === undefined
      ? undefined
      : Buffer.isBuffer(body)
        ? body
        : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const contentType = call.contentType ?? (bytes ? 'application/json' : undefined);
  return {
    method: call.method ?? (bytes ? 'POST' : 'GET'),
    target: call.target,
    headers: { ...(contentType === undefined ? {} : { 'content-type': contentType }), ...headers },
    body: bytes,
  };
}

function pictureAt(pictures: Record<string, Buffer>, url: string): DownloadResult {
  const bytes = pictures[url];
  return bytes ? { ok: true, bytes } : { ok: false, why: 'HTTP 404' };
}
