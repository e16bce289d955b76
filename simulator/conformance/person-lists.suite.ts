import { describe, expect, it } from 'vitest';
import {
  DELETE,
  DETAIL_DELETE,
  FACE_LIBRARY,
  FACE_RECORD,
  faceOf,
  MODIFY,
  RECORD,
  SEARCH,
  searchFor,
  SET_UP,
  userInfo,
} from '../src/isapi/testing/requests.ts';
import { bad, call, OK, outcome } from './outcome.ts';
import type { Call, Rig, Way } from './rig.ts';

const ACCESS = '/ISAPI/AccessControl';

async function search(rig: Rig, more: object): Promise<Record<string, unknown>> {
  const answer = await rig.call(call('POST', SEARCH, searchFor({ ...more })));
  return (answer.json() as { UserInfoSearch: Record<string, unknown> }).UserInfoSearch;
}

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ employeeNo: String(index) }));

/** What a search may ask for. */
const CONDITIONS: [what: string, good: object[], wrong: object[], errorMsg: string][] = [
  [
    'a searchID of 1 to 64',
    [{ searchID: 'x' }, { searchID: 'x'.repeat(64) }],
    [{ searchID: '' }, { searchID: 'x'.repeat(65) }],
    'searchID',
  ],
  [
    '1 to 30 results',
    [{ maxResults: 1 }, { maxResults: 30 }],
    [{ maxResults: 0 }, { maxResults: 31 }, { maxResults: '30' }],
    'maxResults',
  ],
  [
    'any position from 0 on',
    [{ searchResultPosition: 0 }, { searchResultPosition: 300_000 }],
    [{ searchResultPosition: -1 }, { searchResultPosition: 0.5 }],
    'searchResultPosition',
  ],
  [
    'a part of 32 characters, not bytes',
    [{ fuzzySearch: '' }, { fuzzySearch: 'ă'.repeat(32) }],
    [{ fuzzySearch: 'x'.repeat(33) }],
    'fuzzySearch',
  ],
  [
    '30 numbers',
    [{ EmployeeNoList: [] }, { EmployeeNoList: numbered(30) }],
    [{ EmployeeNoList: numbered(31) }],
    'EmployeeNoList',
  ],
];

