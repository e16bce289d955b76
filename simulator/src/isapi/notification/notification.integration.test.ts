import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { readChallenges, signRequest } from '../../../conformance/digest-client.ts';
import { sendOverSocket } from '../../../conformance/socket-way.ts';
import { startFleet } from '../../fleet.ts';
import type { Fleet, SimulatedDevice } from '../../fleet-types.ts';

const STREAM = '/ISAPI/Event/notification/alertStream';
const SLOT = '/ISAPI/Event/notification/httpHosts/1';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function device(): Promise<SimulatedDevice> {
  const persons = [{ employeeNo: '1000', name: 'Popescu Ion', face: true }];
  const fleet: Fleet = await startFleet({ devices: [{ persons, traits: { answerMs: 0 } }] });
  ends.push(() => fleet.stop());
  const [only] = fleet.devices;
  if (!only) throw new Error('The fleet of one has no device.');
  return only;
}

async function authorization(own: SimulatedDevice, method: string, target: string): Promise<string> {
  const first = await sendOverSocket({ device: own }, { method, target, headers: {}, body: undefined });
  const [challenge] = readChallenges(first.headers['www-authenticate']);
  if (!challenge) throw new Error(`No challenge, HTTP ${first.status}`);
  return signRequest({ method, target }, challenge, own);
}

/** Opens the stream; `received` resolves when a text has come. */
async function listen(own: SimulatedDevice) {
  const headers = { authorization: await authorization(own, 'GET', STREAM) };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = httpRequest(`${own.url}${STREAM}`, { headers, agent: false }, resolve);
    request.on('error', reject);
    request.end();
  });
  let text = '';
  const waiters: { wanted: string; resolve: (text: string) => void }[] = [];
  const tell = () => {
    for (const { wanted, resolve } of waiters) if (text.includes(wanted)) resolve(text);
  };
  response.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    tell();
  });
  response.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => {
    response.on('close', resolve);
  });
  return {
    response,
    closed,
    leave: () => response.destroy(),
    received: (wanted: string) =>
      new Promise<string>((resolve) => {
        waiters.push({ wanted, resolve });
        tell();
      }),
  };
}

async function listener() {
  const bodies: string[] = [];
  let heard: () => void = () => undefined;
  const first = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(`${request.url ?? ''}\n${Buffer.concat(chunks).toString('latin1')}`);
      response.end();
      heard();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(
    () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  );
  return { bodies, first, port: (server.address() as AddressInfo).port };
}

describe('alertStream on the wire', () => {
  it('has no length and brings an event with its picture', async () => {
    const own = await device();
    const stream = await listen(own);
    expect(stream.response.statusCode).toBe(200);
    expect(stream.response.headers['content-type']).toBe('multipart/mixed; boundary=MIME_boundary');
    expect(stream.response.headers['content-length']).toBeUndefined();
    expect(stream.response.headers['transfer-encoding']).toBeUndefined();
    own.showFace('1000');
    const text = await stream.received('Content-Type: image/jpeg');
    expect(text).toContain('"employeeNoString": "1000"');
    stream.leave();
  });

  it('ends when the power goes, and the terminal takes another one after', async () => {
    const own = await device();
    const stream = await listen(own);
    await own.powerOff();
    await stream.closed;
    await own.powerOn();
    const next = await listen(own);
    own.showFace(null);
    expect(await next.received('"subEventType": 76')).toContain('--MIME_boundary');
    next.leave();
  });
});

describe('push on the wire', () => {
  it('reaches the listener that a client has set', async () => {
    const own = await device();
    const { bodies, first, port } = await listener();
    const body = Buffer.from(
      `<HttpHostNotification><id>1</id><url>/events</url><protocolType>HTTP</protocolType>` +
        `<parameterFormatType>JSON</parameterFormatType><addressingFormatType>ipaddress</addressingFormatType>` +
        `<ipAddress>127.0.0.1</ipAddress><portNo>${port}</portNo></HttpHostNotification>`,
    );
    const headers = {
      authorization: await authorization(own, 'PUT', SLOT),
      'content-type': 'application/xml',
    };
    const answer = await sendOverSocket({ device: own }, { method: 'PUT', target: SLOT, headers, body });
    expect(answer.status).toBe(200);
    own.showFace('1000');
    await first;
    expect(bodies[0]).toMatch(
      /^\/events\n--MIME_boundary\r\nContent-Disposition: form-data; name="event_log"/,
    );
    expect(bodies[0]).toContain('"employeeNoString": "1000"');
    expect(bodies[0]).toContain(`"portNo": ${own.port}`);
    expect(bodies[0]).toContain('name="Picture"; filename="Picture.jpg"');
  });
});
