import { describe, expect, it } from 'vitest';
import { drawPicture } from '../src/isapi/testing/pictures.ts';
import {
  DELETE,
  FACE_LIBRARY,
  FACE_RECORD,
  FACE_SEARCH,
  FACE_SET_UP,
  faceOf,
  faceUpload,
  MODIFY,
  RECORD,
  SEARCH,
  searchFor,
  userInfo,
} from '../src/isapi/testing/requests.ts';
import { builtInProfiles } from '../src/profiles/built-in.ts';
import { call, OK, outcome } from './outcome.ts';
import type { Call, Rig, Way } from './rig.ts';

const ACCESS = '/ISAPI/AccessControl';
const PERSONS = ['1', '2', '3'].map((employeeNo) => ({ employeeNo, name: 'A', face: true }));
const ONE_OF = '&FDID=1&faceLibType=blackFD';

/** What the named model lacks of the ordinary round; the vendor's documents have all of it. */
const LACKS: Readonly<Record<string, readonly string[]>> = {
  'ds-k1t672mx': ['search'],
  'ds-k1t804amf': ['face'],
  'ds-k1a340': ['face'],
};

const facesOf = (rig: Rig) => rig.device.faces().map((face) => face.FPID);

/** Rows of what tells one model from another. */
export function modelsSuite(way: Way): void {
  describe('every model', () => {
    it.each([...builtInProfiles.keys()])(
      '%s: a person with a face comes, is found, and goes',
      async (profile) => {
        const rig = await way.rig({ profile });
        const lacks = LACKS[profile] ?? [];
        expect(await outcome(rig, call('POST', RECORD, userInfo('1001')))).toBe(OK);
        expect(await outcome(rig, call('POST', RECORD, userInfo('1001', { name: 'New' })))).toBe(
          '400 employeeNoAlreadyExist checkUser',
        );
        expect(await outcome(rig, call('PUT', MODIFY, userInfo('1001', { name: 'New' })))).toBe(OK);
        expect(rig.device.persons()).toMatchObject([{ employeeNo: '1001', name: 'New' }]);

        const found = await rig.call(call('POST', SEARCH, searchFor()));
        if (lacks.includes('search')) expect(found.status).toBe(404);
        else
          expect(found.json()).toMatchObject({
            UserInfoSearch: { totalMatches: 1, UserInfo: [{ name: 'New' }] },
          });
        const count = await rig.call(call('GET', `${ACCESS}/UserInfo/Count`));
        expect(count.json()).toMatchObject({ UserInfoCount: { userNumber: 1 } });

        const [body, contentType] = faceUpload('1001', await drawPicture());
        const written = await rig.call({
          method: 'POST',
          target: `${FACE_RECORD}?format=json`,
          body,
          contentType,
        });
        const page = { searchResultPosition: 0, maxResults: 1 };
        const face = await rig.call(call('POST', FACE_SEARCH, faceOf('1001', page)));
        if (lacks.includes('face')) expect([written.status, face.status]).toEqual([404, 404]);
        else
          expect(face.json()).toMatchObject({
            statusCode: 1,
            totalMatches: 1,
            MatchList: [{ FPID: '1001' }],
          });

        const UserInfoDelCond = { EmployeeNoList: [{ employeeNo: '1001' }] };
        expect(await outcome(rig, call('PUT', DELETE, { UserInfoDelCond }))).toBe(OK);
        expect([rig.device.persons(), rig.device.faces()]).toEqual([[], []]);
      },
    );

    it.each([
      ['generic', 405, 403, 'version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema"'],
      ['ds-k1a340', 404, 200, 'version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema"'],
      ['ds-k1t341cmf', 405, 403, 'version="1.0" xmlns="http://www.hikvision.com/ver10/XMLSchema"'],
    ])('%s says %i to a wrong verb, notSupport with %i, and its XML is of its own kind', async (...row) => {
      const [profile, wrongVerb, notSupport, root] = row;
      const rig = await way.rig({ profile });
      expect((await rig.call(call('GET', SEARCH))).status).toBe(wrongVerb);
      const refused = await rig.call(call('POST', `${ACCESS}/FingerPrint/Search`, {}));
      expect([refused.status, refused.json()]).toMatchObject([
        notSupport,
        { statusCode: 4, subStatusCode: 'notSupport' },
      ]);
      const unknown = await rig.call(call('GET', `${ACCESS}/NobodyKnows`));
      expect([unknown.status, unknown.headers['content-type']]).toEqual([
        404,
        'application/xml; charset="UTF-8"',
      ]);
      expect(unknown.text).toContain(`<ResponseStatus ${root}>`);
    });

    it('a K1T673DX calls the XML of its capabilities JSON', async () => {
      const rig = await way.rig({ profile: 'ds-k1t673dx' });
      const { headers, text } = await rig.call(call('GET', `${ACCESS}/capabilities`));
      expect(headers['content-type']).toBe('application/json; charset="UTF-8"');
      expect(text).toMatch(/^<\?xml [^]*<employeeNo min="1" max="32">/);
    });
  });

  describe('one model', () => {
    it('a K1T341AMF deletes with FDDelete and refuses the other way', async () => {
      const rig = await way.rig({ persons: PERSONS, profile: 'ds-k1t341amf' });
      const other: Call = {
        method: 'PUT',
        target: `${FACE_LIBRARY}/FDSearch/Delete?format=json${ONE_OF}`,
        body: { FPID: [{ value: '1' }] },
      };
      expect((await rig.call(other)).json()).toMatchObject({ statusCode: 6 });
      const remove = call('PUT', `${FACE_LIBRARY}/FDDelete`, faceOf('1'));
      expect([await outcome(rig, remove), facesOf(rig)]).toEqual([OK, ['2', '3']]);
      expect((await rig.call(remove)).json()).toMatchObject({ statusCode: 4 });
    });

    it('a K1T321MFWX wants an employeeNo beside the FPID of FDSetUp', async () => {
      const rig = await way.rig({ persons: PERSONS, profile: 'ds-k1t321mfwx' });
      const remove = (more: object) =>
        outcome(rig, call('PUT', FACE_SET_UP, faceOf('1', { deleteFP: true, ...more })));
      expect(await remove({})).toBe('400 MessageParametersLack employeeNo');
      expect([await remove({ employeeNo: '1' }), facesOf(rig)]).toEqual([OK, ['2', '3']]);
    });

    it('a K1T672MX has no FDSetUp and no person search', async () => {
      const rig = await way.rig({ persons: PERSONS, profile: 'ds-k1t672mx' });
      const [body, contentType] = faceUpload('1', await drawPicture());
      const answer = await rig.call({
        method: 'PUT',
        target: `${FACE_LIBRARY}/FDSetUp?format=json`,
        body,
        contentType,
      });
      expect([answer.status, facesOf(rig).length]).toEqual([404, 3]);
    });

    it('a K1T343EFWX fetches only its own pictures', async () => {
      const picture = await drawPicture();
      const foreign = 'http://127.0.0.1:1/a.jpg';
      const rig = await way.rig({
        persons: [{ employeeNo: '1', name: 'A' }],
        profile: 'ds-k1t343efwx',
        pictures: { [foreign]: picture },
      });
      const byUrl = (faceURL: string) => outcome(rig, call('POST', FACE_RECORD, faceOf('1', { faceURL })));
      expect(await byUrl(foreign)).toBe('400 urlDownloadFail faceURL');
      const capture = await rig.call({
        method: 'POST',
        target: '/ISAPI/AccessControl/CaptureFaceData',
        contentType: 'application/xml',
        body: '<CaptureFaceDataCond><dataType>url</dataType></CaptureFaceDataCond>',
      });
      const own = /<faceDataUrl>([^<]+)</.exec(capture.text)?.[1] ?? '';
      expect(own).toContain('/LOCALS/pic/web_face_enrollpic.jpg@WEB');
      expect([await byUrl(own), facesOf(rig)]).toEqual([OK, ['1']]);
    });

    it('a capture while another one or a face is under way is busy with its dataType', async () => {
      const rig = await way.rig({
        persons: [{ employeeNo: '1', name: 'A' }],
        traits: { modellingMinMs: 1000, modellingMaxMs: 1000 },
      });
      const capture = () =>
        rig.call({
          method: 'POST',
          target: '/ISAPI/AccessControl/CaptureFaceData',
          contentType: 'application/xml',
          body: '<CaptureFaceDataCond><dataType>url</dataType></CaptureFaceDataCond>',
        });
      const [body, contentType] = faceUpload('1', await drawPicture());
      const model = () =>
        rig.call({ method: 'POST', target: `${FACE_RECORD}?format=json`, body, contentType });
      for (const begin of [capture, model]) {
        const underWay = begin();
        await rig.clock.whenSleeping(1);
        const busy = await capture();
        expect(busy.status).toBe(400);
        expect(busy.text).toMatch(/<statusCode>2<[^]*<errorMsg>dataType</);
        await rig.clock.advance(1000);
        expect((await underWay).status).toBe(200);
      }
    });

    it('a unit that captures in one form refuses the other', async () => {
      const rig = await way.rig({ traits: { captureDataTypes: ['binary'] } });
      const capture = (body: string) =>
        rig.call({
          method: 'POST',
          target: '/ISAPI/AccessControl/CaptureFaceData',
          contentType: 'application/xml',
          body,
        });
      const cond = (dataType: string) =>
        `<CaptureFaceDataCond><dataType>${dataType}</dataType></CaptureFaceDataCond>`;
      const refused = await capture(cond('url'));
      expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('<errorMsg>dataType<')]);
      const taken = await capture(cond('binary'));
      expect(taken.headers['content-type']).toBe('multipart/form-data; boundary=MIME_boundary');
      expect(taken.body.includes(Buffer.from([0xff, 0xd8, 0xff]))).toBe(true);
      expect((await capture('{"CaptureFaceDataCond":{"dataType":"url"}}')).text).toContain('badParameters');
    });
  });
}
