import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { multipart } from '../../../conformance/rig.ts';
import { drawPicture } from '../testing/pictures.ts';
import {
  DELETE,
  FACE_LIBRARY,
  FACE_RECORD,
  FACE_SET_UP,
  faceOf,
  faceUpload,
  RECORD,
  SEARCH,
  searchFor,
  userInfo,
} from '../testing/requests.ts';
import { testTerminal, type TestTerminalOptions } from '../testing/test-terminal.ts';

const URL_OF_PHOTO = 'http://127.0.0.1:8080/faces/1001.jpg';
const FD_MODIFY = `${FACE_LIBRARY}/FDModify`;

let picture: Buffer;
let other: Buffer;
beforeAll(async () => {
  picture = await drawPicture({ hue: 10 });
  other = await drawPicture({ hue: 120 });
});

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function terminalWith(employeeNos: string[], options: TestTerminalOptions = {}) {
  const t = testTerminal(options);
  for (const employeeNo of employeeNos) await t.call('POST', RECORD, userInfo(employeeNo));
  return {
    ...t,
    upload: (FPID: string, bytes = picture, more = {}) =>
      t.call('POST', FACE_RECORD, ...faceUpload(FPID, bytes, more)),
    setUp: (FPID: string, bytes = picture, more = {}) =>
      t.call('PUT', FACE_SET_UP, ...faceUpload(FPID, bytes, more)),
  };
}

describe('FaceDataRecord by URL', () => {
  it('downloads the picture and stores exactly that', async () => {
    const asked: string[] = [];
    const { call, terminal } = await terminalWith(['1001'], {
      download: (url) => {
        asked.push(url);
        return Promise.resolve({ ok: true, bytes: picture });
      },
    });
    const answer = await call('POST', FACE_RECORD, faceOf('1001', { faceURL: URL_OF_PHOTO }));
    expect(answer.subStatusCode).toBe('ok');
    expect(asked).toEqual([URL_OF_PHOTO]);
    expect(terminal.faces.get('1001')).toMatchObject({
      sha256: sha256(picture),
      sizeBytes: picture.length,
      origin: `url ${URL_OF_PHOTO}`,
    });
  });

  it('says urlDownloadFail when it cannot', async () => {
    const { call, terminal } = await terminalWith(['1001']);
    const answer = await call('POST', FACE_RECORD, faceOf('1001', { faceURL: URL_OF_PHOTO }));
    expect(answer).toMatchObject({ status: 400, subStatusCode: 'urlDownloadFail' });
    expect(terminal.faces.size).toBe(0);
    expect(terminal.hold.occupation).toBeNull();
  });

  it.each([
    ['base64', '/9j/4AAQSkZJRgABAQAAAQABAAD', 'badJsonContent'],
    ['a data address', 'data:image/jpeg;base64,/9j/4AAQ', 'badJsonContent'],
    ['another scheme', 'ftp://127.0.0.1/a.jpg', 'badJsonContent'],
    ['1025 characters', `http://127.0.0.1/${'x'.repeat(1008)}`, 'badJsonContent'],
    ['a number', 5, 'badJsonContent'],
    ['nothing', undefined, 'MessageParametersLack'],
    ['an empty text', '', 'faceURLIsEmpty'],
  ])('refuses %s', async (_, faceURL, subStatusCode) => {
    const { call } = await terminalWith(['1001']);
    const { json } = await call('POST', FACE_RECORD, faceOf('1001', { faceURL }));
    expect(json).toMatchObject({ subStatusCode, errorMsg: 'faceURL' });
  });

  it('takes only its own pictures on a K1T343EFWX', async () => {
    const { call, upload, terminal } = await terminalWith(['1', '2'], {
      profile: 'ds-k1t343efwx',
      traits: { sameFaceTwice: 'accept' },
      download: () => Promise.resolve({ ok: true, bytes: picture }),
    });
    const foreign = await call('POST', FACE_RECORD, faceOf('1', { faceURL: URL_OF_PHOTO }));
    expect(foreign.subStatusCode).toBe('urlDownloadFail');
    await upload('1');
    const { json } = await call('POST', SEARCH, searchFor({ EmployeeNoList: [{ employeeNo: '1' }] }));
    const faceURL = (json as { UserInfoSearch: { UserInfo: { faceURL: string }[] } }).UserInfoSearch
      .UserInfo[0]?.faceURL;
    expect((await call('POST', FACE_RECORD, faceOf('2', { faceURL }))).status).toBe(200);
    const captured = `http://192.0.2.10${terminal.pictures.linkCapture()}`;
    expect((await call('PUT', FACE_SET_UP, faceOf('2', { faceURL: captured }))).status).toBe(200);
    const stale = `${faceURL?.slice(0, -4) ?? ''}9999`;
    expect((await call('PUT', FACE_SET_UP, faceOf('2', { faceURL: stale }))).subStatusCode).toBe(
      'urlDownloadFail',
    );
  });

  it('fails where faults say so', async () => {
    const download = () => Promise.resolve({ ok: true as const, bytes: picture });
    const away = await terminalWith(['1'], { download, conditions: { downloadFailure: {} } });
    const request = faceOf('1', { faceURL: URL_OF_PHOTO });
    expect((await away.call('POST', FACE_RECORD, request)).subStatusCode).toBe('urlDownloadFail');
    const code = { modellingFailure: { subStatusCode: 'faceScoreFailure' } };
    const blind = await terminalWith(['1'], { download, conditions: code });
    expect((await blind.call('POST', FACE_RECORD, request)).subStatusCode).toBe('faceScoreFailure');
    const full = await terminalWith(['1'], { download, conditions: { facesFullAt: 0 } });
    expect((await full.call('POST', FACE_RECORD, request)).subStatusCode).toBe('deviceFaceFull');
  });
});

