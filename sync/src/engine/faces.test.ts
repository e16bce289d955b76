import { describe, expect, test } from 'vitest';
import type { PhotoSource } from './device/photo-source.ts';
import { createWorld, type World, FIRST_NUMBER, photoOf } from './testing/world.ts';

/** Photos that come out as their URL, so that tests can compare; some are bad. */
function photos(
  bad: Record<string, { ok: false; code: string; message: string } | { findings: string[] }> = {},
) {
  const asked: { url: string; askedAtMs: number }[] = [];
  const source: PhotoSource = {
    fetchAndPrepare: (url, { askedAtMs }) => {
      asked.push({ url, askedAtMs });
      const trouble = bad[url];
      if (trouble !== undefined && 'ok' in trouble) return Promise.resolve(trouble);
      return Promise.resolve({ ok: true, jpeg: Buffer.from(url), findings: trouble?.findings ?? [] });
    },
  };
  return { source, asked };
}

describe('delivery', () => {
  test('auto: the URL first; after the first failed download the photo is sent, and that is remembered', async () => {
    const w = createWorld({ employees: 3, quirks: { downloads: false } });
    const { source } = photos();
    const engine = w.startEngine({ photoSource: source });
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(run.state).toBe('completed');
    expect(w.differences()).toEqual([]);
    expect(
      w
        .terminal()
        .callsOf('addFace')
        .map((call) => call.class),
    ).toEqual(['download', 'done', 'done', 'done']);
    expect(w.store.admin.device('d-1')!.memory.faceDelivery).toBe('upload');
    w.change(FIRST_NUMBER, { photoUrl: photoOf(5) });
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(
      w
        .terminal()
        .callsOf('setUpFace')
        .map((call) => call.class),
    ).toEqual(['done']);
  });

  test("url: a failed download is the photo's error, and says what is wrong with it", async () => {
    const w = createWorld({ employees: 2, quirks: { downloads: false }, options: { faceDelivery: 'url' } });
    const { source } = photos({
      [photoOf(1000)]: { ok: false, code: 'photo_missing', message: 'the address answers 404' },
    });
    const engine = w.startEngine({ photoSource: source });
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    const [line] = await w.lines(run.runId);
    expect(line).toMatchObject({
      status: 'partial',
      face: 'failed',
      error: { code: 'photo_download_failed' },
    });
    expect(line!.error!.message).toContain('the address answers 404');
  });

  test('a refused photo is explained by what terminals dislike about it', async () => {
    const w = createWorld({ employees: 1, quirks: { badPhotos: new Set([photoOf(1000)]) } });
    const { source } = photos({ [photoOf(1000)]: { findings: ['it is a progressive JPEG'] } });
    const engine = w.startEngine({ photoSource: source });
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    const [line] = await w.lines(run.runId);
    expect(line!.error).toMatchObject({ code: 'face_rejected' });
    expect(line!.error!.message).toMatch(/The photo: it is a progressive JPEG\.$/);
    expect(w.store.admin.tracking('d-1')[0]!.errorMessage).toBe(line!.error!.message);
  });

  test('upload: a photo that cannot be had costs no call', async () => {
    const w = createWorld({ employees: 2, options: { faceDelivery: 'upload' } });
    const { source } = photos({
      [photoOf(1000)]: { ok: false, code: 'photo_unreadable', message: 'no image' },
    });
    const engine = w.startEngine({ photoSource: source });
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect((await w.lines(run.runId)).map(({ status }) => status)).toEqual(['partial', 'sincronizat']);
    expect(
      w
        .terminal()
        .callsOf('addFace')
        .map(({ employeeNo }) => employeeNo),
    ).toEqual(['1001']);
  });
});

test('each run asks for photos as they are since it was asked for', async () => {
  const w = createWorld({ employees: 1, devices: 2, options: { faceDelivery: 'upload' } });
  const away = { ok: false, code: 'photo_unreachable', message: 'the server is away' } as const;
  const bad: Parameters<typeof photos>[0] = { [photoOf(1000)]: away };
  const { source, asked } = photos(bad);
  const engine = w.startEngine({ photoSource: source });
  const first = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  bad[photoOf(1000)] = { findings: [] };
  const second = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  expect([first.state, second.state]).toEqual(['partial', 'completed']);
  const [one, two] = [first.requestedAtMs, second.requestedAtMs];
  expect(asked.map(({ askedAtMs }) => askedAtMs)).toEqual([one, one, two, two]);
  expect(two).toBeGreaterThan(one);
});

