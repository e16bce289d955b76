import { describe, expect, test } from 'vitest';
import type { WireAnswer } from '../transport.ts';
import { countFaces } from './count-faces.ts';
import { countPersons } from './count-persons.ts';
import { deleteFace } from './delete-face.ts';
import { deletePerson } from './delete-person.ts';
import type { Operation } from './operation.ts';
import { readFaceCapabilities, readPersonCapabilities } from './read-capabilities.ts';
import { readIdentity } from './read-identity.ts';
import { searchFace } from './search-face.ts';
import { searchPersons } from './search-persons.ts';
import { addFace, setUpFace } from './write-face.ts';
import { modifyPerson, recordPerson, setUpPerson } from './write-person.ts';

const person = {
  employeeNo: '1000',
  name: 'Popescu Ion',
  valid: { enable: true, beginTime: '2025-10-10T00:00:00', endTime: '2037-12-31T23:59:59' },
  doorRight: '1',
  planTemplateNo: '1',
};

const answer = (body: string, status = 200): WireAnswer => ({
  status,
  contentType: '',
  body: Buffer.from(body),
});
const sent = (operation: Operation<unknown>): [string, string, unknown] => {
  const { method, path, body } = operation.request;
  return [method, path, body ? JSON.parse(body.bytes.toString()) : null];
};
const fails = { statusCode: 6, statusString: 'Invalid Content', subStatusCode: 'deviceUserFull' };

describe('persons', () => {
  test('a person is written as the device wants it', () => {
    expect(sent(recordPerson(person))).toEqual([
      'POST',
      '/ISAPI/AccessControl/UserInfo/Record?format=json',
      {
        UserInfo: {
          employeeNo: '1000',
          name: 'Popescu Ion',
          userType: 'normal',
          Valid: { enable: true, beginTime: '2025-10-10T00:00:00', endTime: '2037-12-31T23:59:59' },
          doorRight: '1',
          RightPlan: [{ doorNo: 1, planTemplateNo: '1' }],
        },
      },
    ]);
  });

  test('two doors have a plan each', () => {
    const [, , body] = sent(recordPerson({ ...person, doorRight: '1, 3' }));
    expect(body).toMatchObject({
      UserInfo: {
        RightPlan: [
          { doorNo: 1, planTemplateNo: '1' },
          { doorNo: 3, planTemplateNo: '1' },
        ],
      },
    });
  });

  test('Modify and SetUp send the same person with PUT', () => {
    const [, , body] = sent(recordPerson(person));
    expect(sent(modifyPerson(person))).toEqual([
      'PUT',
      '/ISAPI/AccessControl/UserInfo/Modify?format=json',
      body,
    ]);
    expect(sent(setUpPerson(person))).toEqual([
      'PUT',
      '/ISAPI/AccessControl/UserInfo/SetUp?format=json',
      body,
    ]);
  });

  test('the name is kept out of what is logged of an unknown answer', () => {
    const { verdict } = recordPerson(person).read(answer('<html>hello Popescu Ion</html>'));
    expect(verdict).toMatchObject({ class: 'unknown', raw: '<html>hello …</html>' });
  });

  test('a person is deleted by number, never by an empty list', () => {
    expect(sent(deletePerson('1001'))).toEqual([
      'PUT',
      '/ISAPI/AccessControl/UserInfo/Delete?format=json',
      { UserInfoDelCond: { EmployeeNoList: [{ employeeNo: '1001' }] } },
    ]);
    expect(() => deletePerson('')).toThrow(/employee number/);
  });

  test.each([
    ['{"UserInfoCount":{"userNumber":1}}', 1],
    ['{"UserInfoCount":{"userNumber":42,"bindFaceUserNumber":40}}', 42],
    ['{"UserInfoCount":{}}', null],
    ['{"statusCode":1}', null],
  ])('count %s', (body, expected) => {
    const counted = countPersons.read(answer(body));
    expect(counted.value).toBe(expected);
    expect(counted.verdict.class).toBe(expected === null ? 'unknown' : 'done');
  });
});

