import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { rawSocket, signedHead } from '../../conformance/raw-socket.ts';
import type { Rig } from '../../conformance/rig.ts';
import { socketWay } from '../../conformance/socket-way.ts';

const COUNT = '/ISAPI/AccessControl/UserInfo/Count?format=json';
const RECORD = '/ISAPI/AccessControl/UserInfo/Record?format=json';
const PERSON = JSON.stringify({
  UserInfo: {
    employeeNo: '1000',
    name: 'Popescu Ion',
    userType: 'normal',
    Valid: { enable: true, beginTime: '2025-10-10T00:00:00', endTime: '2037-12-31T23:59:59' },
    doorRight: '1',
    RightPlan: [{ doorNo: 1, planTemplateNo: '1' }],
  },
});
const UNSIGNED = `GET ${COUNT} HTTP/1.1\r\nHost: t\r\n\r\n`;

const next = (rig: Rig) => rig.call({ target: COUNT }).then((answer) => answer.status);

describe('connections', () => {
  it('count down in Keep-Alive and end when the count is over', async () => {
    const rig = await socketWay.rig({ traits: { keepAliveMax: 2, keepAliveTimeoutS: 10 } });
    const raw = await rawSocket(rig.device);
    raw.write(UNSIGNED);
    await raw.until(/Connection: keep-alive\r\nKeep-Alive: timeout=10, max=2\r\n[^]*<\/userCheck>/);
    raw.write(UNSIGNED);
    await raw.until(/max=1\r\n[^]*<\/userCheck>\n$/);
    raw.write(UNSIGNED);
    const { text, how } = await raw.ended();
    expect(how).toBe('end');
    expect(text).toMatch(/Connection: close\r\n\r\n[^]*<\/userCheck>\n$/);
  });

  it('end after a 401 where the model does that', async () => {
    const rig = await socketWay.rig({ traits: { closeAfter401: true } });
    const raw = await rawSocket(rig.device);
    raw.write(UNSIGNED);
    expect((await raw.ended()).text).toMatch(/^HTTP\/1\.1 401 [^]*Connection: close/);
    expect(await next(rig)).toBe(200);
  });

  it('end with HTTP/1.0 and when the client asks for it', async () => {
    const rig = await socketWay.rig();
    for (const request of [
      `GET ${COUNT} HTTP/1.0\r\n\r\n`,
      `GET ${COUNT} HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n`,
    ]) {
      const raw = await rawSocket(rig.device);
      raw.write(request);
      expect((await raw.ended()).text).toMatch(/Connection: close/);
    }
  });

  it('answer what was sent ahead in its order', async () => {
    const rig = await socketWay.rig();
    const raw = await rawSocket(rig.device);
    raw.write(`${UNSIGNED}GET /SDK/none HTTP/1.1\r\nHost: t\r\n\r\n${UNSIGNED}`);
    const text = await raw.until(/(HTTP\/1\.1 401 [^]*){3}<\/userCheck>\n$/);
    expect(text.match(/HTTP\/1\.1/g)).toHaveLength(3);
    expect(rig.device.requests().map(({ target }) => target)).toEqual([COUNT, '/SDK/none', COUNT]);
  });

  it('are cut when a client sends ahead without end', async () => {
    const rig = await socketWay.rig({ faults: [{ when: { stage: 'any' }, what: { kind: 'silence' } }] });
    const raw = await rawSocket(rig.device);
    raw.write(UNSIGNED.repeat(200));
    await raw.ended();
    rig.device.clearFaults();
    expect(await next(rig)).toBe(200);
  });
});

