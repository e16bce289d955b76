import { inProcessWay } from '../../../conformance/in-process-way.ts';
import { showCard, showFace } from '../../terminal/access.ts';
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
import { sampleText } from './samples.ts';
import { testTerminal, type TestTerminal, type TestTerminalOptions } from './test-terminal.ts';

/** What a scene brought about; a `contentType` that is not given is not compared. */
interface Sent {
  status: number;
  text: string;
  contentType?: string | null;
}

/** How one captured answer comes about here. */
export interface Scene {
  status: number;
  /** `value`: the same JSON, keys in order; `shape`: its keys and kinds; `text`: to the byte; `skeleton`: XML but for its texts. */
  alike: 'value' | 'shape' | 'unordered-shape' | 'text' | 'skeleton';
  act: () => Promise<Sent>;
}

type Act = (t: TestTerminal) => Sent | Promise<Sent>;

const ACCESS = '/ISAPI/AccessControl';
const K1A340: TestTerminalOptions = { profile: 'ds-k1a340' };
const K1T342: TestTerminalOptions = { profile: 'ds-k1t342mfwx' };

function scene(status: number, alike: Scene['alike'], options: TestTerminalOptions, act: Act): Scene {
  return { status, alike, act: async () => act(testTerminal(options)) };
}

const refusal = (act: Act, options: TestTerminalOptions = {}, status = 400) =>
  scene(status, 'value', options, act);

const read = (path: string) => (t: TestTerminal) => t.call('GET', path);

async function withFace({ call }: TestTerminal, employeeNo = '1001') {
  await call('POST', RECORD, userInfo(employeeNo));
  return call('POST', FACE_RECORD, ...faceUpload(employeeNo, await drawPicture()));
}

async function searchOne(t: TestTerminal) {
  await t.call('POST', RECORD, userInfo('1'));
  return t.call('POST', SEARCH, searchFor());
}

/** A face for which nothing but the picture is wrong. */
const faceWith = (picture: () => Buffer | Promise<Buffer>) => async (t: TestTerminal) => {
  await t.call('POST', RECORD, userInfo('1'));
  return t.call('POST', FACE_RECORD, ...faceUpload('1', await picture()));
};

const CARD = (employeeNo: string) => ({
  CardInfo: { employeeNo, cardNo: '0000000001', cardType: 'normalCard' },
});

const EVENTS = {
  AcsEventCond: { searchID: '1', searchResultPosition: 0, maxResults: 30, major: 0, minor: 0 },
};

/** While a picture is modelled. */
async function busy(t: TestTerminal) {
  const picture = await drawPicture();
  await t.terminal.photos.examine(picture);
  await t.call('POST', RECORD, userInfo('1'));
  const modelling = t.call('POST', FACE_RECORD, ...faceUpload('1', picture));
  const answer = await t.call('POST', RECORD, userInfo('2'));
  await t.clock.advance(1000);
  await modelling;
  return answer;
}

/** Somebody with a card, an unknown card, a known face, a stranger. */
async function fourAtTheDoor(t: TestTerminal) {
  await t.call('POST', RECORD, userInfo('31'));
  await t.call('POST', `${ACCESS}/CardInfo/Record`, CARD('31'));
  t.terminal.faces.set('31', { sha256: null, sizeBytes: 0, origin: 'seeded' });
  showCard(t.terminal, '0000000001');
  showCard(t.terminal, '42');
  showFace(t.terminal, '31');
  showFace(t.terminal, null);
  return t.call('POST', `${ACCESS}/AcsEvent`, EVENTS);
}

/** Attendance has no stand-in at the door: the record is put into the log. */
function checkedOut(t: TestTerminal) {
  t.terminal.events.append({
    major: 5,
    minor: 38,
    cardType: 1,
    name: 'Person Two',
    cardReaderNo: 1,
    doorNo: 1,
    employeeNo: '2',
    userType: 'normal',
    verifyMode: 'cardOrFaceOrFp',
    attendanceStatus: 'checkOut',
    label: 'Check Out',
    mask: 'unknown',
  });
  return t.call('POST', `${ACCESS}/AcsEvent`, EVENTS);
}

