import { describe, expect, it } from 'vitest';
import { drawPicture } from '../testing/pictures.ts';
import {
  DELETE,
  DELETE_PROCESS,
  DETAIL_DELETE,
  FACE_RECORD,
  faceUpload,
  RECORD,
  userInfo,
} from '../testing/requests.ts';
import { testTerminal, type TestTerminalOptions } from '../testing/test-terminal.ts';

const listOf = (...employeeNos: string[]) => ({
  EmployeeNoList: employeeNos.map((employeeNo) => ({ employeeNo })),
});

async function terminalWith(employeeNos: string[], options: TestTerminalOptions = {}) {
  const t = testTerminal(options);
  for (const employeeNo of employeeNos) await t.call('POST', RECORD, userInfo(employeeNo));
  const left = () => Array.from(t.terminal.persons, (person) => person.employeeNo);
  const progress = async () => (await t.call('GET', DELETE_PROCESS)).json;
  return { ...t, left, progress };
}

describe('UserInfo/Delete', () => {
  it('deletes who is named, with face and cards; a stranger is no error', async () => {
    const { call, left, terminal } = await terminalWith(['1', '2', '3']);
    await call('POST', FACE_RECORD, ...faceUpload('1', await drawPicture()));
    terminal.cards.add({ cardNo: '0042', employeeNo: '1', cardType: 'normalCard' });
    const answer = await call('PUT', DELETE, { UserInfoDelCond: listOf('1', '3', 'nobody') });
    expect(answer.status).toBe(200);
    expect(left()).toEqual(['2']);
    expect(terminal.faces.size).toBe(0);
    expect(terminal.cards.size).toBe(0);
  });

  it('without a list refuses, or deletes everybody where the model does', async () => {
    const { call, left } = await terminalWith(['1', '2']);
    expect((await call('PUT', DELETE, { UserInfoDelCond: {} })).json).toMatchObject({
      subStatusCode: 'MessageParametersLack',
      errorMsg: 'EmployeeNoList',
    });
    expect(left()).toEqual(['1', '2']);
    const harsh = await terminalWith(['1', '2'], { traits: { deleteWithoutList: 'delete-all' } });
    await harsh.call('PUT', DELETE, { UserInfoDelCond: {} });
    expect(harsh.left()).toEqual([]);
  });

  it('refuses a list that is too long or misspelled', async () => {
    const { call } = testTerminal();
    const many = listOf(...Array.from({ length: 31 }, (_, index) => String(index)));
    expect((await call('PUT', DELETE, { UserInfoDelCond: many })).json).toMatchObject({
      subStatusCode: 'badJsonContent',
      errorMsg: 'EmployeeNoList',
    });
    const lower = { UserInfoDelCond: { employeeNoList: [{ employeeNo: '1' }] } };
    expect((await call('PUT', DELETE, lower)).subStatusCode).toBe('MessageParametersLack');
  });
});

describe('UserInfoDetail/Delete', () => {
  it('answers at once and is done later, as DeleteProcess tells', async () => {
    const { call, left, progress, clock } = await terminalWith(['1', '2', '3', '4'], {
      traits: { detailDeleteMsPerPerson: 100 },
    });
    const detail = { UserInfoDetail: { mode: 'byEmployeeNo', ...listOf('1', '2', '3', 'nobody') } };
    expect((await call('PUT', DETAIL_DELETE, detail)).status).toBe(200);
    expect(left()).toHaveLength(4);
    await clock.advance(100);
    expect(await progress()).toEqual({ UserInfoDetailDeleteProcess: { status: 'processing', percent: 25 } });
    await clock.advance(300);
    expect(await progress()).toEqual({ UserInfoDetailDeleteProcess: { status: 'success', percent: 100 } });
    expect(left()).toEqual(['4']);
  });

  it('holds the device meanwhile', async () => {
    const { call } = await terminalWith(['1']);
    await call('PUT', DETAIL_DELETE, { UserInfoDetail: { mode: 'all' } });
    expect((await call('POST', RECORD, userInfo('2'))).subStatusCode).toBe('deviceBusy');
    expect((await call('PUT', DETAIL_DELETE, { UserInfoDetail: { mode: 'all' } })).subStatusCode).toBe(
      'deviceBusy',
    );
  });

  it('mode all empties the device', async () => {
    const { call, left, clock } = await terminalWith(['1', '2']);
    await call('PUT', DETAIL_DELETE, { UserInfoDetail: { mode: 'all', EmployeeNoList: [] } });
    await clock.advance(60_000);
    expect(left()).toEqual([]);
  });

  it('fails and deletes nobody when power is lost', async () => {
    const { call, left, progress, clock, terminal } = await terminalWith(['1', '2']);
    await call('PUT', DETAIL_DELETE, { UserInfoDetail: { mode: 'all' } });
    terminal.powerLost();
    await clock.advance(60_000);
    expect(left()).toEqual(['1', '2']);
    expect(await progress()).toMatchObject({ UserInfoDetailDeleteProcess: { status: 'failed' } });
    expect((await call('POST', RECORD, userInfo('3'))).status).toBe(200);
  });

  it('is done before it answers on firmware without DeleteProcess', async () => {
    const { call, left } = await terminalWith(['1', '2'], { traits: { deleteProcess: 'not-found' } });
    await call('PUT', DETAIL_DELETE, { UserInfoDetail: { mode: 'all' } });
    expect(left()).toEqual([]);
    expect((await call('GET', DELETE_PROCESS)).status).toBe(404);
  });

  it.each([
    [{}, 'MessageParametersLack', 'UserInfoDetail'],
    [{ UserInfoDetail: {} }, 'MessageParametersLack', 'mode'],
    [{ UserInfoDetail: { mode: 'some' } }, 'badJsonContent', 'mode'],
    [{ UserInfoDetail: { mode: 'byEmployeeNo' } }, 'MessageParametersLack', 'EmployeeNoList'],
    [
      {
        UserInfoDetail: {
          mode: 'byEmployeeNo',
          ...listOf(...Array.from({ length: 51 }, (_, n) => String(n))),
        },
      },
      'badJsonContent',
      'EmployeeNoList',
    ],
  ])('refuses %j', async (body, subStatusCode, errorMsg) => {
    const { json } = await testTerminal().call('PUT', DETAIL_DELETE, body);
    expect(json).toMatchObject({ subStatusCode, errorMsg });
  });
});

describe('FingerPrint/Delete', () => {
  const FINGERPRINT_DELETE = '/ISAPI/AccessControl/FingerPrint/Delete';

  it.each([
    [{}, 'MessageParametersLack', 'FingerPrintDelete'],
    [{ FingerPrintDelete: {} }, 'MessageParametersLack', 'mode'],
    [{ FingerPrintDelete: [] }, 'badJsonContent', 'FingerPrintDelete'],
  ])('refuses %j', async (body, subStatusCode, errorMsg) => {
    const { json } = await testTerminal().call('PUT', FINGERPRINT_DELETE, body);
    expect(json).toMatchObject({ subStatusCode, errorMsg });
  });

  it('is no error for a person without fingerprints', async () => {
    const { call } = await terminalWith(['1']);
    const body = { FingerPrintDelete: { mode: 'byEmployeeNo', EmployeeNoDetail: { employeeNo: '1' } } };
    expect((await call('PUT', FINGERPRINT_DELETE, body)).json).toMatchObject({ statusCode: 1 });
  });
});
