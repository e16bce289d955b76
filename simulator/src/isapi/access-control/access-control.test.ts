import { describe, expect, it } from 'vitest';
import { showFace } from '../../terminal/access.ts';
import { MODIFY, RECORD, userInfo } from '../testing/requests.ts';
import { sampleJson, sampleText, shapeOf } from '../testing/samples.ts';
import { testTerminal } from '../testing/test-terminal.ts';

const ACCESS = '/ISAPI/AccessControl';
const DOOR = `${ACCESS}/RemoteControl/door`;
const door = (cmd: string) => sampleText('remotecontroldoor-request.xml').replace('open', cmd);

interface WorkStatus {
  doorLockStatus: number[];
  doorStatus: number[];
  magneticStatus: number[];
}

async function workStatus(t: ReturnType<typeof testTerminal>): Promise<WorkStatus> {
  const { json } = await t.call('GET', `${ACCESS}/AcsWorkStatus`);
  return (json as { AcsWorkStatus: WorkStatus }).AcsWorkStatus;
}

describe('answers have the shape of what a DS-K1A340 sent', () => {
  it.each([
    ['acsworkstatus-k1a340.json', 'AcsWorkStatus'],
    ['acscfg-k1a340.json', 'AcsCfg'],
    ['cardreadercfg-1-k1a340.json', 'CardReaderCfg/1'],
    ['userrightplantemplate-1-k1a340.json', 'UserRightPlanTemplate/1'],
  ])('%s', async (file, path) => {
    const { json } = await testTerminal({ profile: 'ds-k1a340' }).call('GET', `${ACCESS}/${path}`);
    expect(shapeOf(json)).toEqual(shapeOf(sampleJson(file)));
  });

  it('and at rest its values', async () => {
    const { json } = await testTerminal({ profile: 'ds-k1a340' }).call('GET', `${ACCESS}/AcsWorkStatus`);
    expect(json).toEqual(sampleJson('acsworkstatus-k1a340.json'));
  });

  it.each(['SNAPConfig', 'DeployInfo', 'IdentityTerminal'])('%s is empty', async (name) => {
    expect(await testTerminal().call('GET', `${ACCESS}/${name}`)).toMatchObject({ status: 200, text: '' });
  });
});

describe('capabilities', () => {
  it('are XML that calls itself JSON on DS-K1T673DX', async () => {
    const { call } = testTerminal({ profile: 'ds-k1t673dx' });
    // The test's client believes the type and parses it.
    await expect(call('GET', `${ACCESS}/capabilities`)).rejects.toThrow(SyntaxError);
    const plain = await call('GET', `${ACCESS}/capabilities?format=xml`);
    expect(plain.contentType).toBe('application/xml; charset="UTF-8"');
    expect(plain.text).toContain('<employeeNo min="1" max="32">');
  });

  it('are XML that says so elsewhere', async () => {
    const { contentType, text } = await testTerminal().call('GET', `${ACCESS}/capabilities`);
    expect(contentType).toBe('application/xml; charset="UTF-8"');
    expect(text).toContain('<isSupportUserInfo>true</isSupportUserInfo>');
  });
});

