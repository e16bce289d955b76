import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LineCall } from './make-rig.ts';
import type { OpenStream, Rig } from './rig.ts';

/** Text of a stream as it comes, and those who wait for a part of it. */
interface StreamText {
  add: (chunk: Buffer) => void;
  /** Whoever still waits is refused. */
  end: () => void;
  all: () => string;
  until: (fits: RegExp) => Promise<string>;
  ended: Promise<void>;
}

function streamText(): StreamText {
  let text = '';
  let over = false;
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const waiting = new Set<() => void>();
  const tell = () => {
    for (const look of [...waiting]) look();
  };
  return {
    ended,
    all: () => text,
    add: (chunk) => {
      text += chunk.toString('latin1');
      tell();
    },
    end: () => {
      over = true;
      end();
      tell();
    },
    until: (fits) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (fits.test(text)) resolve(text);
          else if (over) reject(new Error(`The stream ended before ${String(fits)}: ${text.slice(-500)}`));
          else return;
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      }),
  };
}

/** Over a real socket. Rejects when the connection ends without an answer. */
export function streamOverSocket({ device }: Pick<Rig, 'device'>, call: LineCall): Promise<OpenStream> {
  const send = device.scheme === 'https' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(
      {
        host: device.host,
        port: device.port,
        method: call.method,
        path: call.target,
        headers: call.headers,
        agent: false,
        rejectUnauthorized: false,
      },
      (response: IncomingMessage) => {
        const text = streamText();
        response.on('data', text.add);
        response.on('error', () => undefined);
        response.on('close', text.end);
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(
            Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
          ),
          all: text.all,
          until: text.until,
          ended: text.ended,
          close: () => {
            response.destroy();
          },
        });
      },
    );
    request.on('error', reject);
    request.end(call.body);
  });
}

/** Past the socket. Rejects where a client would get no answer. */
export function streamInProcess({ device }: Pick<Rig, 'device'>, call: LineCall): Promise<OpenStream> {
  const { method, target, headers, body } = call;
  const text = streamText();
  const client = new AbortController();
  return new Promise((resolve, reject) => {
    const open = (head: { status: number; headers: Record<string, string> }) => {
      const close = () => {
        client.abort();
      };
      resolve({ ...head, all: text.all, until: text.until, ended: text.ended, close });
    };
    const request = { method, target, headers, ...(body ? { body } : {}), signal: client.signal };
    device
      .handle({ ...request, onHead: open, onData: text.add })
      .then((answer) => {
        if (answer.kind === 'no-answer') throw new Error(`${target} got no answer: ${answer.how}.`);
        const flat = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
        if (text.all() === '') text.add(answer.body);
        text.end();
        open({ status: answer.status, headers: Object.fromEntries(flat) as Record<string, string> });
      })
      .catch(reject);
  });
}