describe('search', () => {
  const search = (body: unknown, position = 0) =>
    searchPersons({ searchId: 's', employeeNos: [], position, pageSize: 30 }).read(
      answer(JSON.stringify(body)),
    );
  const found = {
    employeeNo: '0007',
    name: 'Person One',
    Valid: { enable: false, beginTime: 'b', endTime: 'e', timeType: 'local' },
    doorRight: '1',
    RightPlan: [{ doorNo: 1, planTemplateNo: '1' }],
    numOfFace: 1,
  };

  test('everybody: no list in the request', () => {
    expect(sent(searchPersons({ searchId: 's', employeeNos: [], position: 60, pageSize: 30 }))).toEqual([
      'POST',
      '/ISAPI/AccessControl/UserInfo/Search?format=json',
      { UserInfoSearchCond: { searchID: 's', searchResultPosition: 60, maxResults: 30 } },
    ]);
  });

  test('by number', () => {
    const [, , body] = sent(
      searchPersons({ searchId: 's', employeeNos: ['1', '2'], position: 0, pageSize: 30 }),
    );
    expect(body).toMatchObject({
      UserInfoSearchCond: { EmployeeNoList: [{ employeeNo: '1' }, { employeeNo: '2' }] },
    });
  });

  test('more numbers than a device takes are refused here', () => {
    const employeeNos = Array.from({ length: 31 }, (_, index) => String(index));
    expect(() => searchPersons({ searchId: 's', employeeNos, position: 0, pageSize: 30 })).toThrow(
      /at most 30/,
    );
  });

  test('a page with more after it: the next position follows what came back', () => {
    const page = search(
      {
        UserInfoSearch: {
          responseStatusStrg: 'MORE',
          numOfMatches: 2,
          totalMatches: 9,
          UserInfo: [found, found],
        },
      },
      30,
    );
    expect(page.value).toMatchObject({ totalMatches: 9, next: 32 });
    expect(page.value?.persons[0]).toEqual({
      employeeNo: '0007',
      name: 'Person One',
      valid: { enable: false, beginTime: 'b', endTime: 'e' },
      doorRight: '1',
      planTemplateNo: '1',
      numOfFace: 1,
    });
  });

  test('the last page, a single object in place of the list, a model without numOfFace', () => {
    const { numOfFace: _, ...bare } = found;
    const page = search({ UserInfoSearch: { responseStatusStrg: 'OK', totalMatches: 1, UserInfo: bare } });
    expect(page.value).toMatchObject({ next: null, persons: [{ employeeNo: '0007', numOfFace: null }] });
  });

  test('NO MATCH leaves the list out', () => {
    const page = search({
      UserInfoSearch: { responseStatusStrg: 'NO MATCH', numOfMatches: 0, totalMatches: 0 },
    });
    expect(page).toMatchObject({
      verdict: { class: 'done' },
      value: { persons: [], totalMatches: 0, next: null },
    });
  });

  test('MORE with an empty page is the end, or it would never come', () => {
    const page = search({ UserInfoSearch: { responseStatusStrg: 'MORE', numOfMatches: 0, totalMatches: 5 } });
    expect(page.value?.next).toBeNull();
  });

  test('an entry without a number counts for the position and is left out', () => {
    const page = search({
      UserInfoSearch: { responseStatusStrg: 'MORE', totalMatches: 5, UserInfo: [found, { name: 'x' }] },
    });
    expect(page.value).toMatchObject({ next: 2, persons: [{ employeeNo: '0007' }] });
  });

  test.each([
    {},
    { UserInfoSearch: {} },
    { UserInfoSearch: { responseStatusStrg: 'FAILED' } },
    { statusCode: 1 },
  ])('an answer without a page is never an empty device: %j', (body) => {
    expect(search(body)).toMatchObject({ verdict: { class: 'unknown' }, value: null });
  });

  test('404 says that this model cannot search', () => {
    const operation = searchPersons({ searchId: 's', employeeNos: [], position: 0, pageSize: 30 });
    expect(operation.read(answer('', 404)).verdict.class).toBe('unsupported');
  });
});

