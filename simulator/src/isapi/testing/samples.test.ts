import { describe, expect, it } from 'vitest';
import { drawPicture } from './pictures.ts';
import { FACE_RECORD, RECORD, userInfo } from './requests.ts';
import { answerScenes, type Scene } from './sample-scenes.ts';
import { sampleFiles, sampleJson, sampleText, shapeOf, skeletonOf, unorderedShapeOf } from './samples.ts';
import { testTerminal } from './test-terminal.ts';

/** What a client sent; the scenes for these are below. */
const REQUESTS = [
  'facedatarecord-multipart-request.txt',
  'facedatarecord-url-request.json',
  'remotecontroldoor-request.xml',
  'userinfo-record-request.json',
];

/** What a device sent by itself: see `captured-notifications.test.ts`. */
const NOTIFICATIONS = [
  'alertstream-k1a340.txt',
  'push-event-face-k1t673dx.json',
  'push-event-log-no-picture.txt',
];

const parsed = (text: string): unknown => JSON.parse(text);

/** What of a text is compared, by how much alike it has to be. */
const COMPARED: Record<Scene['alike'], (text: string) => unknown> = {
  value: (text) => [parsed(text), shapeOf(parsed(text))],
  shape: (text) => shapeOf(parsed(text)),
  'unordered-shape': (text) => unorderedShapeOf(JSON.parse(text)),
  text: (text) => text,
  skeleton: skeletonOf,
};

/** Tables rather than payloads: see `answers.test.ts`. */
const TABLES = ['error-codes-selected.tsv'];

describe('every answer that a device sent', () => {
  it('has its scene', () => {
    expect([...Object.keys(answerScenes), ...REQUESTS, ...NOTIFICATIONS, ...TABLES].sort()).toEqual(
      sampleFiles(),
    );
  });

  it.each(Object.entries(answerScenes))('%s', async (file, { status, alike, act }) => {
    const sent = await act();
    expect(sent.status).toBe(status);
    const type = file.endsWith('.json') ? 'application/json' : 'application/xml';
    if (sent.contentType !== undefined) expect(sent.contentType).toBe(`${type}; charset="UTF-8"`);
    const compared = COMPARED[alike];
    expect(compared(sent.text)).toEqual(compared(sampleText(file)));
  });
});

describe('every request that a verified client sends', () => {
  it('userinfo-record-request.json is taken, and stored as it is', async () => {
    const { call, terminal } = testTerminal({ profile: 'ds-k1t342mfwx' });
    const { status } = await call('POST', RECORD, sampleText('userinfo-record-request.json'));
    expect(status).toBe(200);
    const { UserInfo } = sampleJson('userinfo-record-request.json') as {
      UserInfo: { Valid: object; RightPlan: object; doorRight: string; name: string };
    };
    expect(terminal.persons.get('1001')).toMatchObject({
      name: UserInfo.name,
      valid: UserInfo.Valid,
      doorRight: UserInfo.doorRight,
      rightPlan: UserInfo.RightPlan,
    });
  });

  it('facedatarecord-url-request.json makes the terminal fetch that address', async () => {
    const bytes = await drawPicture();
    const asked: string[] = [];
    const { call, terminal } = testTerminal({
      profile: 'ds-k1t673dx',
      download: (url) => {
        asked.push(url);
        return Promise.resolve({ ok: true, bytes });
      },
    });
    await call('POST', RECORD, userInfo('1001'));
    const request = sampleText('facedatarecord-url-request.json');
    expect((await call('POST', FACE_RECORD, request)).status).toBe(200);
    expect(asked).toEqual([(JSON.parse(request) as { faceURL: string }).faceURL]);
    expect(terminal.faces.has('1001')).toBe(true);
  });

  it('facedatarecord-multipart-request.txt brings its picture', async () => {
    const picture = await drawPicture();
    const { call, terminal } = testTerminal({ profile: 'ds-k1t342mfwx' });
    await call('POST', RECORD, userInfo('1001'));
    const [head = '', ...rest] = sampleText('facedatarecord-multipart-request.txt').split('\n\n');
    // Kept with bare line feeds; the wire has both characters.
    const [before = '', after = ''] = rest
      .join('\n\n')
      .replaceAll('\n', '\r\n')
      .split(/<JPEG[^>]*>/);
    const body = Buffer.concat([Buffer.from(before), picture, Buffer.from(after)]);
    const contentType = /^Content-Type: (.*)$/m.exec(head)?.[1] ?? '';
    expect((await call('POST', FACE_RECORD, body, contentType)).status).toBe(200);
    expect(terminal.faces.get('1001')?.sizeBytes).toBe(picture.length);
  });

  it('remotecontroldoor-request.xml opens the door', async () => {
    const { call, terminal } = testTerminal({ profile: 'ds-k1t673dx' });
    const request = sampleText('remotecontroldoor-request.xml');
    const { status } = await call('PUT', '/ISAPI/AccessControl/RemoteControl/door/1', request);
    expect([status, terminal.doors.isOpen(1)]).toEqual([200, true]);
  });
});

describe('shapes', () => {
  it('tell a missing key, another kind of value, another item and another order', () => {
    const shape = shapeOf({ a: 1, list: [{ b: 'x' }] });
    for (const other of [
      { list: [{ b: 'x' }] },
      { a: '1', list: [{ b: 'x' }] },
      { a: 1, list: [{ b: 'x' }, {}] },
      { a: 1, list: [] },
      { list: [{ b: 'x' }], a: 1 },
    ])
      expect(shapeOf(other)).not.toEqual(shape);
    expect(shapeOf({ a: 2, list: [{ b: 'y' }, { b: 'z' }] })).toEqual(shape);
    expect(unorderedShapeOf({ list: [{ b: 'x' }], a: 1 })).toEqual(
      unorderedShapeOf({ a: 2, list: [{ b: '' }] }),
    );
  });
});