describe('doors', () => {
  it('open, which AcsWorkStatus shows until they shut', async () => {
    const t = testTerminal();
    const { text, status } = await t.call('PUT', `${DOOR}/1`, door('open'));
    expect([status, text]).toEqual([200, sampleText('responsestatus-ok-ver20.xml')]);
    expect(await workStatus(t)).toMatchObject({ doorLockStatus: [1], doorStatus: [4], magneticStatus: [1] });
    await t.clock.advance(5000);
    expect(await workStatus(t)).toMatchObject({ doorLockStatus: [0], magneticStatus: [0] });
    expect(t.terminal.events.find(1)).toMatchObject({ major: 3, minor: 1024, doorNo: 1 });
  });

  it.each([
    ['alwaysOpen', { doorLockStatus: [1], doorStatus: [2] }],
    ['alwaysClose', { doorLockStatus: [0], doorStatus: [3] }],
  ])('%s until resume, on every door', async (cmd, expected) => {
    const t = testTerminal();
    await t.call('PUT', `${DOOR}/65535`, door(cmd));
    await t.clock.advance(86_400_000);
    expect(await workStatus(t)).toMatchObject(expected);
    await t.call('PUT', `${DOOR}/65535`, door('resume'));
    expect(await workStatus(t)).toMatchObject({ doorLockStatus: [0], doorStatus: [4] });
  });

  it.each([
    ['2', door('open'), 'invalidID'],
    ['x', door('open'), 'invalidID'],
    ['1', door('explode'), 'badXmlContent'],
    ['1', '<RemoteControlDoor/>', 'MessageParametersLack'],
    ['1', '{"cmd":"open"}', 'badXmlFormat'],
  ])('%s with %.40s is %s', async (doorNo, body, code) => {
    const t = testTerminal();
    expect((await t.call('PUT', `${DOOR}/${doorNo}`, body)).subStatusCode).toBe(code);
    expect(t.terminal.events.size).toBe(0);
  });

  it('capabilities are 405 on DS-K1T341AM', async () => {
    const { call } = testTerminal({ profile: 'ds-k1t341am' });
    expect(await call('GET', `${DOOR}/capabilities`)).toMatchObject({
      status: 405,
      subStatusCode: 'methodNotAllowed',
    });
    const { text } = await testTerminal({ traits: { doorCapabilities: 'yes' } }).call(
      'GET',
      `${DOOR}/capabilities`,
    );
    expect(text).toContain('<cmd opt="open,close,alwaysOpen,alwaysClose,resume">');
  });

  it('stay open as long as Door/param says', async () => {
    const t = testTerminal();
    const param = '<DoorParam><doorName>Gate</doorName><openDuration>60</openDuration></DoorParam>';
    expect((await t.call('PUT', `${ACCESS}/Door/param/1`, param)).status).toBe(200);
    expect((await t.call('GET', `${ACCESS}/Door/param/1`)).text).toContain('<openDuration>60</openDuration>');
    await t.call('PUT', `${DOOR}/1`, door('open'));
    await t.clock.advance(59_999);
    expect(await workStatus(t)).toMatchObject({ doorLockStatus: [1] });
    expect((await t.call('PUT', `${ACCESS}/Door/param/2`, param)).subStatusCode).toBe('invalidID');
    expect((await t.call('PUT', `${ACCESS}/Door/param/1`, param.replace('60', '256'))).subStatusCode).toBe(
      'badXmlContent',
    );
  });
});

