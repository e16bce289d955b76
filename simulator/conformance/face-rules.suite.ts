import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { drawBmp, drawPicture } from '../src/isapi/testing/pictures.ts';
import {
  FACE_LIBRARY,
  FACE_RECORD,
  FACE_SEARCH,
  FACE_SET_UP,
  faceOf,
  faceUpload,
  RECORD,
  userInfo,
} from '../src/isapi/testing/requests.ts';
import { bad, call, OK, outcome } from './outcome.ts';
import { multipart, type Call, type Rig, type RigOptions, type Way } from './rig.ts';

const FD_MODIFY = `${FACE_LIBRARY}/FDModify`;
const PHOTO = 'http://127.0.0.1:1/1001.jpg';
const ONE = [{ employeeNo: '1001', name: 'A' }];
const PAGE = { searchResultPosition: 0, maxResults: 30 };

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

function upload(
  method: 'POST' | 'PUT',
  path: string,
  picture: Buffer,
  more: { FPID?: string; fields?: Record<string, unknown> } = {},
): Call {
  const [body, contentType] = faceUpload(more.FPID ?? '1001', picture, more.fields);
  return { method, target: `${path}?format=json`, body, contentType };
}

const record = (picture: Buffer, FPID = '1001') => upload('POST', FACE_RECORD, picture, { FPID });
const setUp = (picture: Buffer) => upload('PUT', FACE_SET_UP, picture);

