import { describe, expect, it } from 'vitest';
import {
  DELETE,
  MODIFY,
  RECORD,
  SEARCH,
  searchFor,
  SET_UP,
  userInfo,
} from '../src/isapi/testing/requests.ts';
import { bad, call, OK, outcome } from './outcome.ts';
import type { Rig, Way } from './rig.ts';

const ACCESS = '/ISAPI/AccessControl';
const VALID = { enable: true, beginTime: '2000-01-01T00:00:00', endTime: '2037-12-31T23:59:59' };

async function search(rig: Rig, more: object): Promise<Record<string, unknown>> {
  const answer = await rig.call(call('POST', SEARCH, searchFor({ ...more })));
  return (answer.json() as { UserInfoSearch: Record<string, unknown> }).UserInfoSearch;
}

const plan = (planTemplateNo: string) => ({ RightPlan: [{ doorNo: 1, planTemplateNo }] });

/** What a person may consist of: the last value that is taken, and the first that is not. */
const FIELDS: [what: string, good: object[], wrong: object[], errorMsg: string][] = [
  ['a name of 128 bytes', [{ name: '' }, { name: 'ă'.repeat(64) }], [{ name: `${'ă'.repeat(64)}x` }], 'name'],
  [
    'a beginning from 2000 on',
    [{ Valid: VALID }],
    [{ Valid: { ...VALID, beginTime: '1999-12-31T23:59:59' } }],
    'beginTime and endTime',
  ],
  [
    'an end until 2037',
    [{ Valid: { ...VALID, beginTime: VALID.endTime } }],
    [{ Valid: { ...VALID, endTime: '2038-01-01T00:00:00' } }],
    'beginTime and endTime',
  ],
  [
    'a PIN of 4 to 8 digits',
    [{ password: '' }, { password: '0000' }, { password: '12345678' }],
    [{ password: '123' }, { password: '123456789' }, { password: '12a4' }],
    'password',
  ],
  [
    'four plan templates from 1 to 255',
    [plan('1,2,3,255')],
    [plan('1,2,3,4,5'), plan('0'), plan('256'), plan('1,')],
    'planTemplateNo',
  ],
  [
    'its own doors',
    [{ doorRight: '1' }, { doorRight: '' }],
    [{ doorRight: '2' }, { doorRight: '1,2' }],
    'doorRight',
  ],
  ['four groups', [{ belongGroup: '1,2,3,4' }], [{ belongGroup: '1,2,3,4,5' }], 'belongGroup'],
  [
    'as many openings as a byte holds',
    [{ maxOpenDoorTime: 255 }],
    [{ maxOpenDoorTime: 256 }, { maxOpenDoorTime: -1 }],
    'maxOpenDoorTime',
  ],
  ['a known gender', [{ gender: 'female' }], [{ gender: 'Female' }], 'gender'],
  [
    'a kind of user of its model',
    [{ userType: 'visitor' }, { userType: 'blackList' }],
    [{ userType: 'patrol' }],
    'userType',
  ],
];

