import { describe, expect, it } from 'vitest';
import { MODIFY, userInfo } from '../src/isapi/testing/requests.ts';
import type { Way } from './rig.ts';
import { COUNT, faceByUrl, faceUpload, persons, record, rigWith, subStatus } from './faulty-rig.ts';

/** Rows of the faults that happen in the terminal itself: full, changed at the device, unable to model. */
export function faultsInsideSuite(way: Way): void {
  describe('inside the terminal', () => {
    it('the person list is full at a number; who is there can be edited', async () => {
      const rig = await rigWith(way, [{ what: { kind: 'persons-full', at: 1 } }]);
      expect(subStatus(await record(rig, '1000'))).toBe('ok');
      expect(subStatus(await record(rig, '1001'))).toBe('deviceUserFull');
      const edit = {
        method: 'PUT' as const,
        target: `${MODIFY}?format=json`,
        body: userInfo('1000', { name: 'Altul' }),
      };
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
}