/** A JPEG of exactly so many bytes: the rest is a comment. */
function filledTo(jpeg: Buffer, sizeBytes: number): Buffer {
  const segments: Buffer[] = [];
  let missing = sizeBytes - jpeg.length;
  while (missing > 0) {
    // At least four bytes must be left for the head of the last segment.
    const length = missing > 65_537 + 4 ? 65_537 : missing > 65_537 ? 60_000 : missing;
    const segment = Buffer.alloc(length, 0x20);
    segment.writeUInt16BE(0xfffe, 0);
    segment.writeUInt16BE(length - 2, 2);
    segments.push(segment);
    missing -= length;
  }
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

/** Rows about pictures, limits and forms of face writes, and about what modelling does to the rest of the terminal. */
export function faceRulesSuite(way: Way): void {
  const site = (options: RigOptions = {}) => way.rig({ persons: ONE, ...options });
  const faceOn = (rig: Rig) => rig.device.faces().map((face) => face.sha256);

  describe('a picture', () => {
    it('has 1 KiB to 200 KiB', async () => {
      const rig = await site({ traits: { photoShakySidePx: 0 } });
      const small = await drawPicture({ sidePx: 80, empty: true, comment: 'simulator:face' });
      expect(small.length).toBeLessThan(1024);
      const rows: [sizeBytes: number, expected: string][] = [
        [1023, '400 faceDataLenShort faceDataLenShort'],
        [1024, OK],
        [200 * 1024, OK],
        [200 * 1024 + 1, bad('faceURL')],
      ];
      for (const [sizeBytes, expected] of rows) {
        const picture = filledTo(small, sizeBytes);
        expect(picture.length).toBe(sizeBytes);
        expect([sizeBytes, await outcome(rig, setUp(picture))]).toEqual([sizeBytes, expected]);
      }
    });

    it('has sides of 80 pixels, and fails now and then below 400', async () => {
      const rig = await site({ traits: { photoShakySidePx: 0 } });
      const hidden = 'simulator:face';
      const of = async (sidePx: number, comment = hidden) =>
        filledTo(await drawPicture({ sidePx, comment }), 4096);
      expect(await outcome(rig, setUp(await of(79)))).toBe('400 picResolutionInvalidError saveFacePic');
      expect(await outcome(rig, setUp(await of(80)))).toBe(OK);
      const shaky = await site();
      const picture = await of(399);
      const outcomes = new Set<string>();
      for (let tries = 0; tries < 30; tries += 1) outcomes.add(await outcome(shaky, setUp(picture)));
      expect([...outcomes].sort()).toEqual([OK, '400 SubpicAnalysisModelingError saveFacePic']);
    });

    it('is a JPEG, alone in its file, unless the model takes more', async () => {
      const jpeg = await drawPicture();
      const longer = Buffer.concat([jpeg, Buffer.from('PK')]);
      const bmp = drawBmp(400, 400);
      const strict = await site({ traits: { photoMaxBytes: 1_000_000 } });
      expect(await outcome(strict, record(longer))).toBe('400 jpegPicWithAppendDataError saveFacePic');
      expect(await outcome(strict, record(bmp))).toBe('400 picFormatError saveFacePic');
      expect(await outcome(strict, record(jpeg.subarray(0, jpeg.length / 2)))).toBe(
        '400 SubpicAnalysisModelingError saveFacePic',
      );
      const lenient = await site({
        traits: { photoMaxBytes: 1_000_000, pictureFormats: ['png', 'bmp'], trailingBytes: 'accept' },
      });
      expect(await outcome(lenient, record(longer))).toBe(OK);
      expect(await outcome(lenient, setUp(bmp))).toBe(OK);
      const limits = await lenient.call(call('GET', `${FACE_LIBRARY}/capabilities`));
      expect(limits.json()).toMatchObject({ facePicFormat: { '@opt': 'jpg,png,bmp' } });
    });

    it('of another form passes where the model does not mind, and errors name its field', async () => {
      const odd = await drawPicture({ progressive: true, chroma444: true, orientation: 6 });
      const easy = await site({
        traits: { progressiveJpeg: 'accept', chroma444: 'accept', exifRotation: 'ignore' },
      });
      expect(await outcome(easy, record(odd))).toBe(OK);
      const other = await site({ traits: { modellingErrorMsg: 'PicFeaturePoints' } });
      expect(await outcome(other, record(odd))).toBe('400 SubpicAnalysisModelingError PicFeaturePoints');
    });

    it('is refused with the codes of its model', async () => {
      const rig = await site({
        traits: { pictureFormatCode: 'unsupportedImageFormat', pictureResolutionCode: 'picSizeSmallError' },
      });
      const bmp = drawBmp(100, 100);
      expect((await rig.call(record(bmp))).json()).toMatchObject({
        statusCode: 3,
        subStatusCode: 'unsupportedImageFormat',
        errorCode: 805314600,
      });
      const tiny = filledTo(await drawPicture({ sidePx: 79 }), 4096);
      expect(await outcome(rig, record(tiny))).toBe('400 picSizeSmallError saveFacePic');
      const full = await site({ traits: { maxFaces: 0, facesFullCode: 'faceImagesNumError' } });
      expect(await outcome(full, record(bmp))).toBe('400 faceImagesNumError faceImagesNumError');
    });

    it('is refused with the code it asks for', async () => {
      const rig = await site();
      const rows: [comment: string, expected: string][] = [
        ['simulator:poor', '400 faceLowQulity saveFacePic'],
        ['simulator:no-face', '400 pictureFaceDetectZero saveFacePic'],
        ['simulator:refuse=pupilDistanceTooSmall', '400 pupilDistanceTooSmall saveFacePic'],
      ];
      for (const [comment, expected] of rows)
        expect(await outcome(rig, record(await drawPicture({ comment })))).toBe(expected);
    });
  });

  describe('a face write', () => {
    it('keeps the old face when anything about the new one fails', async () => {
      const good = await drawPicture();
      const large = `${PHOTO}?large`;
      const rig = await site({ pictures: { [PHOTO]: Buffer.alloc(1023), [large]: Buffer.alloc(204_801) } });
      await rig.call(record(good));
      const byUrl = (path: string, faceURL: string) => call('PUT', path, faceOf('1001', { faceURL }));
      for (const path of [FACE_SET_UP, FD_MODIFY]) {
        const rows: [request: Call, expected: string][] = [
          [byUrl(path, 'http://127.0.0.1:1/nothing.jpg'), '400 urlDownloadFail faceURL'],
          [byUrl(path, PHOTO), '400 faceDataLenShort faceDataLenShort'],
          [byUrl(path, large), bad('faceURL')],
          [upload('PUT', path, await drawPicture({ empty: true })), '400 pictureFaceDetectZero saveFacePic'],
        ];
        for (const [request, expected] of rows) expect(await outcome(rig, request)).toBe(expected);
      }
      expect(faceOn(rig)).toEqual([sha256(good)]);
    });

    it('adds with FaceDataRecord, edits with FDModify, does either or deletes with FDSetUp', async () => {
      const [one, other] = [await drawPicture({ hue: 1 }), await drawPicture({ hue: 90 })];
      const rig = await site();
      expect(await outcome(rig, upload('PUT', FD_MODIFY, one))).toBe('400 faceDataNotExist FPID');
      expect(await outcome(rig, setUp(one))).toBe(OK);
      expect(await outcome(rig, record(other))).toMatch(/^400 deviceUserAlreadyExistFace /);
      expect(await outcome(rig, upload('PUT', FD_MODIFY, other))).toBe(OK);
      expect(faceOn(rig)).toEqual([sha256(other)]);
      const remove = call('PUT', FACE_SET_UP, faceOf('1001', { deleteFP: true }));
      expect([await outcome(rig, remove), await outcome(rig, remove)]).toEqual([OK, OK]);
      expect([rig.device.faces(), rig.device.persons().length]).toEqual([[], 1]);
    });

    it('goes by the order of its parts, whatever their names', async () => {
      const picture = await drawPicture();
      const rig = await site();
      const json = JSON.stringify(faceOf('1001', { name: 'A', gender: 'male', bornTime: '2000-01-01' }));
      const send = (parts: Parameters<typeof multipart>[0]) => {
        const { body, contentType } = multipart(parts);
        return outcome(rig, { method: 'PUT', target: `${FACE_SET_UP}?format=json`, body, contentType });
      };
      const image = (name: string) => ({ name, filename: 'a.jpg', type: 'image/jpeg', data: picture });
      for (const [first, second] of [
        ['faceURL', 'img'],
        ['FaceDataRecord', 'FaceImage'],
        ['x', 'y'],
      ] as const)
        expect(await send([{ name: first, data: json }, image(second)])).toBe(OK);
      expect(await send([image('img'), { name: 'FaceDataRecord', data: json }])).toBe(
        '400 badJsonFormat badJsonFormat',
      );
      expect(await send([{ name: 'FaceDataRecord', filename: 'a.json', data: json }, image('img')])).toBe(
        '400 badJsonFormat badJsonFormat',
      );
      expect(await send([{ name: 'FaceDataRecord', data: json }])).toBe('400 MessageParametersLack img');
    });

    it('is flat, with an address of at most 1024 characters that is one', async () => {
      const picture = await drawPicture();
      const long = `http://127.0.0.1:1/${'x'.repeat(1024 - 19)}`;
      const rig = await site({ pictures: { [long]: picture } });
      const rows: [body: object, expected: string][] = [
        [{ FaceDataRecord: faceOf('1001', { faceURL: long }) }, '400 MessageParametersLack faceLibType'],
        [faceOf('1001', { faceURL: `${long}x` }), bad('faceURL')],
        [faceOf('1001', { faceURL: picture.toString('base64') }), bad('faceURL')],
        [faceOf('1001'), '400 MessageParametersLack faceURL'],
        [faceOf('1001', { faceURL: '' }), '400 faceURLIsEmpty faceURL'],
        [{ ...faceOf('1001', { faceURL: long }), faceLibType: 'whiteFD' }, bad('faceLibType')],
        [{ ...faceOf('1001', { faceURL: long }), FDID: '2' }, '400 faceLibraryIDError FDID'],
        [{ faceLibType: 'blackFD', FDID: '1', faceURL: long }, '400 MessageParametersLack FPID'],
        [faceOf('1001', { faceURL: long, nobodyKnows: 1 }), OK],
      ];
      for (const [body, expected] of rows)
        expect(await outcome(rig, call('POST', FACE_RECORD, body))).toBe(expected);
    });

    it('is about a person of at most 63 bytes, who must be there; by their exact number', async () => {
      const picture = await drawPicture();
      const rig = await way.rig({
        persons: [
          { employeeNo: '007', name: 'A' },
          { employeeNo: 'a1', name: 'B' },
        ],
      });
      for (const FPID of ['7', 'A1', 'x'.repeat(63)])
        expect(await outcome(rig, record(picture, FPID))).toBe('400 employeeNoNotExist FPID');
      for (const FPID of ['', 'x'.repeat(64)])
        expect(await outcome(rig, record(picture, FPID))).toBe(bad('FPID'));
      const other = await way.rig({ traits: { faceWithoutPersonCode: 'deviceUserNotExist' } });
      expect(await outcome(other, record(picture))).toBe('400 deviceUserNotExist FPID');
    });

    it('refuses the picture of somebody else, or not, by model', async () => {
      const picture = await drawPicture();
      const persons = [...ONE, { employeeNo: '1002', name: 'B' }];
      const strict = await way.rig({ persons });
      await strict.call(record(picture));
      expect(await outcome(strict, record(picture, '1002'))).toBe('400 alreadyExistThisFace saveFacePic');
      const lenient = await way.rig({ persons, traits: { sameFaceTwice: 'accept' } });
      await lenient.call(record(picture));
      expect(await outcome(lenient, record(picture, '1002'))).toBe(OK);
    });

    it('answers with the keys of its model', async () => {
      const rig = await site({ traits: { faceAnswerKeys: ['FPID', 'rowKey'] } });
      const answer = await rig.call(record(await drawPicture()));
      expect(answer.json()).toEqual({
        statusCode: 1,
        statusString: 'OK',
        subStatusCode: 'ok',
        FPID: '1001',
        rowKey: '1',
      });
    });
  });

  describe('modelling', () => {
    it('holds the terminal: writes find it busy, reads do not', async () => {
      const picture = await drawPicture();
      const rig = await site({ traits: { modellingMinMs: 2000, modellingMaxMs: 2000 } });
      const modelling = outcome(rig, record(picture));
      await rig.clock.whenSleeping(1);
      expect(await outcome(rig, call('POST', RECORD, userInfo('2')))).toBe('400 deviceBusy deviceBusy');
      expect(await outcome(rig, setUp(picture))).toBe('400 faceDataModeling faceDataModeling');
      for (const request of [
        call('POST', FACE_LIBRARY, { faceLibType: 'blackFD', name: 'x' }),
        call('DELETE', FACE_LIBRARY),
      ])
        expect(await outcome(rig, request)).toBe('400 deviceBusy deviceBusy');
      const search = call('POST', FACE_SEARCH, faceOf('1001', PAGE));
      expect((await rig.call(search)).json()).toMatchObject({ responseStatusStrg: 'NO MATCH' });
      await rig.clock.advance(2000);
      expect(await modelling).toBe(OK);
      expect((await rig.call(search)).json()).toMatchObject({ responseStatusStrg: 'OK', totalMatches: 1 });
      expect(await outcome(rig, call('POST', RECORD, userInfo('2')))).toBe(OK);
    });

    it('that failed passes later', async () => {
      const picture = await drawPicture();
      const rig = await site();
      rig.device.setFaults([
        { when: { times: 3, endpoint: 'face-record' }, what: { kind: 'modelling-fails' } },
      ]);
      const outcomes: string[] = [];
      for (let tries = 0; tries < 4; tries += 1) outcomes.push(await outcome(rig, record(picture)));
      const failed = '400 SubpicAnalysisModelingError saveFacePic';
      expect(outcomes).toEqual([failed, failed, failed, OK]);
    });
  });
}
