import { describe, expect, it } from 'vitest';
import { rawSocket, signedHead } from './raw-socket.ts';
import type { Rig, RigOptions, Way } from './rig.ts';

const COUNT = '/ISAPI/AccessControl/UserInfo/Count?format=json';
const RECORD = '/ISAPI/AccessControl/UserInfo/Record?format=json';
const STREAM = '/ISAPI/Event/notification/alertStream';
const UNSIGNED = `GET ${COUNT} HTTP/1.1\r\nHost: t\r\n\r\n`;
const PERSON = JSON.stringify({ UserInfo: { employeeNo: '1000', name: 'Popescu Ion' } });
const SLOW: RigOptions['faults'] = [{ when: { times: 1 }, what: { kind: 'delay', ms: 60_000 } }];

/** Sends the first half of a handshake, and reads the head of its answer. */
async function headOf(rig: Rig, request = UNSIGNED): Promise<string> {
  const raw = await rawSocket(rig.device);
  raw.write(request);
  const text = await raw.until(/\r\n\r\n/);
  raw.socket.destroy();
  return text.slice(0, text.indexOf('\r\n\r\n'));
}

/** Rows of the connections. What a socket alone can show is left out in process. */
export function connectionsSuite(way: Way): void {
  describe('sessions', () => {
    it.each([1, 3])('beyond %i get maxSessionUserLink', async (maxSessions) => {
      const rig = await way.rig({
        traits: { maxSessions, nonceLifeMs: 600_000 },
        faults: [{ when: { times: maxSessions }, what: { kind: 'delay', ms: 60_000 } }],
      });
      const slow = Array.from({ length: maxSessions }, () => rig.call({ target: COUNT }));
      await rig.clock.whenSleeping(maxSessions);
      const refused = await rig.call({ target: COUNT });
      expect(refused.status).toBe(403);
      expect(refused.json()).toMatchObject({ subStatusCode: 'maxSessionUserLink', errorCode: 0x4000000b });
      await rig.clock.advance(60_000);
      for (const answer of await Promise.all(slow)) expect(answer.status).toBe(200);
      expect((await rig.call({ target: COUNT })).status).toBe(200);
    });

    it('count a stream for as long as it is open', async () => {
      const rig = await way.rig({ traits: { maxSessions: 1 } });
      const stream = await rig.stream({ target: STREAM });
      expect((await rig.call({ target: COUNT })).status).toBe(403);
      const over = rig.device.waitForRequest({ outcome: 'stream' });
      stream.close();
      await over;
      expect((await rig.call({ target: COUNT })).status).toBe(200);
    });

    it('of strangers are none', async () => {
      const rig = await way.rig({ traits: { maxSessions: 1 }, faults: SLOW });
      const slow = rig.call({ target: COUNT });
      await rig.clock.whenSleeping(1);
      expect((await rig.send({ target: COUNT })).status).toBe(401);
      await rig.clock.advance(60_000);
      await slow;
    });
  });

  it('two writes at once: the second finds the terminal busy', async () => {
    const rig = await way.rig({ traits: { answerMs: 500 } });
    const first = rig.call({ target: RECORD, body: PERSON });
    await rig.clock.whenSleeping(1);
    expect((await rig.call({ target: RECORD, body: PERSON })).json()).toMatchObject({
      statusCode: 2,
      subStatusCode: 'deviceBusy',
    });
    await rig.clock.advance(500);
    expect((await first).status).toBe(200);
  });

  // Without a socket there is nothing to say about one.
  if (way.name === 'in process') return;
  describe('connections', () => {
    it('say how long they last, and count down', async () => {
      const rig = await way.rig({ traits: { keepAliveTimeoutS: 60, keepAliveMax: 99 } });
      const raw = await rawSocket(rig.device);
      for (const left of [99, 98, 97]) {
        raw.write(UNSIGNED);
        await raw.until(new RegExp(`Connection: keep-alive\\r\\nKeep-Alive: timeout=60, max=${left}\\r\\n`));
      }
    });

    it('end with every answer where the firmware is that old', async () => {
      const rig = await way.rig({ traits: { keepAliveMax: 0 } });
      const raw = await rawSocket(rig.device);
      raw.write(UNSIGNED);
      const { text, how } = await raw.ended();
      expect([text.match(/Connection: close/g)?.length, text.includes('Keep-Alive'), how]).toEqual([
        1,
        false,
        'end',
      ]);
      expect((await rig.call({ target: COUNT })).status).toBe(200);
    });

    it('end after a 401 where the model does that, and the handshake goes on', async () => {
      const rig = await way.rig({ traits: { closeAfter401: true } });
      const raw = await rawSocket(rig.device);
      raw.write(UNSIGNED);
      expect((await raw.ended()).text).toMatch(/^HTTP\/1\.1 401 [^]*Connection: close/);
      expect((await rig.call({ target: COUNT })).status).toBe(200);
    });

    it('name the server only where it is set', async () => {
      expect(await headOf(await way.rig())).not.toMatch(/^Server:/im);
      const rig = await way.rig({ traits: { serverHeader: 'App-webs/' } });
      expect(await headOf(rig)).toMatch(/^Server: App-webs\/$/m);
    });

    it('write the header of the challenge as captures do', async () => {
      expect(await headOf(await way.rig())).toMatch(/^WWW-Authenticate: Digest qop="auth", realm="DS-/m);
    });

    it('carry first a POST without body, as curl begins, then the body', async () => {
      const rig = await way.rig();
      const raw = await rawSocket(rig.device);
      raw.write(`POST ${RECORD} HTTP/1.1\r\nHost: t\r\nContent-Length: 0\r\n\r\n`);
      await raw.until(/^HTTP\/1\.1 401 [^]*<\/userCheck>/);
      raw.write(`${await signedHead(rig, 'POST', RECORD)}Content-Length: ${PERSON.length}\r\n\r\n${PERSON}`);
      await raw.until(/"subStatusCode":"ok"/);
      expect(rig.device.persons()).toHaveLength(1);
    });

    it('ask for the body with 100 once the login holds', async () => {
      const rig = await way.rig();
      const raw = await rawSocket(rig.device);
      raw.write(
        `${await signedHead(rig, 'POST', RECORD)}Content-Length: ${PERSON.length}\r\nExpect: 100-continue\r\n\r\n`,
      );
      await raw.until(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
      raw.write(PERSON);
      await raw.until(/"subStatusCode":"ok"/);
    });

    it.each([
      ['accept', /^HTTP\/1\.1 200 [^]*"subStatusCode":"ok"/],
      ['refuse', /^HTTP\/1\.1 411 /],
    ] as const)('with a body in chunks: %s', async (chunkedBodies, answer) => {
      const rig = await way.rig({ traits: { chunkedBodies } });
      const raw = await rawSocket(rig.device);
      const chunk = `${PERSON.length.toString(16)}\r\n${PERSON}\r\n0\r\n\r\n`;
      raw.write(`${await signedHead(rig, 'POST', RECORD)}Transfer-Encoding: chunked\r\n\r\n${chunk}`);
      await raw.until(answer);
    });

    it('of a stream have neither length nor chunks, and end with it', async () => {
      const rig = await way.rig();
      const raw = await rawSocket(rig.device);
      raw.write(`${await signedHead(rig, 'GET', STREAM)}\r\n`);
      const text = await raw.until(/\r\n\r\n/);
      expect(text).toMatch(/^HTTP\/1\.1 200 /);
      expect(text).toMatch(/MIME-Version: 1\.0/);
      expect(text).toMatch(/Connection: close/);
      expect(text).not.toMatch(/Content-Length|Transfer-Encoding|Keep-Alive/i);
      await rig.device.powerOff();
      await raw.ended();
    });

    it('are reset before, in the middle of, and after a request', async () => {
      const half = PERSON.length >> 1;
      for (const [at, sent, waits] of [
        ['before-request', 0, 0],
        ['middle-of-request', half, 0],
        ['after-request', PERSON.length, half],
      ] as const) {
        const rig = await way.rig({ faults: [{ what: { kind: 'reset', at } }] });
        const raw = await rawSocket(rig.device);
        raw.write(`${await signedHead(rig, 'POST', RECORD)}Content-Length: ${PERSON.length}\r\n\r\n`);
        if (waits > 0) {
          raw.write(PERSON.slice(0, waits));
          // Another call is served meanwhile: nothing was reset yet.
          expect((await rig.send({ target: COUNT })).status).toBe(401);
          expect(rig.device.requests({ method: 'POST' })).toEqual([]);
        }
        raw.write(PERSON.slice(waits, sent));
        expect(await raw.ended()).toEqual({ text: '', how: 'ECONNRESET' });
        expect(rig.device.persons()).toEqual([]);
      }
    });

    it('are reset whatever comes, when the fault speaks of a person: then the body is needed', async () => {
      const rig = await way.rig({
        faults: [{ when: { employeeNo: '1000' }, what: { kind: 'reset', at: 'before-request' } }],
      });
      const raw = await rawSocket(rig.device);
      raw.write(`${await signedHead(rig, 'POST', RECORD)}Content-Length: ${PERSON.length}\r\n\r\n${PERSON}`);
      expect((await raw.ended()).how).toBe('ECONNRESET');
      expect(rig.device.requests({ auth: 'ok' })).toMatchObject([{ employeeNo: '1000', outcome: 'reset' }]);
    });

    it('over HTTPS have a certificate the device made for itself', async () => {
      const rig = await way.rig({ scheme: 'https' });
      expect(rig.device.certificateFingerprint).toMatch(/^[0-9a-f]{64}$/);
      expect((await rig.call({ target: COUNT })).status).toBe(200);
      await expect(fetch(rig.device.url)).rejects.toMatchObject({
        cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      });
    });
  });
}