/** Rows on both sides of every limit of a person, and what writes do with what they leave out. */
export function personRulesSuite(way: Way): void {
  describe('a person', () => {
    it('has a number of 1 to 32 bytes', async () => {
      const rig = await way.rig();
      for (const employeeNo of ['0', 'x'.repeat(32), 'ș'.repeat(16), 'a b/ü?&#']) {
        expect([employeeNo, await outcome(rig, call('POST', RECORD, userInfo(employeeNo)))]).toEqual([
          employeeNo,
          OK,
        ]);
        expect(await search(rig, { EmployeeNoList: [{ employeeNo }] })).toMatchObject({
          UserInfo: [{ employeeNo }],
        });
      }
      for (const employeeNo of ['', 'x'.repeat(33), `${'ș'.repeat(16)}x`, 7, null])
        expect([employeeNo, await outcome(rig, call('POST', RECORD, userInfo(employeeNo)))]).toEqual([
          employeeNo,
          bad('employeeNo'),
        ]);
      expect(rig.device.persons()).toHaveLength(4);
    });

    it('is somebody else with another case or other zeros', async () => {
      const rig = await way.rig();
      for (const employeeNo of ['7', '007', 'a1', 'A1'])
        expect(await outcome(rig, call('POST', RECORD, userInfo(employeeNo)))).toBe(OK);
      const list = [{ employeeNo: '7' }, { employeeNo: 'A1' }];
      expect(await search(rig, { EmployeeNoList: list })).toMatchObject({ totalMatches: 2 });
      await rig.call(call('PUT', DELETE, { UserInfoDelCond: { EmployeeNoList: list } }));
      expect(rig.device.persons().map((person) => person.employeeNo)).toEqual(['007', 'a1']);
    });

    it.each(FIELDS)('takes %s and no more', async (_, good, wrong, errorMsg) => {
      const rig = await way.rig();
      for (const [index, more] of good.entries())
        expect([more, await outcome(rig, call('POST', RECORD, userInfo(`g${index}`, { ...more })))]).toEqual([
          more,
          OK,
        ]);
      for (const more of wrong)
        expect([more, await outcome(rig, call('POST', RECORD, userInfo('w', { ...more })))]).toEqual([
          more,
          bad(errorMsg),
        ]);
      expect(rig.device.persons()).toHaveLength(good.length);
    });

    it('may end when they begin, not before', async () => {
      const rig = await way.rig();
      const until = (endTime: string) =>
        userInfo('1', { Valid: { enable: true, beginTime: '2025-01-01T00:00:00', endTime } });
      expect(await outcome(rig, call('POST', RECORD, until('2024-12-31T23:59:59')))).toBe(
        '400 endtimeEarlierThanBegintime endTime',
      );
      expect(await outcome(rig, call('POST', RECORD, until('2025-01-01T00:00:00')))).toBe(OK);
    });

    it('may carry keys that nobody knows; plamTemplateNo gives no plan', async () => {
      const rig = await way.rig();
      const more = { RightPlan: [{ doorNo: 1, plamTemplateNo: '1' }], nobodyKnows: { deep: [null, 1] } };
      expect(await outcome(rig, call('POST', RECORD, userInfo('1', more)))).toBe(OK);
      expect(await search(rig, {})).toMatchObject({
        UserInfo: [{ RightPlan: [{ doorNo: 1, planTemplateNo: '' }] }],
      });
      const kind = await way.rig({ traits: { planWithoutTemplate: 'all-day' } });
      await kind.call(call('POST', RECORD, userInfo('1', more)));
      expect(await search(kind, {})).toMatchObject({
        UserInfo: [{ RightPlan: [{ doorNo: 1, planTemplateNo: '1' }] }],
      });
    });

    it('written without rights gets in all day, or not, by model', async () => {
      for (const [withoutRightPlan, minor] of [
        ['all-day', 1],
        ['no-access', 6],
      ] as const) {
        const rig = await way.rig({ traits: { withoutRightPlan } });
        await rig.call(call('POST', RECORD, { UserInfo: { employeeNo: '1', name: 'A' } }));
        await rig.call(
          call('POST', `${ACCESS}/CardInfo/Record`, { CardInfo: { employeeNo: '1', cardNo: '42' } }),
        );
        rig.device.showCard('42');
        const AcsEventCond = { searchID: '1', searchResultPosition: 0, maxResults: 1, major: 5, minor: 0 };
        const events = await rig.call(call('POST', `${ACCESS}/AcsEvent`, { AcsEventCond }));
        expect(events.json()).toMatchObject({ AcsEvent: { InfoList: [{ minor, employeeNoString: '1' }] } });
      }
    });

    it('keeps what an edit leaves out', async () => {
      const rig = await way.rig();
      await rig.call(
        call('POST', RECORD, userInfo('1', { gender: 'female', userType: 'visitor', roomNumber: 7 })),
      );
      const before = (await search(rig, {})).UserInfo as object[];
      for (const path of [MODIFY, SET_UP]) {
        expect(await outcome(rig, call('PUT', path, { UserInfo: { employeeNo: '1', name: path } }))).toBe(OK);
        expect((await search(rig, {})).UserInfo).toEqual([{ ...before[0], name: path }]);
      }
    });

    it('stays as they were when an edit is refused', async () => {
      const rig = await way.rig();
      await rig.call(call('POST', RECORD, userInfo('1')));
      const before = rig.device.persons();
      for (const path of [MODIFY, SET_UP])
        expect(
          await outcome(
            rig,
            call('PUT', path, userInfo('1', { name: 'New', Valid: { ...VALID, endTime: 'never' } })),
          ),
        ).toBe(bad('endTime'));
      expect(rig.device.persons()).toEqual(before);
    });

    it('obeys the flags of the call they belong to', async () => {
      const rig = await way.rig();
      expect(await outcome(rig, call('PUT', MODIFY, userInfo('1', { addUser: true })))).toBe(OK);
      expect(await outcome(rig, call('POST', RECORD, userInfo('1', { name: 'New', checkUser: false })))).toBe(
        OK,
      );
      expect(await outcome(rig, call('PUT', MODIFY, userInfo('1', { deleteUser: true })))).toBe(OK);
      expect(rig.device.persons()).toMatchObject([{ employeeNo: '1' }]);
      const gone = { UserInfo: { employeeNo: '1', deleteUser: true } };
      expect(await outcome(rig, call('PUT', SET_UP, gone))).toBe(OK);
      expect(rig.device.persons()).toEqual([]);
    });
  });
}