describe('bodies', () => {
  it('come in chunks, where the model takes them', async () => {
    const rig = await socketWay.rig();
    const head = await signedHead(rig, 'POST', RECORD);
    const raw = await rawSocket(rig.device);
    const half = Math.floor(PERSON.length / 2);
    const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
    raw.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
    raw.write(`${chunk(PERSON.slice(0, half))}${chunk(PERSON.slice(half))}0\r\n\r\n`);
    await raw.until(/HTTP\/1\.1 200 [^]*"statusCode":1/);
    expect(rig.device.persons()).toHaveLength(1);
  });

  it('in chunks get 411 where it does not', async () => {
    const rig = await socketWay.rig({ traits: { chunkedBodies: 'refuse' } });
    const head = await signedHead(rig, 'POST', RECORD);
    const raw = await rawSocket(rig.device);
    raw.write(`${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`);
    expect((await raw.ended()).text).toMatch(/^HTTP\/1\.1 411 /);
    expect(rig.device.persons()).toHaveLength(0);
  });

  it('are asked for with 100 only when the login holds', async () => {
    const rig = await socketWay.rig();
    const expectHead = `Content-Length: ${PERSON.length}\r\nExpect: 100-continue\r\n\r\n`;
    const stranger = await rawSocket(rig.device);
    stranger.write(`POST ${RECORD} HTTP/1.1\r\nHost: t\r\n${expectHead}`);
    expect((await stranger.ended()).text).toMatch(/^HTTP\/1\.1 401 /);
    const head = await signedHead(rig, 'POST', RECORD);
    const raw = await rawSocket(rig.device);
    raw.write(head + expectHead);
    await raw.until(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
    raw.write(PERSON);
    await raw.until(/HTTP\/1\.1 200 /);
  });

  it('of strangers are thrown away, and the connection goes on', async () => {
    const rig = await socketWay.rig();
    const raw = await rawSocket(rig.device);
    const body = 'x'.repeat(2_000_000);
    raw.write(
      `POST ${RECORD} HTTP/1.1\r\nHost: t\r\nContent-Length: ${body.length}\r\n\r\n${body}${UNSIGNED}`,
    );
    await raw.until(/(HTTP\/1\.1 401 [^]*){2}<\/userCheck>\n$/);
    expect(rig.device.requests()[0]?.requestBody).toBeNull();
  });

  it('that are announced too large get 413 before they are sent', async () => {
    const rig = await socketWay.rig();
    const head = await signedHead(rig, 'POST', RECORD);
    const raw = await rawSocket(rig.device);
    raw.write(`${head}Content-Length: 99000000\r\n\r\n{`);
    await raw.until(/^HTTP\/1\.1 413 [^]*fileSizeExceedError/);
    raw.socket.destroy();
    expect(await next(rig)).toBe(200);
  });

  it('that stop in the middle leave no trace but the journal’s', async () => {
    const rig = await socketWay.rig();
    const head = await signedHead(rig, 'POST', RECORD);
    const raw = await rawSocket(rig.device);
    const entry = rig.device.waitForRequest({ method: 'POST' });
    raw.write(`${head}Content-Length: ${PERSON.length}\r\n\r\n${PERSON.slice(0, 50)}`);
    raw.socket.end();
    expect(await entry).toMatchObject({ outcome: 'client-gone', done: false, auth: 'ok' });
    expect(rig.device.persons()).toHaveLength(0);
  });

  it('that came whole are carried out, though the client left at once', async () => {
    for (const leaves of ['end', 'destroy'] as const) {
      const rig = await socketWay.rig();
      const head = await signedHead(rig, 'POST', RECORD);
      const socket = connect({ host: '127.0.0.1', port: rig.device.port });
      socket.on('error', () => undefined);
      const entry = rig.device.waitForRequest({ method: 'POST' });
      socket.write(`${head}Content-Length: ${PERSON.length}\r\n\r\n${PERSON}`, () => {
        socket[leaves]();
      });
      expect(await entry).toMatchObject({ auth: 'ok', done: true });
      expect(rig.device.persons()).toHaveLength(1);
    }
  });

  it('shorter than announced are not taken for the next request', async () => {
    const rig = await socketWay.rig();
    const head = await signedHead(rig, 'POST', RECORD);
    const raw = await rawSocket(rig.device);
    raw.write(`${head}Content-Length: 2\r\n\r\n${PERSON}`);
    const { text } = await raw.ended();
    expect(text).toMatch(/HTTP\/1\.1 400 /);
    expect(rig.device.persons()).toHaveLength(0);
    expect(await next(rig)).toBe(200);
  });
});

describe('what is no HTTP', () => {
  it.each([
    ['noise', '\x16\x03\x01\x00\xa5\x01\x00\x00\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      'two lengths',
      `POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
      /^HTTP\/1\.1 400 /,
    ],
    [
      'a length beside chunks',
      'POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
    ['a negative length', 'POST / HTTP/1.1\r\nHost: t\r\nContent-Length: -5\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a huge header', `GET / HTTP/1.1\r\nHost: t\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
    ['a huge target', `GET /${'y'.repeat(40_000)} HTTP/1.1\r\nHost: t\r\n\r\n`, /^HTTP\/1\.1 431 /],
  ])('%s ends the connection, and the terminal goes on', async (_, bytes, answer) => {
    const rig = await socketWay.rig();
    const raw = await rawSocket(rig.device);
    raw.write(Buffer.from(bytes, 'latin1'));
    expect((await raw.ended()).text).toMatch(answer);
    expect(await next(rig)).toBe(200);
  });
});

describe('sessions', () => {
  it('beyond the limit get maxSessionUserLink', async () => {
    const rig = await socketWay.rig({
      traits: { maxSessions: 1, nonceLifeMs: 600_000 },
      faults: [{ when: { times: 1 }, what: { kind: 'delay', ms: 60_000 } }],
    });
    const slow = rig.call({ target: COUNT });
    await rig.clock.whenSleeping(1);
    const refused = await rig.call({ target: COUNT });
    expect(refused.status).toBe(403);
    expect(refused.json()).toMatchObject({ subStatusCode: 'maxSessionUserLink', statusCode: 4 });
    await rig.clock.advance(60_000);
    expect((await slow).status).toBe(200);
    expect(await next(rig)).toBe(200);
  });
});

describe('https', () => {
  it('has a certificate of its own, by whose fingerprint it can be known', async () => {
    const rig = await socketWay.rig({ scheme: 'https' });
    expect(rig.device.url).toMatch(/^https:/);
    expect(rig.device.certificateFingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(await next(rig)).toBe(200);
    await expect(fetch(rig.device.url)).rejects.toMatchObject({
      cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
  });
});
