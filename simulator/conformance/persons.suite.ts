import { describe, expect, it } from 'vitest';
import {
  DELETE,
  DELETE_PROCESS,
  DETAIL_DELETE,
  MODIFY,
  RECORD,
  SEARCH,
  searchFor,
  SET_UP,
  userInfo,
} from '../src/isapi/testing/requests.ts';
import type { Call, Rig, Way } from './rig.ts';

const json = '?format=json';

function put(path: string, body: object): Call {
  return { method: 'PUT', target: `${path}${json}`, body };
}

function post(path: string, body: Call['body']): Call {
  return { method: 'POST', target: `${path}${json}`, ...(body === undefined ? {} : { body }) };
}

async function subStatus(rig: Rig, call: Call): Promise<[status: number, subStatusCode: unknown]> {
  const answer = await rig.call(call);
  return [answer.status, (answer.json() as { subStatusCode?: unknown }).subStatusCode];
}

async function search(rig: Rig, more: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const answer = await rig.call(post(SEARCH, searchFor(more)));
  return (answer.json() as { UserInfoSearch: Record<string, unknown> }).UserInfoSearch;
}

/** Rows of persons: writes, refusals, search, count and both deletes, as any client sees them. */
export function personsSuite(way: Way): void {
  describe('persons', () => {
    it('are written, read, changed and deleted', async () => {
      const rig = await way.rig();
      const name = 'Ștefănescu Ioana-Țîrlea 李';
      expect(await subStatus(rig, post(RECORD, userInfo('007', { name })))).toEqual([200, 'ok']);
      expect(await search(rig)).toMatchObject({
        responseStatusStrg: 'OK',
        totalMatches: 1,
        UserInfo: [{ employeeNo: '007', name, numOfFace: 0 }],
      });
      expect(await subStatus(rig, put(MODIFY, userInfo('007', { name: 'New' })))).toEqual([200, 'ok']);
      expect(rig.device.persons()).toMatchObject([{ employeeNo: '007', name: 'New' }]);
      const condition = { UserInfoDelCond: { EmployeeNoList: [{ employeeNo: '007' }] } };
      expect(await subStatus(rig, put(DELETE, condition))).toEqual([200, 'ok']);
      expect(await search(rig)).toEqual({
        searchID: '1',
        responseStatusStrg: 'NO MATCH',
        numOfMatches: 0,
        totalMatches: 0,
      });
    });

    it('who are there already stay as they are', async () => {
      const rig = await way.rig({ persons: [{ employeeNo: '1', name: 'Old' }] });
      expect(await subStatus(rig, post(RECORD, userInfo('1')))).toEqual([400, 'employeeNoAlreadyExist']);
      expect(rig.device.persons()).toMatchObject([{ name: 'Old' }]);
    });

    it('who are not there cannot be modified, but set up', async () => {
      const rig = await way.rig();
      expect(await subStatus(rig, put(MODIFY, userInfo('1')))).toEqual([400, 'employeeNoNotExist']);
      expect(await subStatus(rig, put(SET_UP, userInfo('1')))).toEqual([200, 'ok']);
    });

    it('are refused with the field at fault', async () => {
      const rig = await way.rig();
      const rows: [body: Call['body'], code: string, errorMsg: string][] = [
        [{}, 'MessageParametersLack', 'UserInfo'],
        ['{"UserInfo":', 'badJsonFormat', 'badJsonFormat'],
        [userInfo(1000), 'badJsonContent', 'employeeNo'],
        [userInfo('x'.repeat(33)), 'badJsonContent', 'employeeNo'],
        [userInfo('1', { name: 'ă'.repeat(65) }), 'badJsonContent', 'name'],
      ];
      for (const [body, subStatusCode, errorMsg] of rows) {
        const answer = await rig.call(post(RECORD, body));
        expect(answer.status).toBe(400);
        expect(answer.json()).toMatchObject({ subStatusCode, errorMsg });
      }
      expect(rig.device.persons()).toEqual([]);
    });

    it('fill the terminal', async () => {
      const rig = await way.rig({ traits: { maxPersons: 1 } });
      await rig.call(post(RECORD, userInfo('1')));
      expect(await subStatus(rig, post(RECORD, userInfo('2')))).toEqual([400, 'deviceUserFull']);
    });

    it('come in pages: MORE, then OK; beyond the limit refused', async () => {
      const persons = Array.from({ length: 35 }, (_, index) => ({
        employeeNo: String(1000 + index),
        name: 'A',
      }));
      const rig = await way.rig({ persons });
      const first = await search(rig);
      expect(first).toMatchObject({ responseStatusStrg: 'MORE', numOfMatches: 30, totalMatches: 35 });
      const rest = await search(rig, { searchResultPosition: 30 });
      expect(rest).toMatchObject({ responseStatusStrg: 'OK', numOfMatches: 5, totalMatches: 35 });
      const listed = [first, rest].flatMap((page) => page.UserInfo as { employeeNo: string }[]);
      expect(listed.map((person) => person.employeeNo)).toEqual(persons.map((person) => person.employeeNo));
      const [status, code] = await subStatus(rig, post(SEARCH, searchFor({ maxResults: 31 })));
      expect([status, code]).toEqual([400, 'badJsonContent']);
    });

    it('are deleted in the background, watched by DeleteProcess', async () => {
      const rig = await way.rig({
        persons: [{ employeeNo: '1', name: 'A' }],
        traits: { detailDeleteMsPerPerson: 1000 },
      });
      const progress = async () => (await rig.call({ target: `${DELETE_PROCESS}${json}` })).json();
      expect(await subStatus(rig, put(DETAIL_DELETE, { UserInfoDetail: { mode: 'all' } }))).toEqual([
        200,
        'ok',
      ]);
      expect(await progress()).toMatchObject({ UserInfoDetailDeleteProcess: { status: 'processing' } });
      expect(rig.device.persons()).toHaveLength(1);
      await rig.clock.advance(1000);
      expect(await progress()).toMatchObject({ UserInfoDetailDeleteProcess: { status: 'success' } });
      expect(rig.device.persons()).toEqual([]);
    });

    it('are counted, and capabilities tell the limits', async () => {
      const rig = await way.rig({ persons: [{ employeeNo: '1', name: 'A', face: true }] });
      const count = await rig.call({ target: `/ISAPI/AccessControl/UserInfo/Count${json}` });
      expect(count.json()).toMatchObject({ UserInfoCount: { userNumber: 1, bindFaceUserNumber: 1 } });
      const limits = await rig.call({ target: `/ISAPI/AccessControl/UserInfo/capabilities${json}` });
      expect(limits.json()).toMatchObject({
        UserInfo: { maxRecordNum: 1500, employeeNo: { '@min': 1, '@max': 32 } },
      });
    });

    it('know verbs and paths: 405 in JSON, 404 in XML, and without format=json XML', async () => {
      const rig = await way.rig();
      expect(await subStatus(rig, put(RECORD, userInfo('1')))).toEqual([405, 'methodNotAllowed']);
      const unknown = await rig.call(post('/ISAPI/AccessControl/UserInfo/Recrod', userInfo('1')));
      expect([unknown.status, unknown.headers['content-type']]).toEqual([
        404,
        'application/xml; charset="UTF-8"',
      ]);
      const plain = await rig.call({ method: 'POST', target: RECORD, body: userInfo('1') });
      expect(plain.status).toBe(400);
      expect(plain.text).toContain('<subStatusCode>badXmlFormat</subStatusCode>');
    });

    it('cannot be searched on a K1T672MX', async () => {
      const rig = await way.rig({ profile: 'ds-k1t672mx' });
      expect((await rig.call(post(SEARCH, searchFor()))).status).toBe(404);
    });
  });
}