/** The last of so many bad logins. */
const badLogins = (count: number, profile = 'ds-k1a340'): Scene => ({
  status: 401,
  alike: 'text',
  act: async () => {
    const rig = await inProcessWay.rig({ profile });
    const wrong = { username: rig.device.username, password: 'wrong' };
    const login = () => rig.call({ target: '/ISAPI/Security/userCheck' }, wrong);
    for (let done = 1; done < count; done += 1) await login();
    return login();
  },
});

/** No call of ours brings a deviceError about by itself: a fault does. */
const deviceError: Scene = {
  status: 400,
  alike: 'value',
  act: async () => {
    const rig = await inProcessWay.rig();
    rig.device.setFaults([{ what: { kind: 'sub-status', subStatusCode: 'deviceError' } }]);
    return rig.call({ target: `${ACCESS}/UserInfo/Count?format=json` });
  },
};

/** Every captured answer of a device, by its file. */
export const answerScenes: Readonly<Record<string, Scene>> = {
  'userinfo-capabilities-k1a340.json': scene(200, 'value', K1A340, read(`${ACCESS}/UserInfo/capabilities`)),
  'userinfo-count-k1a340.json': scene(200, 'shape', K1A340, read(`${ACCESS}/UserInfo/Count`)),
  'userinfo-count-full.json': scene(200, 'shape', {}, read(`${ACCESS}/UserInfo/Count`)),
  'userinfo-search-ok-k1a340.json': scene(200, 'shape', K1A340, searchOne),
  'userinfo-search-ok-other-model.json': scene(200, 'shape', { profile: 'ds-k1t671m' }, searchOne),
  'userinfo-search-no-match.json': scene(200, 'value', K1A340, (t) => t.call('POST', SEARCH, searchFor())),
  'userinfodetail-deleteprocess.json': scene(200, 'value', {}, read(DELETE_PROCESS)),
  'ok.json': scene(200, 'value', {}, (t) => t.call('POST', RECORD, userInfo('1'))),

  'fdlib-list-k1t342.json': scene(200, 'value', K1T342, read(FACE_LIBRARY)),
  'fdlib-count.json': scene(200, 'shape', K1T342, read(`${FACE_LIBRARY}/Count`)),
  'fdsearch-ok.json': scene(200, 'shape', K1T342, async (t) => {
    await withFace(t);
    return t.call('POST', FACE_SEARCH, faceOf('1001', { searchResultPosition: 0, maxResults: 30 }));
  }),

  'cardinfo-count-k1a340.json': scene(200, 'value', K1A340, read(`${ACCESS}/CardInfo/Count`)),
  'cardinfo-search-no-match-k1a340.json': scene(200, 'value', K1A340, (t) =>
    t.call('POST', `${ACCESS}/CardInfo/Search`, {
      CardInfoSearchCond: { searchID: '1', searchResultPosition: 0, maxResults: 30 },
    }),
  ),
  'acsworkstatus-k1a340.json': scene(200, 'value', K1A340, read(`${ACCESS}/AcsWorkStatus`)),
  'acscfg-k1a340.json': scene(200, 'shape', K1A340, read(`${ACCESS}/AcsCfg`)),
  'cardreadercfg-1-k1a340.json': scene(200, 'shape', K1A340, read(`${ACCESS}/CardReaderCfg/1`)),
  'userrightplantemplate-1-k1a340.json': scene(
    200,
    'value',
    K1A340,
    read(`${ACCESS}/UserRightPlanTemplate/1`),
  ),
  'acseventtotalnum-k1a340.json': scene(200, 'shape', K1A340, (t) =>
    t.call('POST', `${ACCESS}/AcsEventTotalNum`, { AcsEventTotalNumCond: { major: 0, minor: 0 } }),
  ),
  'acsevent-k1t320-checkout.json': scene(200, 'unordered-shape', { profile: 'ds-k1t320mfwx' }, checkedOut),
  'acsevent-face-and-card-records.json': scene(200, 'unordered-shape', {}, fourAtTheDoor),

  'deviceinfo-k1a340.xml': scene(200, 'skeleton', K1A340, read('/ISAPI/System/deviceInfo')),
  'deviceinfo-k1t673dx.xml': scene(
    200,
    'skeleton',
    { profile: 'ds-k1t673dx' },
    read('/ISAPI/System/deviceInfo'),
  ),
  'system-time.xml': scene(200, 'skeleton', K1A340, read('/ISAPI/System/time')),
  'httphosts-get-empty.xml': scene(200, 'text', K1A340, read('/ISAPI/Event/notification/httpHosts')),
  'usercheck-200.xml': scene(200, 'text', K1A340, read('/ISAPI/Security/userCheck')),
  'usercheck-401.xml': badLogins(1),
  'usercheck-401-locked.reconstructed.xml': badLogins(5),
  'responsestatus-ok-ver20.xml': scene(200, 'text', {}, (t) =>
    t.call('PUT', `${ACCESS}/RemoteControl/door/1`, sampleText('remotecontroldoor-request.xml')),
  ),
  'responsestatus-notsupport-ver20.xml': scene(404, 'text', {}, read('/ISAPI/Streaming/channels')),

  'error-MessageParametersLack-UserInfo.json': refusal((t) => t.call('POST', RECORD, {})),
  'error-MessageParametersLack-UserInfoDelCond.json': refusal((t) => t.call('PUT', DELETE, {})),
  'error-badJsonContent-employeeNo.json': refusal(
    (t) => t.call('POST', RECORD, userInfo('0f8fad5b-d9cb-469f-a165-70867728950e')),
    { profile: 'ds-k1t341cmf' },
  ),
  'error-employeeNoAlreadyExist.json': refusal(async (t) => {
    await t.call('POST', RECORD, userInfo('1001'));
    return t.call('POST', RECORD, userInfo('1001'));
  }),
  'error-cardNoAlreadyExist.json': refusal(async (t) => {
    for (const employeeNo of ['1', '2']) await t.call('POST', RECORD, userInfo(employeeNo));
    await t.call('POST', `${ACCESS}/CardInfo/Record`, CARD('1'));
    return t.call('POST', `${ACCESS}/CardInfo/Record`, CARD('2'));
  }),
  'error-deviceUserFull.reconstructed.json': refusal((t) => t.call('POST', RECORD, userInfo('1')), {
    traits: { maxPersons: 0 },
  }),
  'error-deviceFaceFull.reconstructed.json': refusal((t) => withFace(t), { traits: { maxFaces: 0 } }),
  'error-deviceUserAlreadyExistFace.reconstructed.json': refusal(async (t) => {
    await withFace(t);
    return withFace(t);
  }, K1T342),
  'error-alreadyExistThisFace.json': refusal(async (t) => {
    await withFace(t, '1001');
    return withFace(t, '1002');
  }),
  'error-SubpicAnalysisModelingError.json': refusal(
    faceWith(() => drawPicture({ progressive: true })),
    { profile: 'ds-k1t673dx' },
  ),
  'error-badJsonContent-faceURL.json': refusal(
    faceWith(() => Buffer.alloc(201 * 1024)),
    { profile: 'ds-k1t673dx' },
  ),
  'error-deviceBusy.reconstructed.json': refusal(busy, {
    traits: { modellingMinMs: 1000, modellingMaxMs: 1000 },
  }),
  'error-methodNotAllowed.json': refusal(
    (t) => t.call('POST', FACE_SET_UP, {}),
    { profile: 'ds-k1t341am' },
    405,
  ),
  'error-notSupport.json': refusal((t) => t.call('POST', `${ACCESS}/FaceInfo/Search`, {}), {}, 403),
  'error-deviceError.json': deviceError,
  'error-invalidID.json': refusal(read(`${ACCESS}/UserRightPlanTemplate/256`)),
};
