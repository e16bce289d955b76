import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import type { Device } from '../model/device.ts';
import { createHttpTransport } from './http-transport.ts';
import { deviceAt } from './testing/device-fixture.ts';
import { type DigestServer, type DigestServerOptions, startDigestServer } from './testing/digest-server.ts';
import { LineError, type Transport, type WireRequest } from './transport.ts';

const CALLS = 20;
const options = { signal: new AbortController().signal, timeoutMs: 10_000 };
const read: WireRequest = { method: 'GET', path: '/ISAPI/System/deviceInfo' };
const write: WireRequest = {
  method: 'POST',
  path: '/ISAPI/AccessControl/UserInfo/Record?format=json',
  body: { contentType: 'application/json', bytes: Buffer.from('{"UserInfo":{"employeeNo":"1000"}}') },
};

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function connect(
  serverOptions: DigestServerOptions,
  device: Partial<Device> = {},
): Promise<{ server: DigestServer; transport: Transport }> {
  const server = await startDigestServer(serverOptions);
  const transport = createHttpTransport({ clock: systemClock })(deviceAt(server.port, device));
  opened.push(server, transport);
  return { server, transport };
}

const policies: Record<string, DigestServerOptions> = {
  'nonce: any': { nonce: 'any' },
  'nonce: nc must grow': { nonce: 'grow' },
  'nonce: nc exactly 1, 2, 3': { nonce: 'exact' },
  'nonce: once [DS-K1T341AM]': { nonce: 'once' },
  'nonce: once, then a 401 without challenge [DS-KB8113]': { nonce: 'no-challenge' },
  'nonce: five uses': { nonce: 'five' },
  'SHA-256 only': { algorithms: ['SHA-256'] },
  'two headers, SHA-256 first': { algorithms: ['SHA-256', 'MD5'], algorithmText: 'bare' },
  'two headers, MD5 first': { algorithms: ['MD5', 'SHA-256'] },
  'two challenges in one header line, quoted algorithm [DS-C66S]': {
    algorithms: ['MD5', 'SHA-256'],
    headers: 'joined',
    algorithmText: 'quoted',
  },
  'Basic header, then Digest': { headers: 'basic-first' },
  'Digest header, then Basic': { headers: 'digest-then-basic' },
  'qop "auth,auth-int"': { qop: 'auth,auth-int' },
  'qop "auth-int,auth"': { qop: 'auth-int,auth' },
  'no qop at all': { qop: null },
  'realm with brackets and a comma': { realm: 'IP Camera(GK713), gate 1' },
  'opaque with = and ,': { opaque: 'a=b,c==' },
  'no opaque': { opaque: null },
  'connection closed after each 401, announced': { after401: 'close-announced' },
  'connection closed after each 401, unannounced': { after401: 'close-silent' },
};

test.each(Object.entries(policies))(
  '%s: every call is two requests and none is refused',
  async (_, policy) => {
    const { server, transport } = await connect(policy);
    for (let call = 0; call < CALLS; call++) {
      const request = call % 2 === 0 ? write : read;
      expect((await transport.send(request, options)).status).toBe(200);
    }
    expect(server.requests).toHaveLength(2 * CALLS);
    expect({ failed: server.failedLogins, reused: server.reusedNonces }).toEqual({ failed: 0, reused: 0 });
  },
);

test.each(Object.entries(policies))(
  '%s: a wrong password is one counted login per call',
  async (_, policy) => {
    const { server, transport } = await connect(policy, { password: 'wrong' });
    const answer = await transport.send(write, options);
    expect(answer.status).toBe(401);
    expect(answer.body.toString()).toContain('<userCheck');
    expect(server.failedLogins).toBe(1);
    expect(server.requests).toHaveLength(2);
  },
);

test('a name with quotes and letters beyond Latin-1 logs in', async () => {
  const credentials = { username: 'Ștefan "admin" \\', password: 'Parolă-țâșni' };
  const { server, transport } = await connect(credentials, credentials);
  expect((await transport.send(read, options)).status).toBe(200);
  expect(server.failedLogins).toBe(0);
});

test('the request for the challenge has an empty body, the signed one the whole, never in chunks', async () => {
  const { server, transport } = await connect({});
  await transport.send(write, options);
  const [first, second] = server.requests;
  expect([first!.body.length, first!.headers['content-length'], first!.authorization]).toEqual([
    0,
    '0',
    null,
  ]);
  expect(second!.body).toEqual(write.body!.bytes);
  expect(second!.headers['content-length']).toBe(String(write.body!.bytes.length));
  expect(second!.headers['content-type']).toBe('application/json');
  expect(second!.headers['transfer-encoding']).toBeUndefined();
  expect(second!.headers.expect).toBeUndefined();
});

