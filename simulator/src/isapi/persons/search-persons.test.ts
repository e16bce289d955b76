import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawPicture } from '../testing/pictures.ts';
import { DELETE, FACE_RECORD, faceUpload, RECORD, SEARCH, searchFor, userInfo } from '../testing/requests.ts';
import { testTerminal, type TestTerminalOptions } from '../testing/test-terminal.ts';

interface Found {
  responseStatusStrg: string;
  numOfMatches: number;
  totalMatches: number;
  UserInfo?: { employeeNo: string; [key: string]: unknown }[];
}

async function terminalWith(employeeNos: readonly string[], options: TestTerminalOptions = {}) {
  const t = testTerminal(options);
  for (const employeeNo of employeeNos) await t.call('POST', RECORD, userInfo(employeeNo));
  return {
    ...t,
    search: async (more: Record<string, unknown> = {}) => {
      const { json } = await t.call('POST', SEARCH, searchFor(more));
      return (json as { UserInfoSearch: Found }).UserInfoSearch;
    },
  };
}

const numbers = (found: Found) => (found.UserInfo ?? []).map((person) => person.employeeNo);

describe('UserInfo/Search', () => {
  it('without anybody says NO MATCH and leaves the list out', async () => {
    const { search } = await terminalWith([]);
    expect(await search()).toEqual({
      searchID: '1',
      responseStatusStrg: 'NO MATCH',
      numOfMatches: 0,
      totalMatches: 0,
    });
  });

  it('finds ids as they are: case and leading zeros count', async () => {
    const { search } = await terminalWith(['007', '7', 'ab', 'AB']);
    expect(numbers(await search({ EmployeeNoList: [{ employeeNo: '7' }] }))).toEqual(['7']);
    expect(numbers(await search({ EmployeeNoList: [{ employeeNo: 'AB' }, { employeeNo: 'xx' }] }))).toEqual([
      'AB',
    ]);
  });

  it('finds by a part of number or name', async () => {
    const { search, call } = await terminalWith(['1001', '1002']);
    await call('POST', RECORD, userInfo('2000', { name: 'Ionescu Maria 100' }));
    expect(numbers(await search({ fuzzySearch: '100' }))).toEqual(['1001', '1002', '2000']);
    expect(numbers(await search({ fuzzySearch: 'maria' }))).toEqual(['2000']);
    expect(await search({ fuzzySearch: '100', maxResults: 2 })).toMatchObject({
      responseStatusStrg: 'MORE',
      numOfMatches: 2,
      totalMatches: 3,
    });
  });

  it('pages through everybody once, in order, whatever the page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.stringMatching(/^[0-9A-Za-z]{1,8}$/), { maxLength: 40 }),
        fc.integer({ min: 1, max: 30 }),
        async (employeeNos, maxResults) => {
          const { search } = await terminalWith(employeeNos);
          const seen: string[] = [];
          for (let round = 0; round <= employeeNos.length; round += 1) {
            const found = await search({ searchResultPosition: seen.length, maxResults });
            expect(found.totalMatches).toBe(employeeNos.length);
            expect(found.numOfMatches).toBe(numbers(found).length);
            seen.push(...numbers(found));
            if (found.responseStatusStrg !== 'MORE') break;
          }
          expect(seen).toEqual(employeeNos);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('shows number and address of a face only when there is one', async () => {
    const { search, call } = await terminalWith(['1', '2']);
    await call('POST', FACE_RECORD, ...faceUpload('1', await drawPicture()));
    const [one, two] = (await search()).UserInfo ?? [];
    expect(one).toMatchObject({ numOfFace: 1 });
    expect(one?.faceURL).toMatch(/^http:\/\/192\.0\.2\.10\/LOCALS\/pic\/enrlFace\/0\/\d{10}\.jpg@WEB\d{12}$/);
    expect(two).toMatchObject({ numOfFace: 0 });
    expect(two).not.toHaveProperty('faceURL');
  });

  it('never gives a PIN back', async () => {
    const { search, call } = await terminalWith([]);
    await call('POST', RECORD, userInfo('1', { password: '4711' }));
    expect(JSON.stringify(await search())).not.toContain('4711');
  });

  it('refuses a page beyond the limit, or clamps it', async () => {
    const { call } = testTerminal();
    expect((await call('POST', SEARCH, searchFor({ maxResults: 31 }))).json).toMatchObject({
      subStatusCode: 'badJsonContent',
      errorMsg: 'maxResults',
    });
    const many = Array.from({ length: 35 }, (_, index) => String(index));
    const { search } = await terminalWith(many, { traits: { overPageMax: 'clamp' } });
    expect(await search({ maxResults: 1000 })).toMatchObject({ numOfMatches: 30, totalMatches: 35 });
  });

  it.each([
    [{ searchID: undefined }, 'MessageParametersLack', 'searchID'],
    [{ searchID: 'x'.repeat(65) }, 'badJsonContent', 'searchID'],
    [{ searchResultPosition: undefined }, 'MessageParametersLack', 'searchResultPosition'],
    [{ searchResultPosition: -1 }, 'badJsonContent', 'searchResultPosition'],
    [{ maxResults: undefined }, 'MessageParametersLack', 'maxResults'],
    [{ maxResults: 0 }, 'badJsonContent', 'maxResults'],
    [{ maxResults: '30' }, 'badJsonContent', 'maxResults'],
    [{ EmployeeNoList: { employeeNo: '1' } }, 'badJsonContent', 'EmployeeNoList'],
    [
      { EmployeeNoList: Array.from({ length: 31 }, (_, n) => ({ employeeNo: String(n) })) },
      'badJsonContent',
      'EmployeeNoList',
    ],
    [{ fuzzySearch: 'x'.repeat(33) }, 'badJsonContent', 'fuzzySearch'],
  ])('refuses %j', async (more, subStatusCode, errorMsg) => {
    const { json } = await testTerminal().call('POST', SEARCH, searchFor(more));
    expect(json).toMatchObject({ subStatusCode, errorMsg });
  });

  it('is 404 on firmware without it, and for GET on a K1A340', async () => {
    const without = testTerminal({ profile: 'ds-k1t672mx' });
    expect((await without.call('POST', SEARCH, searchFor())).status).toBe(404);
    expect((await testTerminal({ profile: 'ds-k1a340' }).call('GET', SEARCH)).status).toBe(404);
    expect((await testTerminal().call('GET', SEARCH)).status).toBe(405);
  });

  it('goes on after a delete in the middle', async () => {
    const { search, call } = await terminalWith(['1', '2', '3', '4']);
    await call('PUT', DELETE, { UserInfoDelCond: { EmployeeNoList: [{ employeeNo: '2' }] } });
    expect(numbers(await search({ searchResultPosition: 1 }))).toEqual(['3', '4']);
  });
});

describe('UserInfo/capabilities', () => {
  const CAPABILITIES = '/ISAPI/AccessControl/UserInfo/capabilities';

  it('write choices as newer firmware does: lists, of booleans too', async () => {
    const { json } = await testTerminal({ traits: { capabilityOptStyle: 'array' } }).call(
      'GET',
      CAPABILITIES,
    );
    expect(json).toMatchObject({
      UserInfo: {
        supportFunction: { '@opt': ['post', 'delete', 'put', 'get', 'setUp'] },
        closeDelayEnabled: { '@opt': [true, false] },
        userType: { '@opt': ['normal', 'visitor', 'blackList'] },
      },
    });
  });

  it('tell what the model can', async () => {
    const of = async (profile: string) => (await testTerminal({ profile }).call('GET', CAPABILITIES)).json;
    expect(await of('ds-k1t342mfwx')).toMatchObject({
      UserInfo: { UserInfoBatchPutCond: { maxUserNum: 16 } },
    });
    expect(await of('ds-k1t673dx')).toMatchObject({ UserInfo: { maxRecordNum: 50_000 } });
    expect(await of('ds-k1t672mx')).toMatchObject({
      UserInfo: { supportFunction: { '@opt': 'post,delete,put,setUp' }, name: { '@max': 32 } },
    });
  });
});

describe('UserInfo/Count', () => {
  it('counts faces too where the model does', async () => {
    const { call } = await terminalWith(['1', '2']);
    await call('POST', FACE_RECORD, ...faceUpload('1', await drawPicture()));
    const { json } = await call('GET', '/ISAPI/AccessControl/UserInfo/Count');
    expect(json).toMatchObject({ UserInfoCount: { userNumber: 2, bindFaceUserNumber: 1 } });
  });
});