describe('faces', () => {
  const record = { faceLibType: 'blackFD', FDID: '1', FPID: '1000' };

  test('by URL: a flat document', () => {
    expect(sent(addFace('1000', { delivery: 'url', url: 'http://192.0.2.20/a.jpg' }))).toEqual([
      'POST',
      '/ISAPI/Intelligent/FDLib/FaceDataRecord?format=json',
      { ...record, faceURL: 'http://192.0.2.20/a.jpg' },
    ]);
    expect(sent(setUpFace('1000', { delivery: 'url', url: 'x' }))).toEqual([
      'PUT',
      '/ISAPI/Intelligent/FDLib/FDSetUp?format=json',
      { ...record, employeeNo: '1000', faceURL: 'x' },
    ]);
  });

  test('by upload: JSON first and without a filename, then the picture, as in the captures', () => {
    const jpeg = Buffer.from([0xff, 0xd8, 0x0d, 0x0a, 0x2d, 0x2d, 0x00, 0xff, 0xd9]);
    const { body } = addFace('1000', { delivery: 'upload', jpeg }).request;
    const boundary = /^multipart\/form-data; boundary=(\w{1,70})$/.exec(body!.contentType)![1]!;
    expect(body!.bytes.toString('latin1')).toBe(
      `--${boundary}\r\nContent-Disposition: form-data; name="FaceDataRecord"\r\nContent-Type: application/json\r\n\r\n` +
        `${JSON.stringify(record)}\r\n--${boundary}\r\n` +
        'Content-Disposition: form-data; name="img"; filename="1000.jpg"\r\nContent-Type: image/jpeg\r\n\r\n' +
        `${jpeg.toString('latin1')}\r\n--${boundary}--\r\n`,
    );
  });

  test('the same photo always gives the same bytes', () => {
    const image = { delivery: 'upload' as const, jpeg: Buffer.from('x') };
    expect(addFace('1', image).request).toEqual(addFace('1', image).request);
  });

  test.each([
    ['{"statusCode":1,"responseStatusStrg":"OK","totalMatches":1,"MatchList":[{"FPID":"1000"}]}', true],
    ['{"statusCode":1,"responseStatusStrg":"OK","totalMatches":1,"MatchList":[{"FPID":"7"}]}', false],
    ['{"statusCode":1,"responseStatusStrg":"NO MATCH","numOfMatches":0,"totalMatches":0}', false],
    ['{"responseStatusStrg":"NO MATCH"}', false],
    ['{"statusCode":4,"subStatusCode":"faceDataNotExist"}', false],
  ])('is the face there? %s', (body, expected) => {
    expect(searchFace('1000').read(answer(body))).toMatchObject({
      verdict: { class: 'done' },
      value: expected,
    });
  });

  test('an answer that says nothing is not a no', () => {
    expect(searchFace('1000').read(answer('{"statusCode":1}'))).toMatchObject({
      verdict: { class: 'unknown' },
      value: null,
    });
  });

  test.each([
    [
      'all libraries',
      '{"statusCode":1,"FDRecordDataInfo":[{"FDID":"2","recordDataNumber":0},{"FDID":"1","recordDataNumber":40}]}',
    ],
    ['one', '{"recordDataNumber":40}'],
  ])('count, %s', (_, body) => {
    expect(countFaces.read(answer(body)).value).toBe(40);
  });

  test('two ways to delete', () => {
    expect(sent(deleteFace('1000', 'fd-search-delete'))).toEqual([
      'PUT',
      '/ISAPI/Intelligent/FDLib/FDSearch/Delete?format=json&FDID=1&faceLibType=blackFD',
      { FPID: [{ value: '1000' }] },
    ]);
    expect(sent(deleteFace('1000', 'fd-delete'))).toEqual([
      'PUT',
      '/ISAPI/Intelligent/FDLib/FDDelete?format=json',
      record,
    ]);
  });

  test('FDDelete: an unknown statusCode 4 means there was none [K1T341AMF]', () => {
    const gone = answer('{"statusCode":4,"subStatusCode":"whatever"}', 400);
    expect(deleteFace('1', 'fd-delete').read(gone).verdict).toMatchObject({
      class: 'missing',
      code: 'face_missing',
    });
    expect(deleteFace('1', 'fd-search-delete').read(gone).verdict.class).toBe('unknown');
    const unsupported = answer('{"statusCode":4,"subStatusCode":"notSupport"}', 403);
    expect(deleteFace('1', 'fd-delete').read(unsupported).verdict.class).toBe('unsupported');
  });
});

