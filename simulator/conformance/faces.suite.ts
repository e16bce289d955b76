import { createHash } from 'node:crypto';
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
} from '../src/isapi/testing/requests.ts';
import type { Call, Rig, Way } from './rig.ts';

const json = '?format=json';
const PHOTO = 'http://127.0.0.1:1/faces/1001.jpg';
const ONE = [{ employeeNo: '1001', name: 'A' }];

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

function byUrl(path: string, FPID: string, method: Call['method'] = 'POST'): Call {
  return { method, target: `${path}${json}`, body: faceOf(FPID, { faceURL: PHOTO }) };
}

function uploaded(path: string, FPID: string, picture: Buffer, method: Call['method'] = 'POST'): Call {
  const [body, contentType] = faceUpload(FPID, picture);
  return { method, target: `${path}${json}`, body, contentType };
}

async function outcome(rig: Rig, call: Call): Promise<[status: number, subStatusCode: unknown]> {
  const answer = await rig.call(call);
  return [answer.status, (answer.json() as { subStatusCode?: unknown }).subStatusCode];
}

/** Rows of faces: both forms of upload, what becomes of bad pictures, search and deletes. */
export function facesSuite(way: Way): void {
  describe('faces', () => {
    it('are downloaded from a URL', async () => {
      const picture = await drawPicture();
      const rig = await way.rig({ persons: ONE, pictures: { [PHOTO]: picture } });
      expect(await outcome(rig, byUrl(FACE_RECORD, '1001'))).toEqual([200, 'ok']);
      expect(rig.device.faces()).toMatchObject([
        { FDID: '1', FPID: '1001', sha256: sha256(picture), sizeBytes: picture.length },
      ]);
    });

    it('that cannot be downloaded are urlDownloadFail', async () => {
      const rig = await way.rig({ persons: ONE });
      expect(await outcome(rig, byUrl(FACE_RECORD, '1001'))).toEqual([400, 'urlDownloadFail']);
      expect(rig.device.faces()).toEqual([]);
    });

    it('are uploaded, only once, and replaced by FDSetUp', async () => {
      const [picture, other] = [await drawPicture(), await drawPicture({ hue: 20 })];
      const rig = await way.rig({ persons: ONE });
      expect(await outcome(rig, uploaded(FACE_RECORD, '1001', picture))).toEqual([200, 'ok']);
      expect(await outcome(rig, uploaded(FACE_RECORD, '1001', other))).toEqual([
        400,
        'deviceUserAlreadyExistFace',
      ]);
      expect(rig.device.faces()[0]?.sha256).toBe(sha256(picture));
      expect(await outcome(rig, uploaded(FACE_SET_UP, '1001', other, 'PUT'))).toEqual([200, 'ok']);
      expect(rig.device.faces()[0]?.sha256).toBe(sha256(other));
    });

    it('of bad pictures are refused, and the old face stays', async () => {
      const good = await drawPicture();
      const rig = await way.rig({ persons: ONE });
      await rig.call(uploaded(FACE_RECORD, '1001', good));
      const rows: [picture: Buffer, code: string][] = [
        [Buffer.alloc(201 * 1024), 'badJsonContent'],
        [Buffer.alloc(2000), 'SubpicAnalysisModelingError'],
        [await drawPicture({ progressive: true }), 'SubpicAnalysisModelingError'],
        [await drawPicture({ chroma444: true }), 'SubpicAnalysisModelingError'],
        [await drawPicture({ orientation: 6 }), 'SubpicAnalysisModelingError'],
        [await drawPicture({ sidePx: 60 }), 'picResolutionInvalidError'],
        [await drawPicture({ empty: true }), 'pictureFaceDetectZero'],
        [await drawPicture({ comment: 'simulator:two-faces' }), 'multipleFaceObjectError'],
      ];
      for (const [picture, code] of rows)
        expect(await outcome(rig, uploaded(FACE_SET_UP, '1001', picture, 'PUT'))).toEqual([400, code]);
      expect(rig.device.faces()).toMatchObject([{ sha256: sha256(good) }]);
    });

    it('need a person and die with the person', async () => {
      const picture = await drawPicture();
      const rig = await way.rig({ persons: ONE });
      expect(await outcome(rig, uploaded(FACE_RECORD, '9999', picture))).toEqual([400, 'employeeNoNotExist']);
      await rig.call(uploaded(FACE_RECORD, '1001', picture));
      await rig.call({
        method: 'PUT',
        target: `${DELETE}${json}`,
        body: { UserInfoDelCond: { EmployeeNoList: [{ employeeNo: '1001' }] } },
      });
      expect(rig.device.faces()).toEqual([]);
    });

    it('are found, with the address of their picture, and deleted', async () => {
      const picture = await drawPicture();
      const rig = await way.rig({ persons: ONE });
      await rig.call(uploaded(FACE_RECORD, '1001', picture));
      const target = `${FACE_SEARCH}${json}`;
      const search: Call = { target, body: faceOf('1001', { searchResultPosition: 0, maxResults: 30 }) };
      const found = (await rig.call(search)).json() as { MatchList: { faceURL: string }[] };
      expect(found).toMatchObject({ responseStatusStrg: 'OK', totalMatches: 1 });
      const address = new URL(found.MatchList[0]?.faceURL ?? '');
      expect(sha256((await rig.call({ target: address.pathname })).body)).toBe(sha256(picture));
      const remove = `${FACE_LIBRARY}/FDSearch/Delete${json}&FDID=1&faceLibType=blackFD`;
      const body = { FPID: [{ value: '1001' }] };
      expect(await outcome(rig, { method: 'PUT', target: remove, body })).toEqual([200, 'ok']);
      expect((await rig.call(search)).json()).toMatchObject({ responseStatusStrg: 'NO MATCH' });
      expect((await rig.call({ target: address.pathname })).status).toBe(404);
    });

    it('fill their library', async () => {
      const rig = await way.rig({ persons: ONE, traits: { maxFaces: 0 } });
      expect(await outcome(rig, uploaded(FACE_RECORD, '1001', await drawPicture()))).toEqual([
        400,
        'deviceFaceFull',
      ]);
    });

    it('have no place on a K1A340', async () => {
      const rig = await way.rig({ profile: 'ds-k1a340', persons: ONE });
      const answer = await rig.call(uploaded(FACE_RECORD, '1001', await drawPicture()));
      expect(answer.status).toBe(404);
      expect((await rig.call({ target: `${FACE_LIBRARY}${json}` })).status).toBe(404);
    });
  });
}