describe('FaceDataRecord as multipart', () => {
  it('goes by the order of the parts, not by their names', async () => {
    const { call, terminal } = await terminalWith(['1']);
    const json = { name: 'anything', data: JSON.stringify(faceOf('1')) };
    const image = { name: 'whatever', filename: 'x.jpg', data: picture };
    const right = multipart([json, image]);
    const wrong = multipart([image, json]);
    expect((await call('POST', FACE_RECORD, wrong.body, wrong.contentType)).subStatusCode).toBe(
      'badJsonFormat',
    );
    expect((await call('POST', FACE_RECORD, right.body, right.contentType)).status).toBe(200);
    expect(terminal.faces.get('1')).toMatchObject({ origin: 'upload', sha256: sha256(picture) });
  });

  it('refuses a body without picture, and one that is cut off', async () => {
    const { call } = await terminalWith(['1']);
    const alone = multipart([{ name: 'FaceDataRecord', data: JSON.stringify(faceOf('1')) }]);
    expect((await call('POST', FACE_RECORD, alone.body, alone.contentType)).json).toMatchObject({
      subStatusCode: 'MessageParametersLack',
      errorMsg: 'img',
    });
    const [body, type] = faceUpload('1', picture);
    expect((await call('POST', FACE_RECORD, body.subarray(0, -9), type)).subStatusCode).toBe('badJsonFormat');
  });
});