describe('the device', () => {
  test('who is there', () => {
    const xml =
      '<?xml version="1.0"?><DeviceInfo version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">' +
      '<model>DS-K1T673DX-BR</model><serialNumber>DS-K1T673DX-BR20240206V031800ENXX0000001</serialNumber>' +
      '<firmwareVersion>V3.18.0</firmwareVersion></DeviceInfo>';
    const identity = {
      serialNumber: 'DS-K1T673DX-BR20240206V031800ENXX0000001',
      model: 'DS-K1T673DX-BR',
      firmware: 'V3.18.0',
    };
    expect(readIdentity.read(answer(xml)).value).toEqual(identity);
    const { firmware, ...rest } = identity;
    const json = JSON.stringify({ DeviceInfo: { ...rest, firmwareVersion: firmware } });
    expect(readIdentity.read(answer(json)).value).toEqual(identity);
  });

  test('somebody without a serial number is nobody we know', () => {
    expect(readIdentity.read(answer('<DeviceInfo><model>x</model></DeviceInfo>')).verdict.class).toBe(
      'unknown',
    );
  });

  test.each([
    ['comma text', '{"@opt":"post,delete,put,get,setUp"}', 'yes'],
    ['list', '{"@opt":["post","get","setUp"]}', 'yes'],
    ['plain text', '"post,get,setUp"', 'yes'],
    ['without setUp', '{"@opt":"post,get"}', 'no'],
  ])('person capabilities, functions as %s', (_, functions, setUp) => {
    const body = `{"UserInfo":{"supportFunction":${functions},"UserInfoSearchCond":{"maxResults":{"@min":1,"@max":20}},"maxRecordNum":1500}}`;
    expect(readPersonCapabilities.read(answer(body)).value).toEqual({
      personSetUp: setUp,
      personSearch: 'yes',
      maxPersons: 1500,
      searchPageSize: 20,
    });
  });

  test('a page is no larger than an answer may be, whatever the model offers or is remembered to', () => {
    const body = '{"UserInfo":{"UserInfoSearchCond":{"maxResults":{"@min":1,"@max":2000}}}}';
    expect(readPersonCapabilities.read(answer(body)).value).toMatchObject({ searchPageSize: 30 });
    const { request } = searchPersons({ searchId: 's', employeeNos: [], position: 0, pageSize: 2000 });
    expect(JSON.parse(String(request.body?.bytes))).toMatchObject({
      UserInfoSearchCond: { maxResults: 30 },
    });
  });

  test('capabilities in XML under a JSON name [K1T673DX-BR V3.18.0]', () => {
    const xml =
      '<UserInfo><supportFunction opt="post,setUp"/><maxRecordNum max="50000">1</maxRecordNum></UserInfo>';
    expect(readPersonCapabilities.read(answer(xml)).value).toEqual({
      personSetUp: 'yes',
      personSearch: 'no',
      maxPersons: 50000,
    });
  });

  test('what a device does not say stays unsaid', () => {
    expect(readPersonCapabilities.read(answer('{"UserInfo":{"maxRecordNum":300}}')).value).toEqual({
      maxPersons: 300,
    });
  });

  test('face capabilities, with the vendor’s misspelling', () => {
    const body =
      '{"FDNameMaxLen":64,"FDMaxNum":3,"FDRecordDataMaxNum":3000,"supportFDFunction":"post,delete,put,get,setUp","isSuportFDSearch":false}';
    expect(readFaceCapabilities.read(answer(body)).value).toEqual({
      faceSetUp: 'yes',
      faceSearch: 'no',
      maxFaces: 3000,
    });
  });

  test.each([
    ['a refusal', JSON.stringify(fails), 400, 'full'],
    ['404', '', 404, 'unsupported'],
    ['an ok alone', '{"statusCode":1}', 200, 'unknown'],
  ])('%s instead of capabilities', (_, body, status, expected) => {
    expect(readFaceCapabilities.read(answer(body, status))).toMatchObject({
      verdict: { class: expected },
      value: null,
    });
  });
});
