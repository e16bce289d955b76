import { describe, expect, it } from 'vitest';
import type { Rig, RigOptions, Way } from './rig.ts';

const ACCESS = '/ISAPI/AccessControl';
const PERSON = { employeeNo: '1000', name: 'Popescu Ion', face: true };
const OPERATOR = { username: 'operator', password: 'Operator-1', privilege: 'operator' as const };

const json = (rig: Rig, target: string, body?: object, method?: 'POST' | 'PUT') =>
  rig.call({ target: `${target}?format=json`, ...(body && { body }), ...(method && { method }) });
const put = (rig: Rig, target: string, body = '') =>
  rig.call({ method: 'PUT', target, body, contentType: 'application/xml' });
const textOf = (text: string, name: string) => new RegExp(`<${name}>([^<]*)<`).exec(text)?.[1];

async function events(rig: Rig): Promise<Record<string, unknown>[]> {
  const AcsEventCond = { searchID: '1', searchResultPosition: 0, maxResults: 30, major: 5, minor: 0 };
  const answer = await json(rig, `${ACCESS}/AcsEvent`, { AcsEventCond });
  return (answer.json() as { AcsEvent: { InfoList?: Record<string, unknown>[] } }).AcsEvent.InfoList ?? [];
}

/** Rows of everything about a terminal but its persons and faces. */
export function deviceSuite(way: Way): void {
  const site = (options: RigOptions = {}) => way.rig({ persons: [PERSON], ...options });

  describe('the device', () => {
    it('names itself', async () => {
      const rig = await site();
      const { text } = await rig.call({ target: '/ISAPI/System/deviceInfo?format=json' });
      expect(textOf(text, 'serialNumber')).toBe(rig.device.serialNumber);
      expect(textOf(text, 'model')).toBe(rig.device.model);
    });

    it('tells without a login whether it is activated, and nothing else', async () => {
      const rig = await site({ activated: false });
      const answer = await rig.send({ target: '/SDK/activateStatus' });
      expect([answer.status, textOf(answer.text, 'Activated')]).toEqual([200, 'false']);
      expect((await rig.send({ target: '/ISAPI/Security/userCheck' })).text).not.toContain(
        '<statusValue>200<',
      );
    });

    it('checks a login with userCheck', async () => {
      const rig = await site();
      const answer = await rig.call({ target: '/ISAPI/Security/userCheck' });
      expect([answer.status, textOf(answer.text, 'statusValue')]).toEqual([200, '200']);
    });

    it('has a clock that can be set', async () => {
      const rig = await site();
      const time = '<Time><timeMode>manual</timeMode><localTime>2030-01-01T00:00:00</localTime></Time>';
      expect((await put(rig, '/ISAPI/System/time', time)).status).toBe(200);
      await rig.clock.advance(1000);
      const { text } = await rig.call({ target: '/ISAPI/System/time' });
      expect(textOf(text, 'localTime')).toBe('2030-01-01T00:00:01+03:00');
    });

    it('goes away for a reboot and comes back with its persons', async () => {
      const rig = await site({ traits: { rebootMs: 60_000 } });
      const answer = await put(rig, '/ISAPI/System/reboot');
      expect(textOf(answer.text, 'statusCode')).toBe('1');
      expect(rig.device.power).toBe('rebooting');
      await rig.clock.advance(60_000);
      await rig.device.powerOn();
      expect(rig.device.persons()).toHaveLength(1);
    });

    it('is restarted by administrators only', async () => {
      const rig = await site({ users: [OPERATOR] });
      const answer = await rig.call({ method: 'PUT', target: '/ISAPI/System/reboot' }, OPERATOR);
      expect(answer.status).toBe(403);
      expect(rig.device.power).toBe('on');
    });

    it('locks out after as many bad logins as it was told', async () => {
      const rig = await site();
      const lock =
        '<IllegalLoginLock><enabled>true</enabled><maxIllegalLoginTimes>3</maxIllegalLoginTimes></IllegalLoginLock>';
      expect((await put(rig, '/ISAPI/Security/illegalLoginLock', lock)).status).toBe(200);
      const wrong = { username: rig.device.username, password: 'wrong' };
      for (let count = 0; count < 3; count += 1)
        await rig.call({ target: '/ISAPI/Security/userCheck' }, wrong);
      const { text } = await rig.call({ target: '/ISAPI/Security/userCheck' });
      expect(textOf(text, 'lockStatus')).toBe('lock');
    });
  });

  describe('the door', () => {
    it('opens from far away', async () => {
      const rig = await site();
      const open =
        '<RemoteControlDoor version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema"><cmd>open</cmd></RemoteControlDoor>';
      expect(textOf((await put(rig, `${ACCESS}/RemoteControl/door/65535`, open)).text, 'statusCode')).toBe(
        '1',
      );
      const status = async () => (await json(rig, `${ACCESS}/AcsWorkStatus`)).json();
      expect(await status()).toMatchObject({ AcsWorkStatus: { doorLockStatus: [1] } });
      await rig.clock.advance(5000);
      expect(await status()).toMatchObject({ AcsWorkStatus: { doorLockStatus: [0] } });
    });

    it('lets in who may, and no longer when the validity is switched off', async () => {
      const rig = await site();
      rig.device.showFace('1000');
      rig.device.showFace(null);
      const Valid = { enable: false, beginTime: '2025-01-01T00:00:00', endTime: '2037-12-31T23:59:59' };
      const UserInfo = { employeeNo: '1000', Valid };
      expect((await json(rig, `${ACCESS}/UserInfo/Modify`, { UserInfo }, 'PUT')).status).toBe(200);
      rig.device.showFace('1000');
      expect((await events(rig)).map((event) => [event.minor, event.employeeNoString])).toEqual([
        [75, '1000'],
        [76, undefined],
        [8, '1000'],
      ]);
    });

    it('knows cards until their person is deleted', async () => {
      const rig = await site();
      const CardInfo = { employeeNo: '1000', cardNo: '0007', cardType: 'normalCard' };
      expect((await json(rig, `${ACCESS}/CardInfo/Record`, { CardInfo })).status).toBe(200);
      rig.device.showCard('0007');
      rig.device.showCard('7');
      const UserInfoDelCond = { EmployeeNoList: [{ employeeNo: '1000' }] };
      await json(rig, `${ACCESS}/UserInfo/Delete`, { UserInfoDelCond }, 'PUT');
      rig.device.showCard('0007');
      expect((await events(rig)).map((event) => event.minor)).toEqual([1, 9, 9]);
      expect((await json(rig, `${ACCESS}/CardInfo/Count`)).json()).toEqual({
        CardInfoCount: { cardNumber: 0 },
      });
    });
  });

  describe('pictures', () => {
    it('of events lie behind the login, and go stale in a reboot', async () => {
      const rig = await site({ traits: { rebootMs: 1000 } });
      rig.device.showFace('1000');
      const [event] = await events(rig);
      const url = new URL(String(event?.pictureURL));
      expect((await rig.send({ target: url.pathname })).status).toBe(401);
      const picture = await rig.call({ target: url.pathname });
      expect([picture.status, picture.headers['content-type']]).toEqual([200, 'image/jpeg']);
      expect(picture.body.subarray(0, 2).toString('hex')).toBe('ffd8');
      await rig.device.reboot();
      await rig.clock.advance(1000);
      await rig.device.powerOn();
      const stale = await rig.call({ target: url.pathname });
      expect([stale.status, stale.headers['content-type']]).toEqual([404, 'text/html']);
    });
  });

  describe('settings', () => {
    it.each([
      ['AcsCfg', { showName: false }],
      ['FaceRecognizeMode', { mode: 'normalMode' }],
    ])('%s is written and read back', async (name, change) => {
      const rig = await site();
      expect((await json(rig, `${ACCESS}/${name}`, { [name]: change }, 'PUT')).status).toBe(200);
      expect((await json(rig, `${ACCESS}/${name}`)).json()).toMatchObject({ [name]: change });
    });

    it('a bad document is refused in the form the call speaks', async () => {
      const rig = await site();
      const asJson = await json(rig, `${ACCESS}/AcsCfg`, {}, 'PUT');
      expect(asJson.json()).toMatchObject({ subStatusCode: 'MessageParametersLack', errorMsg: 'AcsCfg' });
      const bomb =
        '<!DOCTYPE t [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Time><timeMode>&b;</timeMode></Time>';
      const asXml = await put(rig, '/ISAPI/System/time', bomb);
      expect([asXml.status, textOf(asXml.text, 'subStatusCode')]).toEqual([400, 'badXmlFormat']);
    });
  });
}