/** Rows of lists of persons: what a search and a delete may name, and how far. */
export function personListsSuite(way: Way): void {
  describe('a search for persons', () => {
    it.each(CONDITIONS)('takes %s and no more', async (_, good, wrong, errorMsg) => {
      const rig = await way.rig({ persons: [{ employeeNo: '1', name: 'A' }] });
      for (const more of good) expect(await search(rig, more)).toHaveProperty('responseStatusStrg');
      for (const more of wrong)
        expect([more, await outcome(rig, call('POST', SEARCH, searchFor({ ...more })))]).toEqual([
          more,
          bad(errorMsg),
        ]);
    });

    it('finds a part of the number or of the name, and tells what is beyond the end', async () => {
      const rig = await way.rig({
        persons: [
          { employeeNo: '100', name: 'Țuțu Ion' },
          { employeeNo: '200', name: 'Ana 100' },
          { employeeNo: '300', name: 'Dan' },
        ],
      });
      expect(await search(rig, { fuzzySearch: '100' })).toMatchObject({
        responseStatusStrg: 'OK',
        totalMatches: 2,
      });
      expect(await search(rig, { fuzzySearch: 'țuțu', searchID: 's' })).toMatchObject({
        searchID: 's',
        totalMatches: 1,
      });
      const page = (searchResultPosition: number) => search(rig, { searchResultPosition, maxResults: 2 });
      expect(await page(0)).toMatchObject({ responseStatusStrg: 'MORE', numOfMatches: 2, totalMatches: 3 });
      expect(await page(1)).toMatchObject({ responseStatusStrg: 'OK', numOfMatches: 2 });
      expect(await page(3)).toEqual({
        searchID: '1',
        responseStatusStrg: 'NO MATCH',
        numOfMatches: 0,
        totalMatches: 3,
      });
    });

    it('clamps, says badParameters, or never ends, where the firmware does', async () => {
      const persons = numbered(31).map((person) => ({ ...person, name: 'A' }));
      const clamps = await way.rig({ persons, traits: { overPageMax: 'clamp', searchEnd: 'never' } });
      expect(await search(clamps, { maxResults: 1000 })).toMatchObject({ numOfMatches: 30 });
      const beyond = await search(clamps, { searchResultPosition: 31 });
      expect(beyond).toEqual({
        searchID: '1',
        responseStatusStrg: 'MORE',
        numOfMatches: 0,
        totalMatches: 31,
      });
      const other = await way.rig({ traits: { overPageMax: 'refuse-bad-parameters', searchEnd: 'never' } });
      expect(await outcome(other, call('POST', SEARCH, searchFor({ maxResults: 31 })))).toBe(
        '400 badParameters maxResults',
      );
      expect(await search(other, {})).toMatchObject({ responseStatusStrg: 'NO MATCH' });
    });
  });

  describe('a delete of persons', () => {
    it('names at most 30, in the background 50; nobody is no error', async () => {
      const rig = await way.rig();
      const now = (count: number) =>
        outcome(rig, call('PUT', DELETE, { UserInfoDelCond: { EmployeeNoList: numbered(count) } }));
      expect([await now(0), await now(30), await now(31)]).toEqual([OK, OK, bad('EmployeeNoList')]);
      const later = async (count: number) => {
        const UserInfoDetail = { mode: 'byEmployeeNo', EmployeeNoList: numbered(count) };
        const answer = await outcome(rig, call('PUT', DETAIL_DELETE, { UserInfoDetail }));
        await rig.clock.advance(60_000);
        return answer;
      };
      expect([await later(0), await later(50), await later(51)]).toEqual([OK, OK, bad('EmployeeNoList')]);
    });

    it('in the background holds the terminal: persons, faces and cards are not written, but read', async () => {
      const rig = await way.rig({
        persons: [{ employeeNo: '1', name: 'A' }],
        traits: { detailDeleteMsPerPerson: 1000 },
      });
      const card = { employeeNo: '1', cardNo: '42' };
      expect(await outcome(rig, call('PUT', DETAIL_DELETE, { UserInfoDetail: { mode: 'all' } }))).toBe(OK);
      const rows: Call[] = [
        call('POST', RECORD, userInfo('2')),
        call('PUT', DELETE, { UserInfoDelCond: { EmployeeNoList: [] } }),
        call('PUT', DETAIL_DELETE, { UserInfoDetail: { mode: 'all' } }),
        call('POST', FACE_RECORD, faceOf('1', { faceURL: 'http://127.0.0.1:1/a.jpg' })),
        {
          method: 'PUT',
          target: `${FACE_LIBRARY}/FDSearch/Delete?format=json&FDID=1&faceLibType=blackFD`,
          body: { FPID: [{ value: '1' }] },
        },
        call('POST', `${ACCESS}/CardInfo/Record`, { CardInfo: card }),
        call('PUT', `${ACCESS}/CardInfo/SetUp`, { CardInfo: card }),
        call('PUT', `${ACCESS}/CardInfo/Delete`, { CardInfoDelCond: { CardNoList: [] } }),
      ];
      for (const request of rows) {
        const held = await outcome(rig, request);
        expect([request.target, held]).toEqual([request.target, '400 deviceBusy deviceBusy']);
      }
      expect(await search(rig, {})).toMatchObject({ totalMatches: 1 });
      await rig.clock.advance(1000);
      expect(await search(rig, {})).toMatchObject({ totalMatches: 0 });
      expect(await outcome(rig, call('POST', RECORD, userInfo('2')))).toBe(OK);
    });

    it('is refused in the shapes that clients get wrong', async () => {
      const rig = await way.rig({ persons: [{ employeeNo: '1', name: 'A' }] });
      const list = [{ employeeNo: '1' }];
      const rows: [call: Call, expected: string][] = [
        [
          call('PUT', DETAIL_DELETE, { UserInfoDelCond: { EmployeeNoList: list } }),
          '400 MessageParametersLack UserInfoDetail',
        ],
        [
          call('PUT', DETAIL_DELETE, { UserInfoDetail: { EmployeeNoList: list } }),
          '400 MessageParametersLack mode',
        ],
        [call('PUT', DETAIL_DELETE, { UserInfoDetail: { mode: 'All' } }), bad('mode')],
        [
          call('PUT', DELETE, { UserInfoDelCond: { employeeNoList: list } }),
          '400 MessageParametersLack EmployeeNoList',
        ],
        [call('PUT', DELETE, { UserInfoDelCond: { EmployeeNoList: ['1'] } }), bad('EmployeeNoList')],
        [{ method: 'DELETE', target: `${DELETE}?format=json` }, '405 methodNotAllowed methodNotAllowed'],
      ];
      for (const [request, expected] of rows) expect(await outcome(rig, request)).toBe(expected);
      expect(rig.device.persons()).toHaveLength(1);
    });
  });

  it('an empty object lacks what the call is about', async () => {
    const rig = await way.rig();
    const rows: [method: 'POST' | 'PUT', path: string, lacking: string][] = [
      ['POST', RECORD, 'UserInfo'],
      ['PUT', MODIFY, 'UserInfo'],
      ['PUT', SET_UP, 'UserInfo'],
      ['POST', SEARCH, 'UserInfoSearchCond'],
      ['PUT', DELETE, 'UserInfoDelCond'],
      ['PUT', DETAIL_DELETE, 'UserInfoDetail'],
      ['POST', `${ACCESS}/CardInfo/Record`, 'CardInfo'],
      ['PUT', `${ACCESS}/CardInfo/Delete`, 'CardInfoDelCond'],
      ['PUT', `${ACCESS}/FingerPrint/Delete`, 'FingerPrintDelete'],
      ['POST', `${ACCESS}/AcsEvent`, 'AcsEventCond'],
    ];
    for (const [method, path, lacking] of rows)
      expect([path, await outcome(rig, call(method, path, {}))]).toEqual([
        path,
        `400 MessageParametersLack ${lacking}`,
      ]);
  });
}