test('a photo of 200 KB arrives whole, once', async () => {
  const { server, transport } = await connect({});
  const bytes = Buffer.alloc(200_000, 7);
  await transport.send({ ...write, body: { contentType: 'image/jpeg', bytes } }, options);
  expect(server.requests.map((request) => request.body.length)).toEqual([0, 200_000]);
});

test('a path with characters that a URL escapes is signed as it is sent', async () => {
  const { server, transport } = await connect({});
  expect((await transport.send({ method: 'GET', path: '/ISAPI/a b?x=[ș]' }, options)).status).toBe(200);
  expect(server.requests[1]!.target).toBe('/ISAPI/a%20b?x=[%C8%99]');
});

test('a 401 without a challenge: one more is asked for, and the call succeeds', async () => {
  let refusals = 1;
  const { server, transport } = await connect({
    intercept: (request, response) => {
      if (request.authorization || refusals-- <= 0) return false;
      response.writeHead(401).end();
      return true;
    },
  });
  expect((await transport.send(write, options)).status).toBe(200);
  expect(server.requests).toHaveLength(3);
});

test.each([
  ['none', undefined, 'no way to log in'],
  ['an empty one', '', 'no way to log in'],
  ['only Basic', 'Basic realm="x"', 'only Basic'],
  ['only auth-int', 'Digest realm="x", nonce="n", qop="auth-int"', 'digest algorithm'],
])('challenge: %s: the credentials stay unused and the error says so', async (_, header, words) => {
  const { server, transport } = await connect({
    intercept: (_request, response) => {
      response.writeHead(401, header === undefined ? {} : { 'WWW-Authenticate': header }).end();
      return true;
    },
  });
  await expect(transport.send(write, options)).rejects.toMatchObject({
    code: 'broken-http',
    delivery: 'not-sent',
    message: expect.stringContaining(words),
  });
  expect(server.requests.map((request) => request.headers.authorization)).toEqual([undefined, undefined]);
});

test('a lock told without a challenge is an answer, asked for once', async () => {
  const { server, transport } = await connect({
    intercept: (_request, response) => {
      response
        .writeHead(401)
        .end('<userCheck><lockStatus>lock</lockStatus><unlockTime>1509</unlockTime></userCheck>');
      return true;
    },
  });
  const answer = await transport.send(read, options);
  expect(answer.status).toBe(401);
  expect(server.requests.every((request) => request.authorization === null)).toBe(true);
});

test('what a device answers before any login is the answer', async () => {
  const { server, transport } = await connect({
    intercept: (_request, response) => {
      response.writeHead(503, { Server: 'webserver' }).end('busy');
      return true;
    },
  });
  const answer = await transport.send(write, options);
  expect([answer.status, answer.body.toString()]).toEqual([503, 'busy']);
  expect(server.requests).toHaveLength(1);
});

test('a device that wants no login still gets the body: success for an empty one is no success', async () => {
  const { server, transport } = await connect({
    intercept: (_request, response) => {
      response.writeHead(200).end('{"statusCode":1}');
      return true;
    },
  });
  expect((await transport.send(write, options)).status).toBe(200);
  expect(server.requests.map((request) => request.body.length)).toEqual([0, write.body!.bytes.length]);
  expect((await transport.send(read, options)).status).toBe(200);
  expect(server.requests).toHaveLength(3);
});

test('a redirect is handed back, not followed', async () => {
  const { server, transport } = await connect({
    answer: (_request, response) => response.writeHead(302, { Location: 'https://192.0.2.1/' }).end(),
  });
  expect((await transport.send(read, options)).status).toBe(302);
  expect(server.requests).toHaveLength(2);
});

test('a device at an IPv6 address', async () => {
  const { transport } = await connect({ host: '::1' }, { host: '::1' });
  expect((await transport.send(read, options)).status).toBe(200);
});

test('calls after close open a new connection', async () => {
  const { transport } = await connect({});
  await transport.send(read, options);
  await transport.close();
  expect((await transport.send(read, options)).status).toBe(200);
});

test('an answer larger than any terminal sends is cut off, and may have been acted on', async () => {
  const { transport } = await connect({
    answer: (_request, response) => response.writeHead(200).end(Buffer.alloc(2_000_000, 32)),
  });
  const error = await transport.send(write, options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(LineError);
  expect(error).toMatchObject({ code: 'too-large', delivery: 'unknown' });
});