describe('configuration', () => {
  it('AcsCfg keeps what it knows', async () => {
    const t = testTerminal();
    const put = (AcsCfg: unknown) => t.call('PUT', `${ACCESS}/AcsCfg`, { AcsCfg });
    expect((await put({ showName: false, unheardOf: 1, needDeviceCheck: true })).status).toBe(200);
    const { json } = await t.call('GET', `${ACCESS}/AcsCfg`);
    expect(json).toMatchObject({ AcsCfg: { showName: false, showPicture: true, needDeviceCheck: true } });
    expect((json as { AcsCfg: object }).AcsCfg).not.toHaveProperty('unheardOf');
    expect((await put({ showName: 'no' })).json).toMatchObject({
      subStatusCode: 'badJsonContent',
      errorMsg: 'showName',
    });
    expect((await put(null)).json).toMatchObject({ errorMsg: 'AcsCfg' });
  });

  it('CardReaderCfg is there for reader 1', async () => {
    const t = testTerminal();
    const change = { CardReaderCfg: { faceMatchThresholdN: 90 } };
    expect((await t.call('PUT', `${ACCESS}/CardReaderCfg/1`, change)).status).toBe(200);
    const { json } = await t.call('GET', `${ACCESS}/CardReaderCfg/1`);
    expect(json).toMatchObject({
      CardReaderCfg: {
        faceMatchThresholdN: 90,
        faceRecogizeEnable: 1,
        cardReaderDescription: t.terminal.traits.model,
      },
    });
    expect((await t.call('GET', `${ACCESS}/CardReaderCfg/3`)).status).toBe(404);
    expect((await t.call('PUT', `${ACCESS}/CardReaderCfg/3`, change)).status).toBe(404);
  });

  it('deepMode goes with the infrared library', async () => {
    const mode = { FaceRecognizeMode: { mode: 'deepMode' } };
    const plain = testTerminal({ traits: { infraredLibrary: false } });
    expect((await plain.call('PUT', `${ACCESS}/FaceRecognizeMode`, mode)).json).toMatchObject({
      errorMsg: 'mode',
    });
    expect((await plain.call('GET', `${ACCESS}/FaceRecognizeMode`)).json).toEqual({
      FaceRecognizeMode: { mode: 'normalMode' },
    });
    const deep = testTerminal({ traits: { infraredLibrary: true } });
    expect((await deep.call('PUT', `${ACCESS}/FaceRecognizeMode`, mode)).status).toBe(200);
    expect((await deep.call('GET', `${ACCESS}/FaceRecognizeMode`)).json).toEqual(mode);
  });
});

describe('plans', () => {
  const TEMPLATE = `${ACCESS}/UserRightPlanTemplate`;
  const WEEK = `${ACCESS}/UserRightWeekPlanCfg`;
  const slot = (more: object = {}) => ({
    week: 'Monday',
    id: 1,
    enable: true,
    TimeSegment: { beginTime: '08:00:00', endTime: '10:00:00' },
    ...more,
  });

  it('template 2 is off and week plan 1 has 56 slots', async () => {
    const { call } = testTerminal();
    expect((await call('GET', `${TEMPLATE}/2`)).json).toEqual({
      UserRightPlanTemplate: { enable: false, templateName: '', weekPlanNo: 0, holidayGroupNo: '' },
    });
    const { json } = await call('GET', `${WEEK}/1`);
    const { WeekPlanCfg } = (json as { UserRightWeekPlanCfg: { WeekPlanCfg: object[] } })
      .UserRightWeekPlanCfg;
    expect(WeekPlanCfg).toHaveLength(56);
    expect(WeekPlanCfg[0]).toEqual(slot({ TimeSegment: { beginTime: '00:00:00', endTime: '24:00:00' } }));
  });

  it('decide when somebody may come in', async () => {
    const t = testTerminal();
    await t.call('PUT', `${WEEK}/2`, { UserRightWeekPlanCfg: { enable: true, WeekPlanCfg: [slot()] } });
    const template = { enable: true, templateName: 'early', weekPlanNo: 2, holidayGroupNo: '' };
    expect((await t.call('PUT', `${TEMPLATE}/3`, { UserRightPlanTemplate: template })).status).toBe(200);
    expect((await t.call('GET', `${TEMPLATE}/3`)).json).toEqual({ UserRightPlanTemplate: template });
    await t.call('POST', RECORD, userInfo('1', { RightPlan: [{ doorNo: 1, planTemplateNo: '3' }] }));
    t.terminal.faces.set('1', { sha256: null, sizeBytes: 0, origin: 'seeded' });
    // It is 11 o'clock on a Monday.
    expect(showFace(t.terminal, '1').minor).toBe(7);
    const longer = slot({ TimeSegment: { beginTime: '08:00:00', endTime: '12:00:00' } });
    await t.call('PUT', `${WEEK}/2`, { UserRightWeekPlanCfg: { enable: true, WeekPlanCfg: [longer] } });
    expect(showFace(t.terminal, '1').minor).toBe(75);
  });

  it.each([
    ['week', slot({ week: 'Someday' })],
    ['id', slot({ id: 9 })],
    ['enable', slot({ enable: 'true' })],
    ['TimeSegment', slot({ TimeSegment: undefined })],
    ['beginTime', slot({ TimeSegment: { beginTime: '8:00', endTime: '10:00:00' } })],
    ['endTime', slot({ TimeSegment: { beginTime: '08:00:00', endTime: '07:00:00' } })],
  ])('a slot with a bad %s changes nothing', async (errorMsg, bad) => {
    const t = testTerminal();
    const answer = await t.call('PUT', `${WEEK}/1`, {
      UserRightWeekPlanCfg: { enable: true, WeekPlanCfg: [bad] },
    });
    expect(answer.json).toMatchObject({ statusCode: 6, errorMsg });
    expect(t.terminal.plans.allows(1, '2026-01-05T23:00:00')).toBe(true);
  });

  it.each([`${TEMPLATE}/0`, `${TEMPLATE}/256`, `${TEMPLATE}/x`, `${WEEK}/129`])(
    '%s is invalidID',
    async (path) => {
      expect((await testTerminal().call('GET', path)).json).toEqual(sampleJson('error-invalidID.json'));
    },
  );

  it('a template with a bad group or name is refused', async () => {
    const { call } = testTerminal();
    const put = (more: object) =>
      call('PUT', `${TEMPLATE}/2`, { UserRightPlanTemplate: { enable: true, ...more } });
    expect((await put({ holidayGroupNo: '1,65' })).json).toMatchObject({ errorMsg: 'holidayGroupNo' });
    expect((await put({ templateName: 'x'.repeat(33) })).json).toMatchObject({ errorMsg: 'templateName' });
    expect((await put({ weekPlanNo: 129 })).json).toMatchObject({ errorMsg: 'weekPlanNo' });
    expect((await put({ holidayGroupNo: '1,64' })).status).toBe(200);
  });
});

