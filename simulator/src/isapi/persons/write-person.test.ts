import { describe, expect, it } from 'vitest';
import { showFace } from '../../terminal/access.ts';
import { MODIFY, RECORD, SET_UP, userInfo } from '../testing/requests.ts';
import { testTerminal } from '../testing/test-terminal.ts';

const VALID = { enable: true, beginTime: '2020-01-01T00:00:00', endTime: '2037-12-31T23:59:59' };

describe('UserInfo/Record', () => {
  it('stores the person as it was written', async () => {
    const { call, terminal } = testTerminal();
    const answer = await call('POST', RECORD, userInfo('007', { gender: 'female', password: '4711' }));
    expect(answer).toMatchObject({ status: 200, subStatusCode: 'ok' });
    expect(terminal.persons.get('007')).toEqual({
      employeeNo: '007',
      name: 'Person One',
      userType: 'normal',
      valid: { ...VALID, timeType: 'local' },
      doorRight: '1',
      rightPlan: [{ doorNo: 1, planTemplateNo: '1' }],
      extras: { gender: 'female' },
    });
  });

  it('changes nothing for a person who is there', async () => {
    const { call, terminal } = testTerminal();
    await call('POST', RECORD, userInfo('1', { name: 'Old' }));
    expect((await call('POST', RECORD, userInfo('1', { name: 'New' }))).subStatusCode).toBe(
      'employeeNoAlreadyExist',
    );
    expect(terminal.persons.get('1')?.name).toBe('Old');
  });

  it('with checkUser false does not look whether the person is there', async () => {
    const { call, terminal } = testTerminal();
    await call('POST', RECORD, userInfo('1', { name: 'Old' }));
    await call('POST', RECORD, userInfo('1', { name: 'New', checkUser: false }));
    expect(terminal.persons.get('1')?.name).toBe('New');
    expect(terminal.persons.size).toBe(1);
  });

  it('ignores unknown keys, plamTemplateNo among them, which gives no plan', async () => {
    const { call, terminal } = testTerminal();
    const wrong = { RightPlan: [{ doorNo: 1, plamTemplateNo: '1' }], whatever: { deep: [1] } };
    expect((await call('POST', RECORD, userInfo('1', wrong))).status).toBe(200);
    expect(terminal.persons.get('1')?.rightPlan).toEqual([{ doorNo: 1, planTemplateNo: '' }]);
  });

  it('tells full from already there', async () => {
    const { call } = testTerminal({ traits: { maxPersons: 1 } });
    await call('POST', RECORD, userInfo('1'));
    expect((await call('POST', RECORD, userInfo('1'))).subStatusCode).toBe('employeeNoAlreadyExist');
    expect((await call('POST', RECORD, userInfo('2'))).subStatusCode).toBe('deviceUserFull');
    expect((await call('PUT', SET_UP, userInfo('2'))).subStatusCode).toBe('deviceUserFull');
    expect((await call('PUT', MODIFY, userInfo('2', { addUser: true }))).subStatusCode).toBe(
      'deviceUserFull',
    );
    expect((await call('PUT', MODIFY, userInfo('1'))).status).toBe(200);
  });

  it('is full where a fault says so', async () => {
    const { call } = testTerminal({ conditions: { personsFullAt: 0 } });
    expect((await call('POST', RECORD, userInfo('1'))).subStatusCode).toBe('deviceUserFull');
  });

  const rows: [what: string, body: unknown, code: string, errorMsg: string][] = [
    ['no JSON', '{"UserInfo":', 'badJsonFormat', 'badJsonFormat'],
    ['no body', '', 'badJsonFormat', 'badJsonFormat'],
    ['XML', '<UserInfo/>', 'badJsonFormat', 'badJsonFormat'],
    ['broken UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'badJsonFormat', 'badJsonFormat'],
    ['a list', '[]', 'badJsonContent', 'badJsonContent'],
    ['a list of persons', { UserInfo: [] }, 'badJsonContent', 'UserInfo'],
    ['no employeeNo', { UserInfo: { name: 'A' } }, 'MessageParametersLack', 'employeeNo'],
    ['an empty employeeNo', userInfo(''), 'badJsonContent', 'employeeNo'],
    ['a number', userInfo(1000), 'badJsonContent', 'employeeNo'],
    ['33 bytes', userInfo('ș'.repeat(16) + 'x'), 'badJsonContent', 'employeeNo'],
    ['a control character', userInfo('1\n'), 'illegalEmployeeNo', 'employeeNo'],
    ['a name of a number', userInfo('1', { name: 5 }), 'badJsonContent', 'name'],
    ['a long name', userInfo('1', { name: 'ă'.repeat(65) }), 'badJsonContent', 'name'],
    ['a name with a bell', userInfo('1', { name: 'A\u0007' }), 'notSupportCharacter', 'name'],
    ['half a character', userInfo('1', { name: '\ud83d' }), 'notSupportCharacter', 'name'],
    ['an unknown userType', userInfo('1', { userType: 'king' }), 'badJsonContent', 'userType'],
    ['Valid as text', userInfo('1', { Valid: 'ever' }), 'badJsonContent', 'Valid'],
    [
      'Valid without enable',
      userInfo('1', { Valid: { ...VALID, enable: undefined } }),
      'MessageParametersLack',
      'enable',
    ],
    [
      'no endTime',
      userInfo('1', { Valid: { ...VALID, endTime: undefined } }),
      'MessageParametersLack',
      'endTime',
    ],
    [
      'a day that does not exist',
      userInfo('1', { Valid: { ...VALID, endTime: '2025-02-30T00:00:00' } }),
      'badJsonContent',
      'endTime',
    ],
    [
      'dates out of range',
      userInfo('1', { Valid: { ...VALID, endTime: '2038-01-01T00:00:00' } }),
      'badJsonContent',
      'beginTime and endTime',
    ],
    [
      'an end before the beginning',
      userInfo('1', { Valid: { ...VALID, endTime: '2019-12-31T23:59:59' } }),
      'endtimeEarlierThanBegintime',
      'endTime',
    ],
    ['a door too many', userInfo('1', { doorRight: '1,2' }), 'badJsonContent', 'doorRight'],
    ['a plan of another door', userInfo('1', { RightPlan: [{ doorNo: 2 }] }), 'badJsonContent', 'doorNo'],
    [
      'a plan as a number',
      userInfo('1', { RightPlan: [{ doorNo: 1, planTemplateNo: 1 }] }),
      'badJsonContent',
      'planTemplateNo',
    ],
    [
      'five plans',
      userInfo('1', { RightPlan: [{ doorNo: 1, planTemplateNo: '1,2,3,4,5' }] }),
      'badJsonContent',
      'planTemplateNo',
    ],
    ['a PIN of letters', userInfo('1', { password: 'abcd' }), 'badJsonContent', 'password'],
    ['a PIN too long', userInfo('1', { password: '123456789' }), 'badJsonContent', 'password'],
    ['five groups', userInfo('1', { belongGroup: '1,2,3,4,5' }), 'badJsonContent', 'belongGroup'],
    ['a group without a number', userInfo('1', { belongGroup: '1,' }), 'badJsonContent', 'belongGroup'],
    ['a wrong gender', userInfo('1', { gender: 'x' }), 'badJsonContent', 'gender'],
    ['a flag as text', userInfo('1', { localUIRight: 'true' }), 'badJsonContent', 'localUIRight'],
  ];

  it.each(rows)('refuses %s', async (_, body, code, errorMsg) => {
    const { call, terminal } = testTerminal();
    const answer = await call('POST', RECORD, body);
    expect(answer.json).toMatchObject({ subStatusCode: code, errorMsg });
    expect(answer.status).toBe(400);
    expect(terminal.persons.size).toBe(0);
  });

  it('without format=json expects XML, unless the model does not mind', async () => {
    const strict = await testTerminal().call('POST', `${RECORD}?`, userInfo('1'));
    expect(strict.status).toBe(400);
    expect(strict.text).toContain('<subStatusCode>badXmlFormat</subStatusCode>');
    const lenient = testTerminal({ traits: { withoutFormatJson: 'accept' } });
    expect((await lenient.call('POST', `${RECORD}?`, userInfo('1'))).status).toBe(200);
  });

  it('takes a number for an employeeNo where the model does', async () => {
    const { call, terminal } = testTerminal({ traits: { employeeNoAsNumber: 'coerce' } });
    await call('POST', RECORD, userInfo(1000));
    expect(terminal.persons.has('1000')).toBe(true);
  });

  it('cuts a long name between characters where the model cuts', async () => {
    const { call, terminal } = testTerminal({ traits: { overlongName: 'cut', nameMaxBytes: 7 } });
    await call('POST', RECORD, userInfo('1', { name: 'Țuțu Ion' }));
    expect(terminal.persons.get('1')?.name).toBe('Țuțu ');
  });

  it('insists on Valid, door and plan where the model does', async () => {
    const bare = { UserInfo: { employeeNo: '1' } };
    const strict = testTerminal({ traits: { validRequired: true, rightPlanRequired: true } });
    expect((await strict.call('POST', RECORD, bare)).json).toMatchObject({ errorMsg: 'Valid' });
    const plan = testTerminal({ traits: { rightPlanRequired: true } });
    expect((await plan.call('POST', RECORD, bare)).json).toMatchObject({ errorMsg: 'doorRight' });
    const withDoor = { UserInfo: { employeeNo: '1', doorRight: '1' } };
    expect((await plan.call('POST', RECORD, withDoor)).json).toMatchObject({ errorMsg: 'RightPlan' });
  });

  const ALL_DAY = (...doors: number[]) => doors.map((doorNo) => ({ doorNo, planTemplateNo: '1' }));

  it.each([
    ['all-day', {}, { doorRight: '1,2', rightPlan: ALL_DAY(1, 2) }, true],
    ['all-day', { doorRight: '2' }, { doorRight: '2', rightPlan: ALL_DAY(2) }, false],
    ['all-day', { RightPlan: ALL_DAY(1) }, { doorRight: '1,2', rightPlan: ALL_DAY(1) }, true],
    ['all-day', { doorRight: '' }, { doorRight: '', rightPlan: [] }, false],
    ['no-access', {}, { doorRight: '', rightPlan: [] }, false],
    ['no-access', { doorRight: '1' }, { doorRight: '1', rightPlan: [] }, false],
    ['no-access', { RightPlan: ALL_DAY(1) }, { doorRight: '', rightPlan: ALL_DAY(1) }, false],
  ] as const)(
    'gives %s access to a person written with %j',
    async (withoutRightPlan, more, rights, opens) => {
      const { call, terminal } = testTerminal({ traits: { withoutRightPlan, doorCount: 2 } });
      await call('POST', RECORD, { UserInfo: { employeeNo: '1', ...more } });
      expect(terminal.persons.get('1')).toMatchObject(rights);
      terminal.faces.set('1', { sha256: null, sizeBytes: 0, origin: 'seeded' });
      showFace(terminal, '1');
      expect(terminal.doors.isOpen(1)).toBe(opens);
    },
  );

  it('leaves the rights of somebody who is edited without any', async () => {
    const { call, terminal } = testTerminal({ traits: { withoutRightPlan: 'all-day' } });
    await call('POST', RECORD, userInfo('1', { doorRight: '', RightPlan: [] }));
    await call('PUT', MODIFY, { UserInfo: { employeeNo: '1', name: 'New' } });
    expect(terminal.persons.get('1')).toMatchObject({ name: 'New', doorRight: '', rightPlan: [] });
  });

  it('says deviceUserAlreadyExist where the model does', async () => {
    const { call } = testTerminal({ traits: { personExistsCode: 'deviceUserAlreadyExist' } });
    await call('POST', RECORD, userInfo('1'));
    expect((await call('POST', RECORD, userInfo('1'))).json).toMatchObject({
      statusCode: 6,
      subStatusCode: 'deviceUserAlreadyExist',
      errorCode: 1610641410,
    });
  });

  it.each([
    ['generic', { roomNumber: 100, floorNumber: 100, userVerifyMode: 'card' }],
    ['ds-k1a340', { roomNumber: 99, floorNumber: 0, userVerifyMode: 'faceAndPwAndFp' }],
  ])('takes on %s what its capabilities allow', async (profile, more) => {
    const { call } = testTerminal({ profile });
    expect((await call('POST', RECORD, userInfo('1', more))).status).toBe(200);
  });

  it.each([
    [{ roomNumber: 100 }, 'roomNumber'],
    [{ floorNumber: 100 }, 'floorNumber'],
    [{ userVerifyMode: 'card' }, 'userVerifyMode'],
  ])('refuses on a K1A340 %j', async (more, errorMsg) => {
    const { call } = testTerminal({ profile: 'ds-k1a340' });
    const { json } = await call('POST', RECORD, userInfo('1', more));
    expect(json).toMatchObject({ subStatusCode: 'badJsonContent', errorMsg });
  });

  it('ignores what is read-only, and the flags of other calls', async () => {
    const { call, terminal } = testTerminal();
    const more = {
      openDoorTime: 7,
      numOfCard: 3,
      numOfFace: 'x',
      faceURL: 5,
      deleteUser: true,
      addUser: 'no',
    };
    expect((await call('POST', RECORD, userInfo('1', more))).status).toBe(200);
    expect(terminal.persons.get('1')?.extras).toBeNull();
  });
});

describe('UserInfo/Modify', () => {
  it('changes what it carries and leaves the rest', async () => {
    const { call, terminal } = testTerminal();
    await call('POST', RECORD, userInfo('1', { gender: 'male', roomNumber: 3 }));
    const before = terminal.persons.get('1');
    await call('PUT', MODIFY, { UserInfo: { employeeNo: '1', name: 'New', gender: 'unknown' } });
    expect(terminal.persons.get('1')).toEqual({ ...before, name: 'New', extras: { roomNumber: 3 } });
  });

  it('closes the access of a leaver', async () => {
    const { call, terminal } = testTerminal();
    await call('POST', RECORD, userInfo('1'));
    await call('PUT', MODIFY, userInfo('1', { Valid: { ...VALID, enable: false } }));
    expect(terminal.persons.get('1')?.valid.enable).toBe(false);
  });

  it('refuses somebody who is not there, unless addUser says to add', async () => {
    const { call, terminal } = testTerminal();
    expect((await call('PUT', MODIFY, userInfo('1'))).json).toMatchObject({
      subStatusCode: 'employeeNoNotExist',
      errorCode: 1610637343,
    });
    await call('PUT', MODIFY, userInfo('1', { addUser: true }));
    expect(terminal.persons.has('1')).toBe(true);
  });
});

describe('UserInfo/SetUp', () => {
  it('adds, replaces and deletes', async () => {
    const { call, terminal } = testTerminal();
    await call('PUT', SET_UP, userInfo('1', { name: 'Old' }));
    await call('PUT', SET_UP, userInfo('1', { name: 'New' }));
    expect(terminal.persons.get('1')?.name).toBe('New');
    const remove = { UserInfo: { employeeNo: '1', deleteUser: true } };
    expect((await call('PUT', SET_UP, remove)).status).toBe(200);
    expect(terminal.persons.size).toBe(0);
    expect((await call('PUT', SET_UP, remove)).status).toBe(200);
  });

  it('only edits where the firmware does', async () => {
    const { call } = testTerminal({ traits: { personSetUp: 'edit-only' } });
    expect((await call('PUT', SET_UP, userInfo('1'))).subStatusCode).toBe('employeeNoNotExist');
    await call('POST', RECORD, userInfo('1'));
    expect((await call('PUT', SET_UP, userInfo('1'))).status).toBe(200);
  });

  it.each([
    ['not-found', 404, 'notSupport'],
    ['method-not-allowed', 405, 'methodNotAllowed'],
  ] as const)('is %s on some firmware', async (personSetUp, status, subStatusCode) => {
    const { call } = testTerminal({ traits: { personSetUp } });
    expect(await call('PUT', SET_UP, userInfo('1'))).toMatchObject({ status, subStatusCode });
  });
});
