import { beforeAll, describe, expect, it } from 'vitest';
import { drawPicture } from '../testing/pictures.ts';
import {
  FACE_LIBRARY,
  FACE_RECORD,
  FACE_SEARCH,
  faceOf,
  faceUpload,
  RECORD,
  userInfo,
} from '../testing/requests.ts';
import { testTerminal, type TestTerminalOptions } from '../testing/test-terminal.ts';

const FD_DELETE = `${FACE_LIBRARY}/FDDelete`;
const SEARCH_DELETE = `${FACE_LIBRARY}/FDSearch/Delete?format=json&FDID=1&faceLibType=blackFD`;
const PAGE = { searchResultPosition: 0, maxResults: 30 };

let picture: Buffer;
beforeAll(async () => {
  picture = await drawPicture();
});

async function terminalWith(employeeNos: string[], options: TestTerminalOptions = {}) {
  const t = testTerminal({ ...options, traits: { sameFaceTwice: 'accept', ...options.traits } });
  for (const employeeNo of employeeNos) {
    await t.call('POST', RECORD, userInfo(employeeNo));
    await t.call('POST', FACE_RECORD, ...faceUpload(employeeNo, picture));
  }
  return t;
}

describe('FDSearch', () => {
  it('tells whether a person has a face', async () => {
    const { call } = await terminalWith(['1001']);
    const found = await call('POST', FACE_SEARCH, faceOf('1001', PAGE));
    expect(found.json).toMatchObject({
      responseStatusStrg: 'OK',
      totalMatches: 1,
      MatchList: [{ FPID: '1001' }],
    });
    const missing = await call('POST', FACE_SEARCH, faceOf('1002', PAGE));
    expect(missing.json).toMatchObject({ responseStatusStrg: 'NO MATCH', totalMatches: 0 });
    expect(missing.json).not.toHaveProperty('MatchList');
  });

  it('without FPID pages through the library', async () => {
    const { call } = await terminalWith(['1', '2', '3']);
    const page = async (searchResultPosition: number) =>
      (
        await call('POST', FACE_SEARCH, {
          faceLibType: 'blackFD',
          FDID: '1',
          searchResultPosition,
          maxResults: 2,
        })
      ).json;
    expect(await page(0)).toMatchObject({ responseStatusStrg: 'MORE', numOfMatches: 2, totalMatches: 3 });
    expect(await page(2)).toMatchObject({ responseStatusStrg: 'OK', MatchList: [{ FPID: '3' }] });
    expect(await page(3)).toMatchObject({ responseStatusStrg: 'NO MATCH', totalMatches: 3 });
  });

  it('is 404 where there is none', async () => {
    const { call } = await terminalWith([], { traits: { faceSearch: 'not-found' } });
    expect((await call('POST', FACE_SEARCH, faceOf('1', PAGE))).status).toBe(404);
  });
});

describe('FDSearch/Delete', () => {
  it('removes the named faces and leaves the persons; a missing one is no error', async () => {
    const { call, terminal } = await terminalWith(['1', '2']);
    const answer = await call('PUT', SEARCH_DELETE, { FPID: [{ value: '1' }, { value: 'nobody' }] });
    expect(answer.status).toBe(200);
    expect([...terminal.faces].map((face) => face.FPID)).toEqual(['2']);
    expect(terminal.persons.size).toBe(2);
  });

  it.each([
    [{}, 'MessageParametersLack', 'FPID'],
    [{ FPID: '1' }, 'badJsonContent', 'FPID'],
    [{ FPID: [{}] }, 'badJsonContent', 'FPID'],
  ])('refuses %j', async (body, subStatusCode, errorMsg) => {
    const { call } = await terminalWith([]);
    expect((await call('PUT', SEARCH_DELETE, body)).json).toMatchObject({ subStatusCode, errorMsg });
  });

  it('needs the library in the query', async () => {
    const { call } = await terminalWith([]);
    const { json } = await call('PUT', `${FACE_LIBRARY}/FDSearch/Delete`, { FPID: [{ value: '1' }] });
    expect(json).toMatchObject({ subStatusCode: 'MessageParametersLack', errorMsg: 'faceLibType' });
  });
});

describe('FDDelete', () => {
  it('is the way of a K1T341AMF, which refuses the other', async () => {
    const { call, terminal } = await terminalWith(['1'], { profile: 'ds-k1t341amf' });
    const refused = await call('PUT', SEARCH_DELETE, { FPID: [{ value: '1' }] });
    expect(refused.json).toMatchObject({ statusCode: 6 });
    expect((await call('PUT', FD_DELETE, faceOf('1'))).status).toBe(200);
    expect(terminal.faces.size).toBe(0);
    expect((await call('PUT', FD_DELETE, faceOf('1'))).json).toMatchObject({ statusCode: 4 });
  });

  it('is 404 elsewhere', async () => {
    const { call } = await terminalWith(['1']);
    expect((await call('PUT', FD_DELETE, faceOf('1'))).status).toBe(404);
  });
});

describe('FDLib', () => {
  const create = { faceLibType: 'blackFD', name: 'visitors', customInfo: '' };

  it('makes a library and takes it away again', async () => {
    const { call } = await terminalWith([]);
    expect((await call('POST', FACE_LIBRARY, create)).json).toMatchObject({ FDID: '3' });
    const list = await call('GET', FACE_LIBRARY);
    expect(list.json).toMatchObject({ FDLib: [{ FDID: '1' }, { FDID: '3', name: 'visitors' }] });
    const one = `${FACE_LIBRARY}?format=json&FDID=3&faceLibType=blackFD`;
    expect((await call('DELETE', one)).status).toBe(200);
    expect((await call('GET', one)).subStatusCode).toBe('faceLibraryIDError');
  });

  it('has three at most', async () => {
    const { call } = await terminalWith([]);
    await call('POST', FACE_LIBRARY, create);
    await call('POST', FACE_LIBRARY, create);
    expect((await call('POST', FACE_LIBRARY, create)).subStatusCode).toBe('faceLibraryNumError');
  });

  it('DELETE without a name takes every face', async () => {
    const { call, terminal } = await terminalWith(['1', '2']);
    await call('DELETE', FACE_LIBRARY);
    expect(terminal.faces.size).toBe(0);
    expect(terminal.persons.size).toBe(2);
    expect((await call('GET', FACE_LIBRARY)).json).toMatchObject({ FDLib: [{ FDID: '1' }] });
  });

  it('counts, for all and for one', async () => {
    const { call } = await terminalWith(['1', '2']);
    expect((await call('GET', `${FACE_LIBRARY}/Count`)).json).toMatchObject({
      FDRecordDataInfo: [{ FDID: '1', recordDataNumber: 2 }],
    });
    const one = await call('GET', `${FACE_LIBRARY}/Count?format=json&FDID=1&faceLibType=blackFD`);
    expect(one.json).toMatchObject({ statusCode: 1, recordDataNumber: 2 });
  });

  it('tells its limits', async () => {
    const { call } = await terminalWith([], {
      traits: { maxFaces: 77, pictureFormats: ['png'], capabilityOptStyle: 'array' },
    });
    expect((await call('GET', `${FACE_LIBRARY}/capabilities`)).json).toMatchObject({
      FDRecordDataMaxNum: 77,
      supportFDFunction: 'post,delete,put,get,setUp',
      isSuportFDSearch: true,
      facePicFormat: { '@opt': ['jpg', 'png'] },
    });
    expect((await call('GET', `${FACE_RECORD}/capabilities`)).status).toBe(404);
  });
});