describe('replacing', () => {
  test('the old face stays when the new photo is refused', async () => {
    const w = createWorld({ employees: 1, quirks: { badPhotos: new Set([photoOf(5)]) } });
    const engine = w.startEngine();
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    w.change(FIRST_NUMBER, { photoUrl: photoOf(5) });
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(await w.lines(run.runId)).toMatchObject([
      { status: 'partial', person: 'unchanged', face: 'failed' },
    ]);
    expect(w.terminal().faces.get('1000')).toBe(photoOf(1000));
    expect(w.lies()).toEqual([]);
  });

  test('where FDSetUp is missing: deleted and added, by whichever call deletes, and that is remembered', async () => {
    const w = createWorld({ employees: 2, quirks: { faceSetUp: false, faceDelete: 'fd-delete' } });
    const engine = w.startEngine();
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    w.change(FIRST_NUMBER, { photoUrl: photoOf(5) });
    w.change(FIRST_NUMBER + 1, { photoUrl: photoOf(6) });
    w.terminal().calls.length = 0;
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(w.terminal().calls.map(({ operation }) => operation)).toEqual([
      'readIdentity',
      'deleteFace',
      'deleteFace',
      'addFace',
      'deleteFace',
      'addFace',
    ]);
    expect(w.store.admin.device('d-1')!.memory.capabilities!.faceDelete).toBe('fd-delete');
    expect(w.differences()).toEqual([]);
  });

  test('there, nothing is deleted for a photo that is known to be bad', async () => {
    const w = createWorld({ employees: 1, quirks: { faceSetUp: false } });
    const { source } = photos({ [photoOf(5)]: { ok: false, code: 'photo_unreadable', message: 'no image' } });
    const engine = w.startEngine({ photoSource: source });
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    w.change(FIRST_NUMBER, { photoUrl: photoOf(5) });
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(await w.lines(run.runId)).toMatchObject([
      { status: 'partial', error: { code: 'photo_unreadable' } },
    ]);
    expect(w.terminal().faces.get('1000')).toBe(photoOf(1000));
  });

  test('and a refusal after deleting is told as what it is', async () => {
    const w = createWorld({ employees: 1, quirks: { faceSetUp: false, badPhotos: new Set([photoOf(5)]) } });
    const engine = w.startEngine();
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    w.change(FIRST_NUMBER, { photoUrl: photoOf(5) });
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    const [line] = await w.lines(run.runId);
    expect(line!.error!.message).toContain('the person has no face on it now');
    expect(w.store.admin.tracking('d-1')[0]).toMatchObject({ status: 'eroare', face: { state: 'absent' } });
  });

  describe('a device without a face library', () => {
    const faceless = () =>
      createWorld({ employees: 3, devices: 1, quirks: { addFace: false, faceSetUp: false } });
    const faceCalls = (w: World) =>
      w.terminal().calls.filter(({ operation }) => operation === 'addFace' || operation === 'setUpFace');

    test('gets everybody; the second sync believes it, and the third has nothing to do', async () => {
      const w = faceless();
      const engine = w.startEngine();
      const sync = async () => {
        const before = w.terminal().calls.length;
        const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
        const calls = w.terminal().calls.slice(before);
        return { run, lines: await w.lines(run.runId), calls };
      };
      const first = await sync();
      expect([...w.terminal().persons.keys()]).toEqual(['1000', '1001', '1002']);
      // One try for the first of them, and none for those who follow.
      expect(faceCalls(w)).toHaveLength(1);
      expect(first.run.legs[0]!.state).toBe('partial');
      for (const line of first.lines)
        expect(line).toMatchObject({
          person: 'created',
          face: 'failed',
          error: { code: 'face_library_missing' },
        });

      const second = await sync();
      expect(second.calls.map(({ operation }) => operation)).toEqual(['readIdentity', 'addFace']);
      expect(second.run.state).toBe('completed');
      for (const line of second.lines) {
        expect(line).toMatchObject({ status: 'sincronizat', face: 'skipped', error: null });
        expect(line.reasons).toContain('no face library');
      }
      const third = await sync();
      expect(third.calls).toEqual([]);
      expect(third.run.legs[0]!.unchanged).toEqual([1000, 1001, 1002]);
    });

    test('whose face calls were refused by mistake gets the faces at the next sync', async () => {
      const w = createWorld({ employees: 2, devices: 1 });
      const engine = w.startEngine();
      w.terminal().fault = (operation) =>
        operation === 'addFace' || operation === 'setUpFace' ? { kind: 'says', class: 'unsupported' } : null;
      await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
      w.terminal().fault = () => null;
      await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
      expect(w.differences()).toEqual([]);
      expect(w.store.admin.device('d-1')!.memory.capabilities!.faceLibrary).toBe('yes');
    });

    test('is asked again by a full sync', async () => {
      const w = faceless();
      const engine = w.startEngine();
      for (let nth = 0; nth < 2; nth += 1) await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
      const before = faceCalls(w).length;
      const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x', { mode: 'full' }));
      expect(faceCalls(w).length).toBeGreaterThan(before);
      expect(run.state).toBe('completed');
    });
  });
});