describe('a face', () => {
  it('needs its person', async () => {
    const { upload } = await terminalWith([]);
    expect((await upload('1')).json).toMatchObject({
      subStatusCode: 'employeeNoNotExist',
      errorCode: 1610637343,
    });
  });

  it('dies with its person, and the picture is free again', async () => {
    const { upload, call, terminal } = await terminalWith(['1', '2']);
    await upload('1');
    expect((await upload('2')).subStatusCode).toBe('alreadyExistThisFace');
    await call('PUT', DELETE, { UserInfoDelCond: { EmployeeNoList: [{ employeeNo: '1' }] } });
    expect(terminal.faces.size).toBe(0);
    expect((await upload('2')).status).toBe(200);
  });

  it('may be there twice where the model does not look', async () => {
    const { upload, terminal } = await terminalWith(['1', '2'], { traits: { sameFaceTwice: 'accept' } });
    await upload('1');
    await upload('2');
    expect(terminal.faces.size).toBe(2);
  });

  it('is not replaced by FaceDataRecord', async () => {
    const { upload, terminal } = await terminalWith(['1']);
    await upload('1', picture);
    expect((await upload('1', other)).json).toMatchObject({
      subStatusCode: 'deviceUserAlreadyExistFace',
      errorCode: 1610641412,
    });
    expect(terminal.faces.get('1')?.sha256).toBe(sha256(picture));
  });

  it('wrapped in an object is refused naming faceLibType', async () => {
    const { call } = await terminalWith(['1']);
    const { json } = await call('POST', FACE_RECORD, {
      FaceDataRecord: faceOf('1', { faceURL: 'http://x' }),
    });
    expect(json).toMatchObject({ subStatusCode: 'MessageParametersLack', errorMsg: 'faceLibType' });
  });

  it.each([
    [{ faceLibType: 'whiteFD' }, 'badJsonContent', 'faceLibType'],
    [{ FDID: undefined }, 'MessageParametersLack', 'FDID'],
    [{ FDID: '2' }, 'faceLibraryIDError', 'FDID'],
    [{ FDID: 1 }, 'badJsonContent', 'FDID'],
    [{ FPID: undefined }, 'MessageParametersLack', 'FPID'],
    [{ FPID: 1001 }, 'badJsonContent', 'FPID'],
  ])('%j is refused', async (more, subStatusCode, errorMsg) => {
    const { upload } = await terminalWith(['1']);
    expect((await upload('1', picture, more)).json).toMatchObject({ subStatusCode, errorMsg });
  });

  it('can be written to the infrared library where there is one', async () => {
    const { upload, terminal } = await terminalWith(['1'], { profile: 'ds-k1t342mfwx' });
    await upload('1', picture, { faceLibType: 'infraredFD', FDID: '2' });
    expect([terminal.faces.count('1'), terminal.faces.count('2')]).toEqual([0, 1]);
  });

  it('cannot be written where there is no library', async () => {
    const { upload } = await terminalWith(['1'], { profile: 'ds-k1a340' });
    expect(await upload('1')).toMatchObject({ status: 404, subStatusCode: 'notSupport' });
  });
});

describe('FDSetUp', () => {
  it('adds, replaces and deletes', async () => {
    const { setUp, call, terminal } = await terminalWith(['1']);
    await setUp('1', picture);
    await setUp('1', other);
    expect(terminal.faces.get('1')?.sha256).toBe(sha256(other));
    const remove = faceOf('1', { deleteFP: true });
    expect((await call('PUT', FACE_SET_UP, remove)).status).toBe(200);
    expect(terminal.faces.size).toBe(0);
    expect((await call('PUT', FACE_SET_UP, remove)).status).toBe(200);
  });

  it('keeps the old face when the new picture fails', async () => {
    const { setUp, terminal } = await terminalWith(['1']);
    await setUp('1', picture);
    const bad = await drawPicture({ comment: 'simulator:no-face' });
    expect((await setUp('1', bad)).subStatusCode).toBe('pictureFaceDetectZero');
    expect(terminal.faces.get('1')?.sha256).toBe(sha256(picture));
  });

  it('replaces on a full device, and adds no more', async () => {
    const { setUp } = await terminalWith(['1', '2'], { traits: { maxFaces: 1 } });
    await setUp('1', picture);
    expect((await setUp('1', other)).status).toBe(200);
    expect((await setUp('2', picture)).subStatusCode).toBe('deviceFaceFull');
  });

  it('may want an employeeNo', async () => {
    const { setUp } = await terminalWith(['1'], { traits: { faceSetUpNeedsEmployeeNo: true } });
    expect((await setUp('1')).json).toMatchObject({ errorMsg: 'employeeNo' });
    expect((await setUp('1', picture, { employeeNo: '1' })).status).toBe(200);
  });

  it.each([
    ['not-found', 404],
    ['method-not-allowed', 405],
  ] as const)('is %s on some firmware', async (faceSetUp, status) => {
    const { setUp } = await terminalWith(['1'], { traits: { faceSetUp } });
    expect((await setUp('1')).status).toBe(status);
  });
});

