import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../src/faults/fault.ts';
import { COUNT, faceUpload, persons, record, rigWith, subStatus } from './faulty-rig.ts';
import type { Rig, Way } from './rig.ts';

const DEVICE_INFO = '/ISAPI/System/deviceInfo';

/** Moves the clock in small steps for as long as the call needs it. */
async function patiently<Result>(rig: Rig, call: Promise<Result>): Promise<Result> {
  const state = { over: false };
  const ended = call.finally(() => {
    state.over = true;
  });
  ended.catch(() => undefined);
  while (!state.over) {
    if (rig.clock.sleepers > 0) await rig.clock.advance(250);
    await nextTurn();
  }
  return ended;
}

/** Rows of the faults on the line and in answers: what the client sees, what the terminal did, what the journal says. */
export function faultsSuite(way: Way): void {
  describe('no answer', () => {
    it.each<[Fault['what'], boolean, string]>([
      [{ kind: 'reset', at: 'before-request' }, false, 'reset'],
      [{ kind: 'reset', at: 'middle-of-request' }, false, 'reset'],
      [{ kind: 'reset', at: 'after-request' }, false, 'reset'],
      [{ kind: 'answer-lost', how: 'reset' }, true, 'reset'],
      [{ kind: 'reset', at: 'middle-of-answer' }, true, 'truncated'],
      [{ kind: 'truncated' }, true, 'truncated'],
      [{ kind: 'truncated', keepBytes: 0 }, true, 'truncated'],
    ])('%j: carried out %s', async (what, done, outcome) => {
      const rig = await rigWith(way, [{ id: 'f', what }]);
      await expect(record(rig)).rejects.toThrow();
      expect(persons(rig)).toEqual(done ? ['1000'] : []);
      const entry = await rig.device.waitForRequest({ auth: 'ok' }, { includePast: true });
      // Whom the body speaks of is not known before it is there.
      const early = what.kind === 'reset' && ['before-request', 'middle-of-request'].includes(what.at);
      const employeeNo = early ? null : '1000';
      expect(entry).toMatchObject({ done, faults: ['f'], employeeNo, endpoint: 'person-record' });
      expect(entry.outcome).toBe(outcome);
      rig.device.clearFaults();
      expect((await rig.call({ target: COUNT })).status).toBe(200);
    });

    it.each<[Fault['what'], boolean]>([
      [{ kind: 'silence' }, false],
      [{ kind: 'silence', done: true }, true],
      [{ kind: 'answer-lost' }, true],
    ])('%j: carried out %s', async (what, done) => {
      const rig = await rigWith(way, [{ what }]);
      const silent = rig.device.waitForRequest({ outcome: 'silence' });
      const call = record(rig);
      // Ends with the terminal: nobody here has a client's patience.
      call.catch(() => undefined);
      expect(await silent).toMatchObject({ done, status: done ? 200 : null });
      expect(persons(rig)).toEqual(done ? ['1000'] : []);
      await rig.device.powerOff();
      await expect(call).rejects.toThrow();
    });

    it('an unsigned request is left alone unless the fault says so', async () => {
      const rig = await rigWith(way, [{ what: { kind: 'reset', at: 'before-request' } }]);
      expect((await rig.send({ target: COUNT })).status).toBe(401);
      rig.device.setFaults([{ when: { stage: 'unsigned' }, what: { kind: 'reset', at: 'before-request' } }]);
      await expect(rig.send({ target: COUNT })).rejects.toThrow();
    });
  });

  describe('the port', () => {
    it.each(['refused', 'offline'] as const)('%s for a while', async (kind) => {
      const rig = await rigWith(way, [{ when: { untilMs: 10_000 }, what: { kind } }]);
      await expect(record(rig)).rejects.toThrow();
      await rig.clock.advance(10_000);
      await rig.device.powerOn();
      expect(subStatus(await record(rig))).toBe('ok');
    });

    it('reboot: the call is lost, the terminal is away, then back with its data and without the lock', async () => {
      const rig = await rigWith(way, [{ when: { nth: 2 }, what: { kind: 'reboot', awayMs: 30_000 } }], {
        traits: { lockAfter: 1 },
      });
      await record(rig);
      const stranger = { username: rig.device.username, password: 'wrong' };
      await rig.call({ target: COUNT }, stranger);
      expect((await rig.send({ target: COUNT })).text).toContain('<lockStatus>lock</lockStatus>');
      rig.device.setFaults([{ what: { kind: 'reboot', awayMs: 30_000 } }]);
      expect(rig.device.power).toBe('rebooting');
      await rig.device.powerOn();
      rig.device.setFaults([{ when: { nth: 1 }, what: { kind: 'reboot', awayMs: 30_000 } }]);
      await expect(record(rig, '1001')).rejects.toThrow();
      await expect(rig.call({ target: COUNT })).rejects.toThrow();
      await rig.clock.advance(30_000);
      expect(rig.device.power).toBe('on');
      await rig.device.powerOn();
      expect((await rig.call({ target: COUNT })).json()).toMatchObject({ UserInfoCount: { userNumber: 1 } });
    });
  });

  describe('slow', () => {
    it('delay', async () => {
      const rig = await rigWith(way, [{ what: { kind: 'delay', ms: 4000 } }]);
      const before = rig.clock.now();
      expect((await patiently(rig, record(rig))).status).toBe(200);
      expect(rig.clock.now() - before).toBeGreaterThanOrEqual(4000);
    });

    it('dripping', async () => {
      const rig = await rigWith(way, [{ what: { kind: 'dripping', bytesPerSecond: 20 } }]);
      const before = rig.clock.now();
      const answer = await patiently(rig, record(rig));
      expect(subStatus(answer)).toBe('ok');
      expect(rig.clock.now() - before).toBeGreaterThanOrEqual((answer.body.length / 20) * 1000 - 250);
    });

    it('modelling', async () => {
      const rig = await rigWith(way, [{ what: { kind: 'slow-modelling', ms: 9000 } }]);
      await record(rig);
      const before = rig.clock.now();
      expect(subStatus(await patiently(rig, faceUpload(rig)))).toBe('ok');
      expect(rig.clock.now() - before).toBeGreaterThanOrEqual(9000);
    });
  });

  describe('wrong answers', () => {
    it('of another type, though the request was carried out', async () => {
      const rig = await rigWith(way, [{ what: { kind: 'wrong-content-type', contentType: 'text/html' } }]);
      const answer = await record(rig);
      expect(answer.headers['content-type']).toBe('text/html');
      expect(subStatus(answer)).toBe('ok');
    });

    it('broken, though the request was carried out', async () => {
      const rig = await rigWith(way, [{ what: { kind: 'malformed' } }]);
      const answer = await record(rig);
      expect(() => answer.json()).toThrow();
      expect(answer.headers['content-length']).toBe(String(answer.body.length));
      expect(persons(rig)).toEqual(['1000']);
      rig.device.setFaults([{ what: { kind: 'malformed', body: '<a>{' } }]);
      expect((await record(rig, '1001')).text).toBe('<a>{');
    });

    it.each<[Fault['what'], number, RegExp]>([
      [{ kind: 'html' }, 200, /<html>/],
      [{ kind: 'http-503' }, 503, /^$/],
      [{ kind: 'busy' }, 400, /"deviceBusy","errorCode":536870916/],
      [{ kind: 'answer', status: 202, contentType: 'text/plain', body: 'mine' }, 202, /^mine$/],
      [
        { kind: 'sub-status', subStatusCode: 'noStorageSpace' },
        200,
        /"statusCode":3.*"noStorageSpace","errorCode":805335040/,
      ],
      [
        { kind: 'sub-status', subStatusCode: 'badJsonContent', errorMsg: 'name', status: 418 },
        418,
        /"errorMsg":"name"/,
      ],
    ])('%j in its place, and nothing was carried out', async (what, status, body) => {
      const rig = await rigWith(way, [{ what }]);
      const answer = await record(rig);
      expect(answer.text).toMatch(body);
      if (what.kind !== 'sub-status' || what.status !== undefined) expect(answer.status).toBe(status);
      expect(persons(rig)).toEqual([]);
      expect(await rig.device.waitForRequest({ auth: 'ok' }, { includePast: true })).toMatchObject({
        done: false,
      });
    });

    it('busy speaks XML where the call does', async () => {
      const rig = await rigWith(way, ['busy']);
      await rig.call({ target: DEVICE_INFO });
      const answer = await rig.call({ target: DEVICE_INFO });
      expect(answer.text).toMatch(/<ResponseStatus.*<subStatusCode>deviceBusy</s);
    });
  });
  it('a request that no endpoint answers is in the journal with the nearest one', async () => {
    const rig = await way.rig();
    expect(
      (await rig.call({ target: '/ISAPI/AccessControl/UserInfo/Recrod?format=json', body: {} })).status,
    ).toBe(404);
    const [entry] = rig.device.requests({ endpoint: null, auth: 'ok' });
    expect(entry?.nearest).toContain('/ISAPI/AccessControl/UserInfo/Record');
  });
}
