import { describe, expect, it } from 'vitest';
import { jsonStatus, xmlStatus } from '../answers.ts';
import { drawPicture } from './pictures.ts';
import {
  DELETE,
  DELETE_PROCESS,
  FACE_LIBRARY,
  FACE_RECORD,
  FACE_SEARCH,
  FACE_SET_UP,
  faceOf,
  faceUpload,
  RECORD,
  SEARCH,
  searchFor,
  userInfo,
} from './requests.ts';
import { sampleJson, sampleText, shapeOf } from './samples.ts';
import { testTerminal, type TestAnswer, type TestTerminalOptions } from './test-terminal.ts';

type Scene = [file: string, options: TestTerminalOptions, act: (t: Actor) => Promise<TestAnswer>];
type Actor = ReturnType<typeof testTerminal>;

const K1A340: TestTerminalOptions = { profile: 'ds-k1a340' };
const K1T342: TestTerminalOptions = { profile: 'ds-k1t342mfwx' };

async function withFace({ call }: Actor, employeeNo = '1001') {
  await call('POST', RECORD, userInfo(employeeNo));
  return call('POST', FACE_RECORD, ...faceUpload(employeeNo, await drawPicture()));
}

const read = (path: string) => (t: Actor) => t.call('GET', path);
const search: Scene[2] = async (t) => {
  await t.call('POST', RECORD, userInfo('1'));
  return t.call('POST', SEARCH, searchFor());
};

const answers: Scene[] = [
  ['userinfo-capabilities-k1a340.json', K1A340, read('/ISAPI/AccessControl/UserInfo/capabilities')],
  ['userinfo-count-k1a340.json', K1A340, read('/ISAPI/AccessControl/UserInfo/Count')],
  ['userinfo-count-full.json', {}, read('/ISAPI/AccessControl/UserInfo/Count')],
  ['userinfo-search-ok-k1a340.json', K1A340, search],
  ['userinfo-search-ok-other-model.json', { profile: 'ds-k1t671m' }, search],
  ['userinfo-search-no-match.json', K1A340, (t) => t.call('POST', SEARCH, searchFor())],
  ['userinfodetail-deleteprocess.json', {}, read(DELETE_PROCESS)],
  ['fdlib-list-k1t342.json', K1T342, read(FACE_LIBRARY)],
  ['fdlib-count.json', K1T342, read(`${FACE_LIBRARY}/Count`)],
  [
    'fdsearch-ok.json',
    K1T342,
    async (t) => {
      await withFace(t);
      return t.call('POST', FACE_SEARCH, faceOf('1001', { searchResultPosition: 0, maxResults: 30 }));
    },
  ],
];

describe('answers have the shape of what a device sent', () => {
  it.each(answers)('%s', async (file, options, act) => {
    const answer = await act(testTerminal(options));
    expect(answer.status).toBe(200);
    expect(answer.contentType).toBe('application/json; charset="UTF-8"');
    expect(shapeOf(answer.json)).toEqual(shapeOf(sampleJson(file)));
  });

  it('capabilities of a K1A340 hold its values', async () => {
    const { json } = await testTerminal(K1A340).call('GET', '/ISAPI/AccessControl/UserInfo/capabilities');
    expect(json).toEqual(sampleJson('userinfo-capabilities-k1a340.json'));
  });
});

const refusals: [file: string, status: number, options: TestTerminalOptions, act: Scene[2]][] = [
  ['error-MessageParametersLack-UserInfo.json', 400, {}, (t) => t.call('POST', RECORD, {})],
  ['error-MessageParametersLack-UserInfoDelCond.json', 400, {}, (t) => t.call('PUT', DELETE, {})],
  [
    'error-badJsonContent-employeeNo.json',
    400,
    {},
    (t) => t.call('POST', RECORD, userInfo('0f8fad5b-d9cb-469f-a165-70867728950e')),
  ],
  [
    'error-employeeNoAlreadyExist.json',
    400,
    {},
    async (t) => {
      await t.call('POST', RECORD, userInfo('1001'));
      return t.call('POST', RECORD, userInfo('1001'));
    },
  ],
  [
    'error-deviceUserFull.reconstructed.json',
    400,
    { traits: { maxPersons: 0 } },
    (t) => t.call('POST', RECORD, userInfo('1')),
  ],
  ['error-deviceFaceFull.reconstructed.json', 400, { traits: { maxFaces: 0 } }, withFace],
  [
    'error-deviceUserAlreadyExistFace.reconstructed.json',
    400,
    {},
    async (t) => {
      await withFace(t);
      return withFace(t);
    },
  ],
  [
    'error-alreadyExistThisFace.json',
    400,
    {},
    async (t) => {
      await withFace(t, '1001');
      return withFace(t, '1002');
    },
  ],
  [
    'error-SubpicAnalysisModelingError.json',
    400,
    {},
    async (t) => {
      await t.call('POST', RECORD, userInfo('1'));
      return t.call('POST', FACE_RECORD, ...faceUpload('1', await drawPicture({ progressive: true })));
    },
  ],
  [
    'error-badJsonContent-faceURL.json',
    400,
    {},
    async (t) => {
      await t.call('POST', RECORD, userInfo('1'));
      return t.call('POST', FACE_RECORD, ...faceUpload('1', Buffer.alloc(201 * 1024)));
    },
  ],
  ['error-methodNotAllowed.json', 405, {}, (t) => t.call('POST', FACE_SET_UP, {})],
  ['error-notSupport.json', 403, {}, (t) => t.call('POST', '/ISAPI/AccessControl/FaceInfo/Search', {})],
  ['error-notSupport.json', 200, K1A340, (t) => t.call('POST', '/ISAPI/AccessControl/FingerPrint/Search')],
];

describe('refusals are what a device sent', () => {
  it.each(refusals)('%s (HTTP %i)', async (file, status, options, act) => {
    const answer = await act(testTerminal(options));
    expect(answer.json).toEqual(sampleJson(file));
    expect(Object.keys(answer.json as object)).toEqual(Object.keys(sampleJson(file) as object));
    expect(answer.status).toBe(status);
  });

  it('error-deviceBusy.reconstructed.json (HTTP 400), while a picture is modelled', async () => {
    const t = testTerminal({ traits: { modellingMinMs: 1000, modellingMaxMs: 1000 } });
    const picture = await drawPicture();
    await t.terminal.photos.examine(picture);
    await t.call('POST', RECORD, userInfo('1'));
    const modelling = t.call('POST', FACE_RECORD, ...faceUpload('1', picture));
    const busy = await t.call('POST', RECORD, userInfo('2'));
    expect(busy.json).toEqual(sampleJson('error-deviceBusy.reconstructed.json'));
    expect(busy.status).toBe(400);
    await t.clock.advance(1000);
    expect((await modelling).json).toEqual(sampleJson('ok.json'));
  });

  it.each(['deviceError', 'invalidID'])('error-%s.json, with an id', (code) => {
    const { traits } = testTerminal().terminal;
    expect(JSON.parse(jsonStatus(traits, code).body.toString())).toEqual(sampleJson(`error-${code}.json`));
  });

  it('responsestatus-*-ver20.xml, to the byte', async () => {
    const { terminal, call } = testTerminal();
    expect(xmlStatus(terminal.traits, 'ok').body).toBe(sampleText('responsestatus-ok-ver20.xml'));
    const unknown = await call('GET', '/ISAPI/Streaming/channels');
    expect(unknown.text).toBe(sampleText('responsestatus-notsupport-ver20.xml'));
    expect(unknown.status).toBe(404);
  });
});