describe('FDModify', () => {
  it('replaces a face that is there', async () => {
    const { upload, call, terminal } = await terminalWith(['1']);
    expect((await call('PUT', FD_MODIFY, ...faceUpload('1', other))).subStatusCode).toBe('faceDataNotExist');
    await upload('1', picture);
    expect((await call('PUT', FD_MODIFY, ...faceUpload('1', other))).status).toBe(200);
    expect(terminal.faces.get('1')?.sha256).toBe(sha256(other));
  });

  it('is 404 where there is none', async () => {
    const { call } = await terminalWith(['1'], { traits: { faceModify: 'not-found' } });
    expect((await call('PUT', FD_MODIFY, {})).status).toBe(404);
  });
});

describe('modelling', () => {
  const slow = { modellingMinMs: 500, modellingMaxMs: 3000 };

  it('takes its time, and holds the device for faces and persons alike', async () => {
    const { upload, call, clock, terminal } = await terminalWith(['1', '2'], { traits: slow });
    await terminal.photos.examine(picture);
    const first = upload('1');
    expect((await upload('2', other)).subStatusCode).toBe('faceDataModeling');
    expect((await call('POST', RECORD, userInfo('3'))).subStatusCode).toBe('deviceBusy');
    expect((await call('POST', SEARCH, searchFor())).status).toBe(200);
    expect(terminal.faces.size).toBe(0);
    await clock.advance(3000);
    expect((await first).status).toBe(200);
    expect((await call('POST', RECORD, userInfo('3'))).status).toBe(200);
  });

  it('takes between its bounds, the same for the same seed', async () => {
    const durations = async (seed: number) => {
      const taken: number[] = [];
      const { setUp, clock, terminal } = await terminalWith(['1'], { traits: slow, seed });
      await terminal.photos.examine(picture);
      for (let round = 0; round < 5; round += 1) {
        const startedAtMs = clock.now();
        const done = setUp('1').then(() => clock.now());
        await clock.advance(0);
        await clock.advance(3000);
        taken.push((await done) - startedAtMs);
      }
      return taken;
    };
    const first = await durations(7);
    expect(Math.min(...first)).toBeGreaterThanOrEqual(500);
    expect(Math.max(...first)).toBeLessThanOrEqual(3000);
    expect(await durations(7)).toEqual(first);
  });

  it('fails now and then for a small picture, and passes later', async () => {
    const { setUp } = await terminalWith(['1'], { seed: 3 });
    const small = await drawPicture({ sidePx: 200 });
    const codes = new Set<string | undefined>();
    for (let round = 0; round < 20; round += 1) codes.add((await setUp('1', small)).subStatusCode);
    expect([...codes].sort()).toEqual(['SubpicAnalysisModelingError', 'ok']);
  });

  it('comes to nothing when power is lost', async () => {
    const { upload, clock, terminal } = await terminalWith(['1'], { traits: slow });
    await terminal.photos.examine(picture);
    const answer = upload('1');
    await clock.advance(100);
    terminal.powerLost();
    expect((await answer).subStatusCode).toBe('deviceError');
    await clock.advance(5000);
    expect(terminal.faces.size).toBe(0);
    expect(terminal.hold.occupation).toBeNull();
  });

  it('comes to nothing when somebody deletes the person at the terminal', async () => {
    const { upload, clock, terminal } = await terminalWith(['1'], { traits: slow });
    await terminal.photos.examine(picture);
    const answer = upload('1');
    await clock.advance(100);
    terminal.removePerson('1');
    await clock.advance(5000);
    expect((await answer).subStatusCode).toBe('employeeNoNotExist');
    expect(terminal.faces.size).toBe(0);
  });
});
