import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawPicture } from '../src/isapi/testing/pictures.ts';
import type { Fault } from '../src/faults/fault.ts';
import { multipart, type Rig, type Way } from './rig.ts';

const RECORD = '/ISAPI/AccessControl/UserInfo/Record?format=json';
const MODIFY = '/ISAPI/AccessControl/UserInfo/Modify?format=json';
const FACE = '/ISAPI/Intelligent/FDLib/FaceDataRecord?format=json';
const COUNT = '/ISAPI/AccessControl/UserInfo/Count?format=json';
const DEVICE_INFO = '/ISAPI/System/deviceInfo';
const PHOTO_URL = 'http://127.0.0.1:8080/1.jpg';

let photo: Buffer;

function userInfo(employeeNo: string, name = 'Popescu Ion') {
  return {
    UserInfo: {
      employeeNo,
      name,
      userType: 'normal',
      Valid: { enable: true, beginTime: '2025-10-10T00:00:00', endTime: '2037-12-31T23:59:59' },
      doorRight: '1',
      RightPlan: [{ doorNo: 1, planTemplateNo: '1' }],
    },
  };
}

const record = (rig: Rig, employeeNo = '1000') => rig.call({ target: RECORD, body: userInfo(employeeNo) });
const faceByUrl = (rig: Rig, FPID = '1000') =>
  rig.call({ target: FACE, body: { faceLibType: 'blackFD', FDID: '1', FPID, faceURL: PHOTO_URL } });
const faceUpload = (rig: Rig, FPID = '1000') =>
  rig.call({
    target: FACE,
    ...multipart([
      {
        name: 'FaceDataRecord',
        type: 'application/json',
        data: JSON.stringify({ faceLibType: 'blackFD', FDID: '1', FPID }),
      },
      { name: 'img', filename: '1.jpg', type: 'image/jpeg', data: photo },
    ]),
  });
const persons = (rig: Rig) => rig.device.persons().map(({ employeeNo }) => employeeNo);
const subStatus = (answer: { json(): unknown }) => (answer.json() as { subStatusCode: string }).subStatusCode;

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

async function rigWith(way: Way, faults: (Fault | string)[], more: Parameters<Way['rig']>[0] = {}) {
  return way.rig({ faults, pictures: { [PHOTO_URL]: photo }, ...more });
}

/** Rows of the faults: what the client sees, what the terminal did, what the journal says. */
export function faultsSuite(way: Way): void {
  beforeAll(async () => {
    photo = await drawPicture();
  });

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

  describe('inside the terminal', () => {
    it('the person list is full at a number; who is there can be edited', async () => {
      const rig = await rigWith(way, [{ what: { kind: 'persons-full', at: 1 } }]);
      expect(subStatus(await record(rig, '1000'))).toBe('ok');
      expect(subStatus(await record(rig, '1001'))).toBe('deviceUserFull');
      const edit = { method: 'PUT' as const, target: MODIFY, body: userInfo('1000', 'Altul') };
      expect(subStatus(await rig.call(edit))).toBe('ok');
      expect(persons(rig)).toEqual(['1000']);
    });

    it('the face library is full', async () => {
      const rig = await rigWith(way, [{ what: { kind: 'faces-full' } }]);
      await record(rig);
      expect(subStatus(await faceUpload(rig))).toBe('deviceFaceFull');
      expect(rig.device.faces()).toEqual([]);
    });

    it('the photo cannot be fetched; uploads work', async () => {
      const rig = await rigWith(way, [{ what: { kind: 'download-fails', code: 'fileDownloadFailed' } }]);
      await record(rig);
      expect(subStatus(await faceByUrl(rig))).toBe('fileDownloadFailed');
      expect(rig.device.requests({ endpoint: 'face-record', auth: 'ok' }).at(-1)?.note).toBe(
        'the picture was not fetched: a fault',
      );
      rig.device.setFaults(['no-download']);
      expect(subStatus(await faceByUrl(rig))).not.toBe('ok');
      expect(subStatus(await faceUpload(rig))).toBe('ok');
    });

    it('modelling fails k times, then the same photo is good', async () => {
      const rig = await rigWith(way, [{ when: { times: 2 }, what: { kind: 'modelling-fails' } }]);
      await record(rig);
      const tries = [await faceByUrl(rig), await faceByUrl(rig), await faceByUrl(rig)];
      expect(tries.map(subStatus)).toEqual([
        'SubpicAnalysisModelingError',
        'SubpicAnalysisModelingError',
        'ok',
      ]);
    });

    it('every login is refused and counted until the account locks', async () => {
      const rig = await rigWith(way, ['wrong-password'], { traits: { lockAfter: 2 } });
      expect((await rig.call({ target: COUNT })).text).toContain('<retryLoginTime>1</retryLoginTime>');
      expect((await rig.call({ target: COUNT })).text).toContain('<lockStatus>lock</lockStatus>');
      rig.device.clearFaults();
      expect((await rig.call({ target: COUNT })).status).toBe(401);
      expect(rig.device.requests({ auth: 'locked' }).length).toBeGreaterThan(0);
    });

    it('the password changes on the device', async () => {
      const rig = await rigWith(way, [
        { when: { nth: 2 }, what: { kind: 'password-changed', password: 'Alta-parola-2' } },
      ]);
      const old = { username: rig.device.username, password: rig.device.password };
      const statuses = [];
      for (let call = 0; call < 3; call += 1) statuses.push((await rig.call({ target: COUNT }, old)).status);
      expect(statuses).toEqual([200, 200, 401]);
      expect((await rig.call({ target: COUNT }, { ...old, password: 'Alta-parola-2' })).status).toBe(200);
      expect(rig.device.password).toBe('Alta-parola-2');
    });

    it('the clock is wrong for a while', async () => {
      const time = async () =>
        Date.parse(
          /<localTime>(.*?)</.exec((await rig.call({ target: '/ISAPI/System/time' })).text)?.[1] ?? '',
        );
      const rig = await rigWith(way, [
        { when: { untilMs: 60_000 }, what: { kind: 'clock-wrong', offsetMs: -3_600_000 } },
      ]);
      expect(rig.clock.now() - (await time())).toBe(3_600_000);
      await rig.clock.advance(60_000);
      expect(rig.clock.now() - (await time())).toBe(0);
    });

    it('somebody edits at the terminal', async () => {
      const rig = await rigWith(way, [
        { when: { nth: 2 }, what: { kind: 'edited-at-terminal', employeeNo: '1000', name: 'Altul' } },
        { when: { nth: 3 }, what: { kind: 'edited-at-terminal', employeeNo: '1000', remove: true } },
      ]);
      await record(rig);
      await rig.call({ target: COUNT });
      expect(rig.device.persons()).toMatchObject([{ name: 'Altul' }]);
      await rig.call({ target: COUNT });
      expect(persons(rig)).toEqual([]);
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
