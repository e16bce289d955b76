import { describe, expect, it } from 'vitest';
import type { Rig, RigOptions, Way } from './rig.ts';

const ACCESS = '/ISAPI/AccessControl';
const LOCK = '/ISAPI/Security/illegalLoginLock';
const PERSON = { employeeNo: '1000', name: 'Popescu Ion', face: true };
const OPERATOR = { username: 'operator', password: 'Operator-1', privilege: 'operator' as const };
const USER = { username: 'user', password: 'Utilizator-1', privilege: 'user' as const };

const json = (rig: Rig, target: string, body?: object, method?: 'POST' | 'PUT') =>
  rig.call({ target: `${target}?format=json`, ...(body && { body }), ...(method && { method }) });
const read = async (rig: Rig, target: string) => (await rig.call({ target })).text;
const put = (rig: Rig, target: string, body = '') =>
  rig.call({ method: 'PUT', target, body, contentType: 'application/xml' });
const textOf = (text: string, name: string) => new RegExp(`<${name}>([^<]*)<`).exec(text)?.[1];
const said = (text: string) => [textOf(text, 'subStatusCode'), textOf(text, 'errorMsg')];

/** Rows of what is set and read: device, clock, login lock, rights, activation. */
export function settingsSuite(way: Way): void {
  const site = (options: RigOptions = {}) => way.rig({ persons: [PERSON], ...options });

  describe('deviceInfo', () => {
    it.each([
      ['ds-k1a340', undefined, '255'],
      ['ds-k1t673dx', 'accessControlTerminal', '1'],
    ])('of %s', async (profile, subDeviceType, telecontrolID) => {
      const rig = await site({ profile });
      const text = await read(rig, '/ISAPI/System/deviceInfo?format=json');
      expect([textOf(text, 'deviceType'), textOf(text, 'deviceID')]).toEqual(['ACS', '255']);
      expect([textOf(text, 'subDeviceType'), textOf(text, 'telecontrolID')]).toEqual([
        subDeviceType,
        telecontrolID,
      ]);
      const serial = textOf(text, 'serialNumber') ?? '';
      const build = textOf(text, 'firmwareReleasedDate')?.slice(-6) ?? '';
      expect(serial.startsWith(`${rig.device.model}20${build}V`)).toBe(true);
      expect(textOf(text, 'firmwareVersion')).toMatch(/^V\d+\.\d+\.\d+$/);
    });

    it('takes back its whole document with another name, and no part of one', async () => {
      const rig = await site();
      const whole = (await read(rig, '/ISAPI/System/deviceInfo')).replace(
        /<deviceName>[^<]*/,
        '<deviceName>Poarta 1',
      );
      expect(textOf((await put(rig, '/ISAPI/System/deviceInfo', whole)).text, 'statusCode')).toBe('1');
      expect(textOf(await read(rig, '/ISAPI/System/deviceInfo'), 'deviceName')).toBe('Poarta 1');
      const part = '<DeviceInfo><deviceName>Poarta 2</deviceName></DeviceInfo>';
      const refused = await put(rig, '/ISAPI/System/deviceInfo', part);
      expect([refused.status, ...said(refused.text)]).toEqual([400, 'MessageParametersLack', 'deviceID']);
      expect(textOf(await read(rig, '/ISAPI/System/deviceInfo'), 'deviceName')).toBe('Poarta 1');
    });
  });

  describe('the clock', () => {
    it.each([
      ['CST-3:00:00', '+03:00'],
      ['CST+3:00:00', '-03:00'],
      ['CST-5:30:00', '+05:30'],
      ['CST-2:00:00DST01:00:00,M3.5.0/03:00:00,M10.5.0/04:00:00', '+02:00'],
    ])('in zone %s is %s in January', async (zone, offset) => {
      const rig = await site();
      const time = `<Time><timeMode>NTP</timeMode><timeZone>${zone}</timeZone></Time>`;
      expect(textOf((await put(rig, '/ISAPI/System/time', time)).text, 'statusCode')).toBe('1');
      const text = await read(rig, '/ISAPI/System/time');
      expect([textOf(text, 'timeZone'), textOf(text, 'timeMode')]).toEqual([zone, 'NTP']);
      expect(textOf(text, 'localTime')?.slice(-6)).toBe(offset);
      expect(Date.parse(textOf(text, 'localTime') ?? '')).toBe(rig.clock.now());
    });

    it('refuses a zone nobody can read, and another mode', async () => {
      const rig = await site();
      const set = (mode: string, zone: string) =>
        put(
          rig,
          '/ISAPI/System/time',
          `<Time><timeMode>${mode}</timeMode><timeZone>${zone}</timeZone></Time>`,
        );
      expect(said((await set('NTP', 'Europe/Bucharest')).text)).toEqual(['badXmlContent', 'timeZone']);
      expect(said((await set('GPS', 'CST-3:00:00')).text)).toEqual(['badXmlContent', 'timeMode']);
    });

    it('has a time server that can be changed', async () => {
      const rig = await site();
      const server =
        '<NTPServer><id>1</id><addressingFormatType>hostname</addressingFormatType><hostName>ntp.example.org</hostName></NTPServer>';
      const target = '/ISAPI/System/time/ntpServers/1';
      expect(textOf((await put(rig, target, server)).text, 'statusCode')).toBe('1');
      expect(textOf(await read(rig, target), 'hostName')).toBe('ntp.example.org');
    });
  });

  describe('security', () => {
    it('userCheck is what an access controller sends', async () => {
      const rig = await site();
      const text = await read(rig, '/ISAPI/Security/userCheck');
      const found = ['statusValue', 'statusString', 'isDefaultPassword', 'isRiskPassword', 'isActivated'];
      expect(found.map((name) => textOf(text, name))).toEqual(['200', 'OK', 'false', 'false', 'true']);
    });

    it('illegalLoginLock shows 5 tries and 1800 s, and takes enabled alone', async () => {
      const rig = await site();
      const shown = async () => {
        const text = await read(rig, LOCK);
        return ['enabled', 'maxIllegalLoginTimes', 'maxIllegalLoginLockTime'].map((name) =>
          textOf(text, name),
        );
      };
      expect(await shown()).toEqual(['true', '5', '1800']);
      await put(rig, LOCK, '<IllegalLoginLock><enabled>false</enabled></IllegalLoginLock>');
      expect(await shown()).toEqual(['false', '5', '1800']);
      const wrong = { username: rig.device.username, password: 'wrong' };
      for (let count = 0; count < 6; count += 1) await rig.call({ target: LOCK }, wrong);
      expect((await rig.call({ target: LOCK })).status).toBe(200);
    });

    it.each([
      ['maxIllegalLoginTimes', 2],
      ['maxIllegalLoginTimes', 11],
      ['maxIllegalLoginLockTime', 9],
      ['maxIllegalLoginLockTime', 3601],
    ])('illegalLoginLock refuses %s %i', async (name, value) => {
      const rig = await site();
      const lock = `<IllegalLoginLock><enabled>true</enabled><${name}>${value}</${name}></IllegalLoginLock>`;
      expect(said((await put(rig, LOCK, lock)).text)).toEqual(['badXmlContent', name]);
    });

    it('adminAccesses names the three ports', async () => {
      const rig = await site();
      const text = await read(rig, '/ISAPI/Security/adminAccesses');
      expect(text.match(/<protocol>\w+/g)).toEqual([
        '<protocol>HTTP',
        '<protocol>DEV_MANAGE',
        '<protocol>HTTPS',
      ]);
      expect(text).toContain('<portNo>8000<');
    });

    it('a token is JSON', async () => {
      const rig = await site();
      const answer = await json(rig, '/ISAPI/Security/token');
      expect(answer.json()).toMatchObject({
        Token: { value: expect.stringMatching(/^[0-9a-f]{32}$/) as string },
      });
    });

    const WORK = `${ACCESS}/AcsWorkStatus?format=json`;
    const MODE = `${ACCESS}/FaceRecognizeMode?format=json`;
    const INFO = '/ISAPI/System/deviceInfo';
    it.each([
      ['a user', USER, [200, 403, 403]],
      ['an operator', OPERATOR, [200, 200, 403]],
    ] as const)('%s may read, write, administer: %j', async (_, as, statuses) => {
      const rig = await site({ users: [USER, OPERATOR] });
      const body = { FaceRecognizeMode: { mode: 'normalMode' } };
      const answers = [
        await rig.call({ target: WORK }, as),
        await rig.call({ method: 'PUT', target: MODE, body }, as),
        await rig.call(
          { method: 'PUT', target: INFO, body: '<DeviceInfo/>', contentType: 'application/xml' },
          as,
        ),
      ];
      expect(answers.map(({ status }) => status)).toEqual(statuses);
      expect(said(answers[2]?.text ?? '')[0]).toBe('lowPrivilege');
    });

    it('a terminal fresh from the factory takes nobody until it has a password', async () => {
      const rig = await site({ activated: false });
      const status = async () =>
        textOf((await rig.send({ target: '/SDK/activateStatus' })).text, 'Activated');
      expect(await status()).toBe('false');
      const refused = await rig.call({ target: INFO });
      expect([refused.status, said(refused.text)[0]]).toEqual([403, 'notActivated']);
      rig.device.changePassword('Alta-parola-2');
      expect(await status()).toBe('true');
      expect((await rig.call({ target: INFO })).status).toBe(200);
    });

    it('factoryReset full leaves nobody and no password', async () => {
      const rig = await site({ traits: { rebootMs: 1000 } });
      expect((await put(rig, '/ISAPI/System/factoryReset?mode=full')).status).toBe(200);
      await rig.clock.advance(1000);
      await rig.device.powerOn();
      expect(rig.device.persons()).toEqual([]);
      expect((await rig.call({ target: INFO })).status).toBe(403);
      const other = await site();
      expect(said((await put(other, '/ISAPI/System/factoryReset?mode=all')).text)[0]).toBe('badParameters');
    });
  });
}