describe('photo only', () => {
  test('sends the face and leaves the person alone', async () => {
    const w = createWorld({ employees: 1 });
    const engine = w.startEngine();
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    w.terminal().faces.clear();
    w.terminal().calls.length = 0;
    const run = await w.finish(engine, engine.syncPhotoOnlyToAllDevices('e-1000', 'x'));
    expect(await w.lines(run.runId)).toMatchObject([
      { status: 'sincronizat', person: 'unchanged', face: 'set' },
    ]);
    expect(w.terminal().calls.map(({ operation }) => operation)).toEqual(['readIdentity', 'addFace']);
  });

  test('a face that is there and current is a success, not an error', async () => {
    const w = createWorld({ employees: 1 });
    const engine = w.startEngine();
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    const run = await w.finish(engine, engine.syncPhotoOnlyToAllDevices('e-1000', 'x'));
    expect(await w.lines(run.runId)).toMatchObject([
      { status: 'sincronizat', face: 'unchanged', error: null },
    ]);
  });

  test('of somebody who is not on the device says so', async () => {
    const w = createWorld({ employees: 1 });
    const engine = w.startEngine();
    const run = await w.finish(engine, engine.syncPhotoOnlyToAllDevices('e-1000', 'x'));
    expect(await w.lines(run.runId)).toMatchObject([
      { status: 'eroare', person: 'skipped', face: 'failed', error: { code: 'person_missing' } },
    ]);
    expect(w.terminal().persons.size).toBe(0);
  });
});

describe('models with fewer calls', () => {
  test.each([
    { setUp: 'none' },
    { setUp: 'edit-only' },
    { modify: false },
    { record: false },
    { modify: false, setUp: 'edit-only' },
    { search: false, faceSearch: false, countsFaces: false },
    { faceSetUp: false, faceSearch: false, countsFaces: false },
  ] as const)('%j: first sync, a change of everything, somebody who left', async (quirks) => {
    const w = createWorld({ employees: 3, quirks });
    w.terminal().persons.set('1001', {
      employeeNo: '1001',
      name: 'Tastat',
      valid: { enable: true, beginTime: '', endTime: '' },
      doorRight: '1',
      planTemplateNo: '1',
    });
    w.terminal().faces.set('1001', 'https://elsewhere.test/x.jpg');
    const engine = w.startEngine();
    expect((await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'))).state).toBe('completed');
    expect(w.differences()).toEqual([]);
    w.change(FIRST_NUMBER, { displayName: 'Alt Nume', photoUrl: photoOf(5) });
    w.change(FIRST_NUMBER + 2, { active: false });
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(run.state).toBe('completed');
    expect(w.differences()).toEqual([]);
    expect(w.lies()).toEqual([]);
    expect(w.terminal().offences).toEqual([]);
  });
});