describe('a leaver', () => {
  it('is shut out once Modify has switched the validity off', async () => {
    const t = testTerminal();
    await t.call('POST', RECORD, userInfo('1000'));
    t.terminal.faces.set('1000', { sha256: null, sizeBytes: 0, origin: 'seeded' });
    expect(showFace(t.terminal, '1000').minor).toBe(75);
    await t.clock.advance(60_000);
    const Valid = { enable: false, beginTime: '2020-01-01T00:00:00', endTime: '2037-12-31T23:59:59' };
    expect((await t.call('PUT', MODIFY, userInfo('1000', { Valid }))).status).toBe(200);
    expect(showFace(t.terminal, '1000').minor).toBe(8);
    expect(await workStatus(t)).toMatchObject({ doorLockStatus: [0] });
  });
});

describe('remote check', () => {
  it.each([
    ['success', [1]],
    ['failed', [0]],
  ])('%s', async (checkResult, doorLockStatus) => {
    const t = testTerminal();
    await t.call('PUT', `${ACCESS}/AcsCfg`, { AcsCfg: { remoteCheckDoorEnabled: true } });
    await t.call('POST', RECORD, userInfo('1'));
    t.terminal.faces.set('1', { sha256: null, sizeBytes: 0, origin: 'seeded' });
    const { serialNo } = showFace(t.terminal, '1');
    expect(await workStatus(t)).toMatchObject({ doorLockStatus: [0] });
    const check = (RemoteCheck: object) => t.call('PUT', `${ACCESS}/remoteCheck`, { RemoteCheck });
    expect((await check({ serialNo: serialNo + 1, checkResult })).json).toMatchObject({
      errorMsg: 'serialNo',
    });
    expect((await check({ serialNo, checkResult: 'maybe' })).json).toMatchObject({ errorMsg: 'checkResult' });
    expect((await check({ serialNo, checkResult, info: '' })).json).toEqual(sampleJson('ok.json'));
    expect(await workStatus(t)).toMatchObject({ doorLockStatus });
    expect((await check({ serialNo, checkResult })).json).toMatchObject({ errorMsg: 'serialNo' });
  });
});
