import { describe, expect, it } from 'vitest';
import { examinePhoto } from '../../terminal/photo-examination.ts';
import { FACE_RECORD, faceOf, RECORD, userInfo } from '../testing/requests.ts';
import { testTerminal } from '../testing/test-terminal.ts';

const CAPTURE = '/ISAPI/AccessControl/CaptureFaceData';
const wish = (dataType: string) =>
  `<CaptureFaceDataCond><dataType>${dataType}</dataType></CaptureFaceDataCond>`;
const urlOf = (text: string) => /<faceDataUrl>([^<]+)</.exec(text)?.[1] ?? '';

describe('a capture on the terminal', () => {
  it('is a picture under an address of the device, good for a face', async () => {
    const t = testTerminal();
    const { text } = await t.call('POST', CAPTURE, wish('url'));
    expect(text).toContain('<captureProgress>100</captureProgress>');
    const url = urlOf(text);
    expect(url).toMatch(/^http:\/\/192\.0\.2\.10\/LOCALS\/pic\/web_face_enrollpic\.jpg@WEB\d{12}$/);
    await t.call('POST', RECORD, userInfo('1'));
    expect((await t.call('POST', FACE_RECORD, faceOf('1', { faceURL: url }))).status).toBe(200);
    expect(t.terminal.faces.get('1')?.origin).toBe('captured');
  });

  it('shows somebody else each time, and the address before is stale', async () => {
    const t = testTerminal();
    const first = urlOf((await t.call('POST', CAPTURE, wish('url'))).text);
    const second = urlOf((await t.call('POST', CAPTURE, wish('url'))).text);
    for (const employeeNo of ['1', '2']) await t.call('POST', RECORD, userInfo(employeeNo));
    expect((await t.call('POST', FACE_RECORD, faceOf('1', { faceURL: second }))).status).toBe(200);
    expect((await t.call('POST', FACE_RECORD, faceOf('2', { faceURL: first }))).subStatusCode).toBe(
      'urlDownloadFail',
    );
    const third = urlOf((await t.call('POST', CAPTURE, wish('url'))).text);
    expect((await t.call('POST', FACE_RECORD, faceOf('2', { faceURL: third }))).status).toBe(200);
  });

  it('comes along as a part when asked for', async () => {
    const t = testTerminal();
    const { contentType, text } = await t.call('POST', CAPTURE, wish('binary'));
    expect(contentType).toBe('multipart/form-data; boundary=MIME_boundary');
    expect(text).toContain('Content-Disposition: form-data; name="FaceData"; filename="FaceData.jpg"');
  });

  it('holds the device as long as it takes; a second one meanwhile is busy', async () => {
    const t = testTerminal({ traits: { modellingMinMs: 1000, modellingMaxMs: 1000 } });
    const first = t.call('POST', CAPTURE, wish('url'));
    const busy = await t.call('POST', CAPTURE, wish('url'));
    expect(busy).toMatchObject({ status: 400, subStatusCode: 'deviceBusy' });
    expect(busy.text).toContain('<errorMsg>dataType</errorMsg>');
    await t.clock.advance(1000);
    expect((await first).status).toBe(200);
    expect(t.terminal.hold.occupation).toBeNull();
  });

  it.each([
    ['{"dataType":"url"}', 'badParameters'],
    [wish('hologram'), 'badXmlContent'],
    ['<CaptureFaceDataCond/>', 'MessageParametersLack'],
  ])('%s is %s', async (body, code) => {
    expect((await testTerminal().call('POST', CAPTURE, body)).subStatusCode).toBe(code);
  });

  it('passes for a face of a kind terminals take', async () => {
    const { standInFace } = await import('../pictures/stand-in-face.ts');
    const picture = await standInFace('somebody');
    expect(await examinePhoto(picture)).toMatchObject({
      format: 'jpeg',
      progressive: false,
      chroma444: false,
      faces: 'one',
    });
    expect(picture.length).toBeLessThan(60_000);
    expect(await standInFace('somebody')).toBe(picture);
    expect((await standInFace('somebody else')).equals(picture)).toBe(false);
  });
});
