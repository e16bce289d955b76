import { describe, expect, it } from 'vitest';
import { showFace } from '../../terminal/access.ts';
import { seededRandom } from '../../random.ts';
import { router } from '../endpoints.ts';
import { drawPicture } from '../testing/pictures.ts';
import {
  FACE_RECORD,
  FACE_SEARCH,
  FACE_SET_UP,
  faceOf,
  faceUpload,
  RECORD,
  userInfo,
} from '../testing/requests.ts';
import { testTerminal, type TestTerminal } from '../testing/test-terminal.ts';
import { standInFace } from './stand-in-face.ts';

/** The bytes as they leave the device: the test terminal shows text. */
async function fetchPicture(t: TestTerminal, url: string) {
  const path = decodeURIComponent(new URL(url).pathname);
  const match = router.match('GET', path);
  if (match.kind !== 'found') throw new Error(`No endpoint for ${path}`);
  const request = {
    method: 'GET',
    path,
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.alloc(0),
    userName: 'admin',
    remoteAddress: '192.0.2.99',
    origin: 'http://192.0.2.10',
  };
  const download = () => Promise.resolve({ ok: false as const, why: 'no network' });
  const { signal } = new AbortController();
  const context = { terminal: t.terminal, clock: t.clock, random: seededRandom(1), download, signal };
  const answer = await match.endpoint.handle(request, context, match.params);
  if (answer.kind === 'stream') throw new Error('A stream');
  return { status: answer.status, contentType: answer.contentType, bytes: Buffer.from(answer.body) };
}

async function faceUrl(t: TestTerminal, FPID: string): Promise<string> {
  const { json } = await t.call(
    'POST',
    FACE_SEARCH,
    faceOf(FPID, { searchResultPosition: 0, maxResults: 1 }),
  );
  return (json as { MatchList: { faceURL: string }[] }).MatchList[0]!.faceURL;
}

describe('pictures under /LOCALS/pic', () => {
  it('of a face are the bytes that were written', async () => {
    const t = testTerminal();
    const picture = await drawPicture();
    await t.call('POST', RECORD, userInfo('1'));
    await t.call('POST', FACE_RECORD, ...faceUpload('1', picture));
    const url = await faceUrl(t, '1');
    expect(url).toMatch(/^http:\/\/192\.0\.2\.10\/LOCALS\/pic\/enrlFace\/0\/\d{10}\.jpg@WEB\d{12}$/);
    expect(await fetchPicture(t, url)).toEqual({ status: 200, contentType: 'image/jpeg', bytes: picture });
  });

  it('of a face that was replaced or deleted are stale: 404 and a page', async () => {
    const t = testTerminal();
    await t.call('POST', RECORD, userInfo('1'));
    await t.call('POST', FACE_RECORD, ...faceUpload('1', await drawPicture()));
    const first = await faceUrl(t, '1');
    await t.call('PUT', FACE_SET_UP, ...faceUpload('1', await drawPicture({ hue: 20 })));
    expect(await fetchPicture(t, first)).toMatchObject({ status: 404, contentType: 'text/html' });
    const second = await faceUrl(t, '1');
    expect((await fetchPicture(t, second)).status).toBe(200);
    t.terminal.removePerson('1');
    const gone = await fetchPicture(t, second);
    expect(gone.status).toBe(404);
    expect(gone.bytes.toString()).toContain("Can't locate document");
  });

  it('of a person enrolled at the terminal is drawn', async () => {
    const t = testTerminal();
    await t.call('POST', RECORD, userInfo('1'));
    const { sha256 } = t.terminal.faces.set('1', { sha256: null, sizeBytes: 0, origin: 'seeded' });
    expect((await fetchPicture(t, await faceUrl(t, '1'))).bytes).toEqual(await standInFace(`face ${sha256}`));
  });

  it('of an event show who stood there', async () => {
    const t = testTerminal();
    const picture = await drawPicture();
    await t.call('POST', RECORD, userInfo('1'));
    await t.call('POST', FACE_RECORD, ...faceUpload('1', picture));
    showFace(t.terminal, '1');
    const AcsEventCond = { searchID: '1', searchResultPosition: 0, maxResults: 1, major: 5, minor: 75 };
    const { json } = await t.call('POST', '/ISAPI/AccessControl/AcsEvent', { AcsEventCond });
    const url = (json as { AcsEvent: { InfoList: { pictureURL: string }[] } }).AcsEvent.InfoList[0]!
      .pictureURL;
    expect(url).toMatch(/\/LOCALS\/pic\/acsLinkCap\/202601_00\/05_110000_30075_1\.jpeg@WEB\d{12}$/);
    expect((await fetchPicture(t, url)).bytes).toEqual(picture);
    t.terminal.powerLost();
    expect((await fetchPicture(t, url)).status).toBe(404);
  });

  it.each([
    '/LOCALS/pic/nothing.jpg',
    '/LOCALS/pic/enrlFace/0/0000000001.jpg',
    '/LOCALS/pic/enrlFace/0/0000000001.jpg@WEB000000000001',
    '/LOCALS/pic/acsLinkCap/x/<script>',
  ])('%s was never given out', async (path) => {
    const answer = await fetchPicture(testTerminal(), `http://192.0.2.10${path}`);
    expect(answer.status).toBe(404);
    expect(answer.bytes.toString()).not.toContain('<script>');
  });
});
