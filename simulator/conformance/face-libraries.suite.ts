import { describe, expect, it } from 'vitest';
import { drawPicture } from '../src/isapi/testing/pictures.ts';
import {
  DELETE,
  DETAIL_DELETE,
  FACE_LIBRARY,
  FACE_RECORD,
  FACE_SEARCH,
  faceOf,
  faceUpload,
  RECORD,
  SET_UP,
  userInfo,
} from '../src/isapi/testing/requests.ts';
import { bad, call, OK, outcome } from './outcome.ts';
import type { Call, Rig, Way } from './rig.ts';

const PERSONS = ['1', '2', '3'].map((employeeNo) => ({ employeeNo, name: 'A', face: true }));
const ONE_OF = '&FDID=1&faceLibType=blackFD';

/** A call whose library stands in the query. */
function inLibrary(method: Call['method'], path: string, library: string, body?: object): Call {
  return { method: method ?? 'GET', target: `${path}?format=json${library}`, ...(body && { body }) };
}

const facesOf = (rig: Rig) => rig.device.faces().map((face) => face.FPID);

/** Rows of face libraries: what they are, what is in them, and how faces leave them. */
export function faceLibrariesSuite(way: Way): void {
  describe('a face library', () => {
    it('is searched in pages, and tells what is beyond the end', async () => {
      const rig = await way.rig({ persons: PERSONS });
      const page = async (searchResultPosition: number, maxResults = 2) =>
        (
          await rig.call(
            call('POST', FACE_SEARCH, {
              faceLibType: 'blackFD',
              FDID: '1',
              searchResultPosition,
              maxResults,
            }),
          )
        ).json();
      expect(await page(0)).toMatchObject({ responseStatusStrg: 'MORE', numOfMatches: 2, totalMatches: 3 });
      expect(await page(2)).toMatchObject({ responseStatusStrg: 'OK', MatchList: [{ FPID: '3' }] });
      expect(await page(3)).toEqual({
        statusCode: 1,
        statusString: 'OK',
        subStatusCode: 'ok',
        responseStatusStrg: 'NO MATCH',
        numOfMatches: 0,
        totalMatches: 3,
      });
      expect(await page(0, 30)).toMatchObject({ numOfMatches: 3 });
      const asNumber = { ...faceOf('1'), FPID: 1, searchResultPosition: 0, maxResults: 1 };
      expect(await outcome(rig, call('POST', FACE_SEARCH, asNumber))).toBe(bad('FPID'));
      const coerces = await way.rig({ persons: PERSONS, traits: { employeeNoAsNumber: 'coerce' } });
      const found = await coerces.call(call('POST', FACE_SEARCH, asNumber));
      expect(found.json()).toMatchObject({ MatchList: [{ FPID: '1' }] });
      expect(await page(0, 31)).toMatchObject({ subStatusCode: 'badJsonContent', errorMsg: 'maxResults' });
    });

    it('counts its faces, for all libraries or flat for one', async () => {
      const rig = await way.rig({ persons: PERSONS, profile: 'ds-k1t342mfwx' });
      const all = await rig.call(call('GET', `${FACE_LIBRARY}/Count`));
      expect(all.json()).toMatchObject({
        FDRecordDataInfo: [
          { FDID: '1', faceLibType: 'blackFD', recordDataNumber: 3 },
          { FDID: '2', faceLibType: 'infraredFD', recordDataNumber: 0 },
        ],
      });
      const one = await rig.call(inLibrary('GET', `${FACE_LIBRARY}/Count`, ONE_OF));
      expect(one.json()).toMatchObject({ statusCode: 1, recordDataNumber: 3 });
    });

    it('loses the faces that are named, at most 30, and the persons stay', async () => {
      const rig = await way.rig({ persons: PERSONS });
      const remove = (count: number) =>
        inLibrary('PUT', `${FACE_LIBRARY}/FDSearch/Delete`, ONE_OF, {
          FPID: Array.from({ length: count }, (_, index) => ({ value: String(index + 2) })),
        });
      expect(await outcome(rig, remove(31))).toBe(bad('FPID'));
      expect(facesOf(rig)).toHaveLength(3);
      expect([await outcome(rig, remove(30)), facesOf(rig)]).toEqual([OK, ['1']]);
      expect(rig.device.persons()).toHaveLength(3);
    });

    it('loses the face of a person, however they were deleted, and does not give it back', async () => {
      const rig = await way.rig({ persons: PERSONS });
      const UserInfoDelCond = { EmployeeNoList: [{ employeeNo: '1' }] };
      expect(await outcome(rig, call('PUT', DELETE, { UserInfoDelCond }))).toBe(OK);
      expect(facesOf(rig)).toEqual(['2', '3']);
      const UserInfo = { employeeNo: '2', deleteUser: true };
      expect(await outcome(rig, call('PUT', SET_UP, { UserInfo }))).toBe(OK);
      expect(facesOf(rig)).toEqual(['3']);
      const UserInfoDetail = { mode: 'byEmployeeNo', EmployeeNoList: [{ employeeNo: '3' }] };
      expect(await outcome(rig, call('PUT', DETAIL_DELETE, { UserInfoDetail }))).toBe(OK);
      await rig.clock.advance(1000);
      expect(facesOf(rig)).toEqual([]);
      expect(await outcome(rig, call('POST', RECORD, userInfo('1')))).toBe(OK);
      expect(facesOf(rig)).toEqual([]);
    });

    it('is made with a name of 64 and customInfo of 192 characters, three in all', async () => {
      const rig = await way.rig({ persons: PERSONS });
      const create = (more: object) =>
        outcome(rig, call('POST', FACE_LIBRARY, { faceLibType: 'blackFD', name: 'visitors', ...more }));
      expect(await create({ name: 'x'.repeat(65) })).toBe(bad('name'));
      expect(await create({ customInfo: 'x'.repeat(193) })).toBe(bad('customInfo'));
      expect(await create({ faceLibType: 'whiteFD' })).toBe(bad('faceLibType'));
      expect(await create({ name: 'x'.repeat(64), customInfo: 'x'.repeat(192) })).toBe(OK);
      expect(await create({})).toBe(OK);
      expect(await create({})).toBe('400 faceLibraryNumError faceLibraryNumError');
      const [body, contentType] = faceUpload('1', await drawPicture(), { FDID: '3' });
      const intoOther: Call = { method: 'POST', target: `${FACE_RECORD}?format=json`, body, contentType };
      expect(await outcome(rig, intoOther)).toBe(OK);
      expect(await outcome(rig, call('DELETE', FACE_LIBRARY))).toBe(OK);
      expect([facesOf(rig), rig.device.persons().length]).toEqual([[], 3]);
    });

    it('tells what it can, but 256 characters of an address by saying nothing', async () => {
      const limits = async (traits: object) =>
        (await (await way.rig({ traits })).call(call('GET', `${FACE_LIBRARY}/capabilities`))).json();
      expect(await limits({ maxFaces: 77 })).toMatchObject({
        FDNameMaxLen: 64,
        customInfoMaxLen: 192,
        FDMaxNum: 3,
        FDRecordDataMaxNum: 77,
        supportFDFunction: 'post,delete,put,get,setUp',
        isSuportFDSearch: true,
        faceURLLen: 1024,
      });
      expect(await limits({ faceUrlMaxLength: 256 })).not.toHaveProperty('faceURLLen');
      expect(await limits({ faceSearch: 'not-found', faceSetUp: 'not-found' })).toMatchObject({
        supportFDFunction: 'post,delete,put,get',
        isSuportFDSearch: false,
      });
    });
  });
}
