import { describe, expect, it } from 'vitest';
import { sampleJson, shapeOf } from '../src/isapi/testing/samples.ts';
import type { Rig, RigOptions, Way } from './rig.ts';

const ACCESS = '/ISAPI/AccessControl';
const PERSON = { employeeNo: '1000', name: 'Popescu Ion', face: true };

const json = (rig: Rig, target: string, body?: object, method?: 'POST' | 'PUT') =>
  rig.call({ target: `${target}?format=json`, ...(body && { body }), ...(method && { method }) });
const read = async (rig: Rig, target: string) => (await rig.call({ target })).text;
const put = (rig: Rig, target: string, body = '') =>
  rig.call({ method: 'PUT', target, body, contentType: 'application/xml' });
const textOf = (text: string, name: string) => new RegExp(`<${name}>([^<]*)<`).exec(text)?.[1];
const said = (text: string) => [textOf(text, 'subStatusCode'), textOf(text, 'errorMsg')];

/** Rows of doors, readers, plans and cards. */
export function accessControlSuite(way: Way): void {
  const site = (options: RigOptions = {}) => way.rig({ persons: [PERSON], ...options });

  describe('access control', () => {
    it.each([
      ['AcsWorkStatus', 'acsworkstatus-k1a340.json'],
      ['AcsCfg', 'acscfg-k1a340.json'],
      ['CardReaderCfg/1', 'cardreadercfg-1-k1a340.json'],
      ['UserRightPlanTemplate/1', 'userrightplantemplate-1-k1a340.json'],
    ])('%s has the keys a DS-K1A340 sent', async (name, file) => {
      const rig = await site({ profile: 'ds-k1a340' });
      const answer = await json(rig, `${ACCESS}/${name}`);
      expect(shapeOf(answer.json())).toEqual(shapeOf(sampleJson(file)));
    });

    it('reader 3 is 404', async () => {
      const rig = await site();
      expect((await json(rig, `${ACCESS}/CardReaderCfg/3`)).status).toBe(404);
    });

    it('a reader, the storage of events and a door keep what is written', async () => {
      const rig = await site();
      await json(rig, `${ACCESS}/CardReaderCfg/1`, { CardReaderCfg: { faceMatchThresholdN: 90 } }, 'PUT');
      expect((await json(rig, `${ACCESS}/CardReaderCfg/1`)).json()).toMatchObject({
        CardReaderCfg: { faceMatchThresholdN: 90 },
      });
      const mode = { EventStorageCfg: { mode: 'cycle' } };
      expect((await json(rig, `${ACCESS}/AcsEvent/StorageCfg`, mode, 'PUT')).json()).toMatchObject({
        statusCode: 1,
      });
      expect((await json(rig, `${ACCESS}/AcsEvent/StorageCfg`)).json()).toEqual(mode);
      const param = '<DoorParam><doorName>Poarta</doorName><openDuration>9</openDuration></DoorParam>';
      expect(textOf((await put(rig, `${ACCESS}/Door/param/1`, param)).text, 'statusCode')).toBe('1');
      expect(textOf(await read(rig, `${ACCESS}/Door/param/1`), 'openDuration')).toBe('9');
    });

    it('a door takes its five commands and no other', async () => {
      const rig = await site();
      const send = (cmd: string, door: number | string = 1) =>
        put(
          rig,
          `${ACCESS}/RemoteControl/door/${door}`,
          `<RemoteControlDoor><cmd>${cmd}</cmd></RemoteControlDoor>`,
        );
      const status = async () =>
        ((await json(rig, `${ACCESS}/AcsWorkStatus`)).json() as { AcsWorkStatus: { doorStatus: number[] } })
          .AcsWorkStatus.doorStatus[0];
      const seen = [];
      for (const cmd of ['open', 'close', 'alwaysOpen', 'alwaysClose', 'resume']) {
        expect(textOf((await send(cmd)).text, 'statusCode')).toBe('1');
        seen.push(await status());
      }
      expect(seen).toEqual([4, 4, 2, 3, 4]);
      expect(said((await send('explode')).text)[0]).toBe('badXmlContent');
      expect(said((await send('open', 2)).text)[0]).toBe('invalidID');
      const capabilities = await rig.call({ target: `${ACCESS}/RemoteControl/door/capabilities` });
      expect([capabilities.status, said(capabilities.text)[0]]).toEqual([405, 'methodNotAllowed']);
    });

    it('plans: template 1 all day, 2 off, week plan 1 of 56 rows, caps at 255 and 128', async () => {
      const rig = await site();
      const template = async (no: number) =>
        (await json(rig, `${ACCESS}/UserRightPlanTemplate/${no}`)).json();
      expect(await template(1)).toMatchObject({ UserRightPlanTemplate: { enable: true, weekPlanNo: 1 } });
      expect(await template(2)).toMatchObject({ UserRightPlanTemplate: { enable: false, weekPlanNo: 0 } });
      expect(await template(256)).toMatchObject({ subStatusCode: 'invalidID' });
      const week = (await json(rig, `${ACCESS}/UserRightWeekPlanCfg/1`)).json() as {
        UserRightWeekPlanCfg: { WeekPlanCfg: object[] };
      };
      expect(week.UserRightWeekPlanCfg.WeekPlanCfg).toHaveLength(56);
      expect(week.UserRightWeekPlanCfg.WeekPlanCfg[0]).toMatchObject({
        week: 'Monday',
        id: 1,
        TimeSegment: { beginTime: '00:00:00', endTime: '24:00:00' },
      });
      expect((await json(rig, `${ACCESS}/UserRightWeekPlanCfg/129`)).json()).toMatchObject({
        subStatusCode: 'invalidID',
      });
    });

    it('a plan that is switched off keeps people out', async () => {
      const rig = await site();
      const off = { UserRightPlanTemplate: { enable: false } };
      expect((await json(rig, `${ACCESS}/UserRightPlanTemplate/1`, off, 'PUT')).status).toBe(200);
      rig.device.showFace('1000');
      const body = {
        AcsEventCond: { searchID: '1', searchResultPosition: 0, maxResults: 30, major: 5, minor: 7 },
      };
      expect((await json(rig, `${ACCESS}/AcsEvent`, body)).json()).toMatchObject({
        AcsEvent: { totalMatches: 1 },
      });
    });
  });

  describe('cards', () => {
    const card = (cardNo: string, employeeNo = '1000') => ({
      CardInfo: { employeeNo, cardNo, cardType: 'normalCard' },
    });
    const CARDS = `${ACCESS}/CardInfo`;
    const two = { persons: [PERSON, { employeeNo: '1001', name: 'Ionescu Ana' }] };

    it('are found with their zeros, changed, counted and deleted', async () => {
      const rig = await site();
      expect((await json(rig, `${CARDS}/Record`, card('0001234567'))).json()).toMatchObject({
        statusCode: 1,
      });
      const CardInfoSearchCond = { searchID: '1', searchResultPosition: 0, maxResults: 30 };
      const search = async () => (await json(rig, `${CARDS}/Search`, { CardInfoSearchCond })).json();
      expect(await search()).toMatchObject({
        CardInfoSearch: { responseStatusStrg: 'OK', CardInfo: [{ cardNo: '0001234567' }] },
      });
      const patrol = { CardInfo: { ...card('0001234567').CardInfo, cardType: 'patrolCard' } };
      expect((await json(rig, `${CARDS}/Modify`, patrol, 'PUT')).status).toBe(200);
      expect(await search()).toMatchObject({ CardInfoSearch: { CardInfo: [{ cardType: 'patrolCard' }] } });
      const gone = { CardInfoDelCond: { CardNoList: [{ cardNo: '0001234567' }] } };
      expect((await json(rig, `${CARDS}/Delete`, gone, 'PUT')).status).toBe(200);
      expect((await json(rig, `${CARDS}/Count`)).json()).toEqual({ CardInfoCount: { cardNumber: 0 } });
      expect(shapeOf(await search())).toEqual(shapeOf(sampleJson('cardinfo-search-no-match-k1a340.json')));
    });

    it('of somebody else are cardNoAlreadyExist, checkEmployeeNo', async () => {
      const rig = await site(two);
      await json(rig, `${CARDS}/Record`, card('7'));
      const answer = await json(rig, `${CARDS}/Record`, card('7', '1001'));
      expect(answer.json()).toEqual(sampleJson('error-cardNoAlreadyExist.json'));
      expect((await json(rig, `${CARDS}/SetUp`, card('7', '1001'), 'PUT')).json()).toMatchObject({
        subStatusCode: 'cardNoAlreadyExist',
      });
    });

    it('are full per person and per device', async () => {
      const rig = await site({ ...two, traits: { maxCards: 6 } });
      for (let no = 1; no <= 5; no += 1)
        expect((await json(rig, `${CARDS}/Record`, card(`${no}`))).json()).toMatchObject({ statusCode: 1 });
      expect((await json(rig, `${CARDS}/Record`, card('6'))).json()).toMatchObject({
        subStatusCode: 'cardFullPerUser',
        errorCode: 0x60007005,
      });
      await json(rig, `${CARDS}/Record`, card('6', '1001'));
      expect((await json(rig, `${CARDS}/Record`, card('7', '1001'))).json()).toMatchObject({
        subStatusCode: 'deviceCardFull',
        errorCode: 0x60006008,
      });
      const many = await site({ traits: { maxCardsPerPerson: 255 } });
      for (let no = 1; no <= 6; no += 1)
        expect((await json(many, `${CARDS}/Record`, card(`${no}`))).status).toBe(200);
    });
  });
}
