import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { streamOverSocket } from './open-stream.ts';
import { makeRig, seen, type LineCall } from './make-rig.ts';
import type { Rig, Seen, Way } from './rig.ts';

/** Over a real socket, a connection per request. Self-signed certificates are taken as they are. */
export const socketWay: Way = {
  name: 'sockets',
  rig: (options) => makeRig({ listens: true, send: sendOverSocket, stream: streamOverSocket }, options),
};

export function sendOverSocket({ device }: Pick<Rig, 'device'>, call: LineCall): Promise<Seen> {
  const send = device.scheme === 'https' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(
      {
        host: device.host,
        port: device.port,
        method: call.method,
        path: call.target,
        headers: call.body ? { ...call.headers, 'content-length': call.body.length } : call.headers,
        agent: false,
        ...(device.scheme === 'https' ? { rejectUnauthorized: false } : {}),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
          resolve(
            seen(
              response.statusCode ?? 0,
              Object.fromEntries(headers) as Record<string, string>,
              Buffer.concat(chunks),
            ),
          );
        });
      },
    );
    request.on('error', reject);
    request.end(call.body);
  });
}
