import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from './catalogue.ts';
import type { WireAnswer } from './transport.ts';
import { readVerdict } from './verdict.ts';

const answer = (status: number, body: string, contentType = 'application/json'): WireAnswer => ({
  status,
  contentType,
  body: Buffer.from(body),
});
const status = (statusCode: number, subStatusCode: string, errorMsg = subStatusCode): string =>
  JSON.stringify({ statusCode, statusString: 'x', subStatusCode, errorCode: 1, errorMsg });
const xmlStatus = (statusCode: number, subStatusCode: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?>\n<ResponseStatus version="1.0" xmlns="http://www.hikvision.com/ver10/XMLSchema">' +
  `<requestURL></requestURL><statusCode>${statusCode}</statusCode><statusString>x</statusString>` +
  `<subStatusCode>${subStatusCode}</subStatusCode></ResponseStatus>`;
const userCheck = (fields: string): string =>
  `<?xml version="1.0"?>\n<userCheck version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">${fields}</userCheck>`;

/** [http, body, class, stable code] */
type Row = [number, string, string, string];

describe('the body decides first', () => {
  const rows: Record<string, Row> = {
    ok: [200, '{"statusCode":1,"statusString":"OK","subStatusCode":"ok"}', 'done', 'ok'],
    'statusCode 0': [200, '{"statusCode":0}', 'done', 'ok'],
    'statusCode as a text': [200, '{"statusCode":"1","subStatusCode":"ok"}', 'done', 'ok'],
    'XML ok': [200, xmlStatus(1, 'ok'), 'done', 'ok'],
    'reboot required': [200, status(7, 'rebootRequired'), 'done', 'ok_reboot_required'],
    'success under HTTP 400': [400, status(1, 'ok'), 'done', 'ok'],
    'a failure under HTTP 200': [200, status(4, 'notSupport'), 'unsupported', 'device_unsupported'],
    'already there under HTTP 400': [
      400,
      status(6, 'employeeNoAlreadyExist'),
      'already',
      'person_already_exists',
    ],
    'already there, in XML': [
      400,
      xmlStatus(6, 'employeeNoAlreadyExist'),
      'already',
      'person_already_exists',
    ],
    'the other spelling': [400, status(6, 'deviceUserAlreadyExist'), 'already', 'person_already_exists'],
    'face there': [400, status(6, 'deviceUserAlreadyExistFace'), 'already', 'face_already_exists'],
    'person missing': [400, status(6, 'employeeNoNotExist'), 'missing', 'person_missing'],
    'busy under HTTP 400': [400, status(2, 'deviceBusy'), 'busy', 'device_busy'],
    'busy without a code': [400, '{"statusCode":2,"statusString":"Device Busy"}', 'busy', 'device_busy'],
    'list full': [400, status(6, 'deviceUserFull'), 'full', 'device_persons_full'],
    'library full': [400, status(6, 'deviceFaceFull'), 'full', 'device_faces_full'],
    'photo over 200 KB': [400, status(6, 'badJsonContent', 'faceURL'), 'item', 'photo_too_large'],
    'the same, as a format error': [400, status(5, 'badJsonFormat', 'faceURL'), 'item', 'photo_too_large'],
    'employee number refused': [400, status(6, 'badJsonContent', 'employeeNo'), 'item', 'person_rejected'],
    'dates refused': [400, status(6, 'badJsonContent', 'beginTime and endTime'), 'item', 'person_rejected'],
    'fields lacking': [400, status(6, 'MessageParametersLack', 'UserInfo'), 'item', 'person_rejected'],
    'page size refused': [400, status(6, 'badParameters', 'maxResults'), 'unsupported', 'device_unsupported'],
    'face of somebody else': [
      400,
      status(4, 'alreadyExistThisFace', 'saveFacePic'),
      'item',
      'face_duplicate',
    ],
    'modelling failed': [400, status(6, 'SubpicAnalysisModelingError'), 'modelling', 'face_modelling_failed'],
    'download failed': [400, status(6, 'urlDownloadFail'), 'download', 'photo_download_failed'],
    'no rights': [403, status(4, 'lowPrivilege'), 'credentials', 'device_no_rights'],
    'no such function under HTTP 403': [403, status(4, 'notSupport'), 'unsupported', 'device_unsupported'],
    'not activated': [403, status(4, 'notActivated'), 'credentials', 'device_not_activated'],
    'the number alone': [400, '{"statusCode":6,"errorCode":1610641408}', 'full', 'device_persons_full'],
    'wrapped in ResponseStatus': [
      400,
      `{"ResponseStatus":${status(2, 'deviceBusy')}}`,
      'busy',
      'device_busy',
    ],
    'after a byte order mark': [200, '\uFEFF{"statusCode":1}', 'done', 'ok'],
  };
  test.each(Object.entries(rows))('%s', (_, [httpStatus, body, expectedClass, code]) => {
    expect(readVerdict(answer(httpStatus, body))).toMatchObject({
      class: expectedClass,
      code,
      delivery: 'answered',
      httpStatus,
    });
  });
});

describe('success is never read into a contradiction', () => {
  test.each([
    ['ok beside a failing statusCode', status(6, 'ok')],
    ['reboot beside a failing statusCode', status(4, 'rebootRequired')],
    ['ok without a statusCode', '{"subStatusCode":"ok"}'],
    ['a batch that succeeded: none was sent', status(8, 'allSuccess')],
    ['an array', '[{"statusCode":1}]'],
    ['text in place of the number', '{"statusCode":"one"}'],
  ])('%s', (_, body) => {
    expect(readVerdict(answer(200, body)).class).toBe('unknown');
  });

  test('a failure beside statusCode 1 is the failure', () => {
    expect(readVerdict(answer(200, status(1, 'deviceUserFull'))).class).toBe('full');
  });
});

describe('HTTP decides where the body says nothing', () => {
  const rows: Record<string, Row> = {
    'a page with 404': [
      404,
      "<html><body>Can't locate document</body></html>",
      'unsupported',
      'device_unsupported',
    ],
    '404 in XML': [404, xmlStatus(4, 'notSupport'), 'unsupported', 'device_unsupported'],
    '405': [405, '', 'unsupported', 'device_unsupported'],
    '501': [501, '', 'unsupported', 'device_unsupported'],
    '503': [503, 'busy', 'busy', 'device_busy'],
    '413': [413, '', 'item', 'photo_too_large'],
    '403 alone': [403, '', 'credentials', 'device_no_rights'],
    '302': [302, '', 'unknown', 'device_redirects'],
    '500': [500, '<html>Internal</html>', 'unknown', 'device_unknown_answer'],
    'a page with 200': [200, '<html>login</html>', 'unknown', 'device_unknown_answer'],
    'nothing with 200': [200, '', 'unknown', 'device_unknown_answer'],
    'garbage with 200': [200, '\u0000\u0001rubbish', 'unknown', 'device_unknown_answer'],
    'cut short with 200': [200, '{"statusCode":1,"stat', 'unknown', 'device_unknown_answer'],
    'a code nobody knows': [400, status(6, 'somethingNew'), 'unknown', 'device_unknown_answer'],
  };
  test.each(Object.entries(rows))('%s', (_, [httpStatus, body, expectedClass, code]) => {
    expect(readVerdict(answer(httpStatus, body))).toMatchObject({ class: expectedClass, code });
  });

  test('the Content-Type decides nothing', () => {
    expect(readVerdict(answer(200, xmlStatus(1, 'ok'), 'application/json')).class).toBe('done');
    expect(readVerdict(answer(200, '{"statusCode":1}', 'application/xml')).class).toBe('done');
  });

  test('an unknown code is kept as the device spelled it', () => {
    expect(readVerdict(answer(400, status(6, 'someThingNew'))).deviceCode).toBe('someThingNew');
  });

  test('something that cannot be a code is not repeated', () => {
    const body = JSON.stringify({ statusCode: 6, subStatusCode: `<b>${'x'.repeat(500)}` });
    expect(readVerdict(answer(400, body)).deviceCode).toBe('status-6');
  });
});

describe('refused logins', () => {
  const refused = (body: string, httpStatus = 401) =>
    readVerdict(answer(httpStatus, body, 'application/xml'));

  test('wrong password', () => {
    const body = userCheck(
      '<statusValue>401</statusValue><statusString>Unauthorized</statusString><isActivated>true</isActivated>' +
        '<lockStatus>unlock</lockStatus><unlockTime>0</unlockTime><retryLoginTime>4</retryLoginTime>',
    );
    expect(refused(body)).toMatchObject({
      class: 'credentials',
      code: 'device_credentials_refused',
      unlockTimeS: null,
    });
  });

  test.each(['lock', 'locked', 'LOCK'])('locked (%s), with the time that is left', (word) => {
    const body = userCheck(
      `<statusValue>401</statusValue><lockStatus>${word}</lockStatus><unlockTime>1509</unlockTime>`,
    );
    expect(refused(body)).toMatchObject({
      code: 'device_account_locked',
      deviceCode: 'locked',
      unlockTimeS: 1509,
    });
  });

  test('locked, in JSON with and without a wrapper', () => {
    const fields = '{"statusValue":401,"lockStatus":"lock","unlockTime":1800,"retryLoginTime":0}';
    for (const body of [fields, `{"userCheck":${fields}}`]) {
      expect(refused(body)).toMatchObject({ code: 'device_account_locked', unlockTimeS: 1800 });
    }
  });

  test('locked under HTTP 403', () => {
    const body = userCheck(
      '<statusValue>401</statusValue><lockStatus>lock</lockStatus><unlockTime>60</unlockTime>',
    );
    expect(refused(body, 403)).toMatchObject({ code: 'device_account_locked', unlockTimeS: 60 });
  });

  test('not activated', () => {
    expect(
      refused(userCheck('<statusValue>401</statusValue><isActivated>false</isActivated>')),
    ).toMatchObject({
      class: 'credentials',
      code: 'device_not_activated',
    });
  });

  test.each([
    ['a page', '<html><title>Document Error: Unauthorized</title></html>'],
    ['nothing', ''],
    ['busy', status(2, 'deviceBusy')],
    ['even an ok', status(1, 'ok')],
  ])('a 401 with %s is a refusal', (_, body) => {
    expect(refused(body).class).toBe('credentials');
  });

  test('a refusal under HTTP 200 is a refusal', () => {
    expect(refused(userCheck('<statusValue>401</statusValue>'), 200).class).toBe('credentials');
  });
});

describe('operations that ask for something', () => {
  test('a whole payload is success, even without a status', () => {
    expect(readVerdict(answer(200, '{"UserInfoCount":{}}'), { payload: 'present' }).class).toBe('done');
  });
  test('a payload under a failing HTTP status is not', () => {
    expect(readVerdict(answer(500, '{"UserInfoCount":{}}'), { payload: 'present' }).class).toBe('unknown');
  });
  test('an ok without what was asked for is not', () => {
    const verdict = readVerdict(answer(200, '{"statusCode":1}'), { payload: 'missing' });
    expect(verdict).toMatchObject({ class: 'unknown', deviceCode: 'unexpected' });
  });
});

test('the raw answer is kept for unknown ones alone, without the name just sent', () => {
  const body = '{"surprise":"Popescu Ion is here"}';
  expect(readVerdict(answer(200, body), { hidden: ['Popescu Ion'] }).raw).toBe('{"surprise":"… is here"}');
  expect(readVerdict(answer(200, '{"statusCode":1}')).raw).toBeNull();
});

describe('for any answer at all', () => {
  const names = catalogue.flatMap((entry) => Object.keys(entry.codes));
  const anyCode = fc.oneof(fc.integer({ min: -1, max: 9 }), fc.constantFrom('1', '7', 'x', null, true));
  const anyStatus = fc.record(
    {
      statusCode: anyCode,
      subStatusCode: fc.oneof(fc.constantFrom(...names), fc.string()),
      errorCode: fc.oneof(fc.integer(), fc.string()),
      errorMsg: fc.string(),
      lockStatus: fc.constantFrom('lock', 'unlock'),
    },
    { requiredKeys: [] },
  );
  const bodies = fc.oneof(
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    fc.json().map((text) => Buffer.from(text)),
    anyStatus.map((document) => Buffer.from(JSON.stringify(document))),
    fc.tuple(anyCode, fc.string()).map(([code, text]) => Buffer.from(xmlStatus(code as number, text))),
    fc
      .tuple(anyStatus, fc.nat())
      .map(([document, cut]) => Buffer.from(JSON.stringify(document)).subarray(0, cut)),
  );
  const httpStatus = fc.oneof(
    fc.constantFrom(200, 400, 401, 403, 404, 503),
    fc.integer({ min: 200, max: 599 }),
  );

  test('a verdict comes, and done only for statusCode 0, 1 or 7', () => {
    fc.assert(
      fc.property(httpStatus, bodies, (http, body) => {
        const verdict = readVerdict({ status: http, contentType: '', body });
        if (verdict.class === 'done') {
          expect(body.toString()).toMatch(/("statusCode":"?[017]"?[,}])|(<statusCode>[017]<)/);
          expect(http).not.toBe(401);
        }
        expect(verdict.message).not.toBe('');
        expect(verdict.raw?.length ?? 0).toBeLessThanOrEqual(300);
      }),
      { numRuns: 2_000 },
    );
  });
});
