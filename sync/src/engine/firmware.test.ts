import { describe, expect, test } from 'vitest';
import { createMortal } from './testing/mortal.ts';
import { createWorld, photoOf, type World } from './testing/world.ts';

const memoryOf = (w: World) => w.store.admin.device('d-1')!.memory;

/** Two syncs found no face library; then the terminal got a firmware that has one. */
async function updated(): Promise<World> {
  const w = createWorld({ employees: 3, quirks: { addFace: false, faceSetUp: false, maxPersons: 100 } });
  const engine = w.startEngine();
  for (let nth = 0; nth < 2; nth += 1) await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  expect(memoryOf(w).capabilities).toMatchObject({ faceLibrary: 'no', faceSetUp: 'no', maxPersons: 100 });
  await w.clock.run(engine.stop());
  Object.assign(w.terminal().quirks, { addFace: true, faceSetUp: true, maxPersons: 200 });
  w.terminal().firmware = 'V2';
  w.terminal().calls.length = 0;
  return w;
}

describe('a terminal with another firmware', () => {
  test('is asked again what it can do, and gets the faces that the former one did not take', async () => {
    const w = await updated();
    const engine = w.startEngine();
    w.change(1000, { displayName: 'Alt Nume' });
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(w.terminal().calls.map(({ operation }) => operation)).toEqual([
      'readIdentity',
      'readPersonCapabilities',
      'readFaceCapabilities',
      'modifyPerson',
      'addFace',
    ]);
    expect(memoryOf(w)).toMatchObject({
      firmware: 'V2',
      capabilities: { faceLibrary: 'yes', faceSetUp: 'yes', maxPersons: 200 },
    });
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(w.differences()).toEqual([]);
    await w.clock.run(engine.stop());
  });

  test('gets them at once from a sync that reads its list', async () => {
    const w = await updated();
    const engine = w.startEngine();
    await w.clock.advance(1000);
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x', { mode: 'verify' }));
    expect(w.differences()).toEqual([]);
    await w.clock.run(engine.stop());
  });

  test('is not said to lack a face that only the new one lets us send, by a daemon that dies at it', async () => {
    const options = { adoptPersons: 'same-name' } as const;
    const w = createWorld({ employees: 1, options, quirks: { search: false } });
    const engine = w.startEngine();
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    await w.clock.run(engine.stop());
    expect(memoryOf(w).capabilities!.personSearch).toBe('no');
    // Typed in at the terminal: the former firmware does not tell who it is.
    const [row] = w.store.admin.tracking('d-1');
    w.store.admin.putTracking({
      ...row!,
      person: { state: 'foreign' },
      face: { state: 'absent' },
      identified: false,
    });
    w.terminal().faces.clear();
    w.terminal().quirks.search = true;
    w.terminal().firmware = 'V2';

    const mortal = createMortal(w);
    w.terminal().fault = (operation) => {
      if (operation === 'addFace') mortal.kill();
      return null;
    };
    const dying = w.startEngine(mortal);
    await w.clock.run(dying.syncAllEmployeesToAllDevices('x'));
    for (let nth = 0; nth < 600 && !mortal.dead; nth += 1) await w.clock.advance(1000);
    expect(w.terminal().faces.get('1000')).toBe(photoOf(1000));
    expect(w.lies()).toEqual([]);
  });
});

test('a terminal that took faces is not given up for answering wrongly while it starts up', async () => {
  const w = createWorld({ employees: 2 });
  const engine = w.startEngine();
  await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  w.terminal().fault = (operation) =>
    operation === 'addFace' || operation === 'setUpFace' ? { kind: 'says', class: 'unsupported' } : null;
  for (const employeeNo of [1000, 1001]) {
    w.change(employeeNo, { photoUrl: photoOf(employeeNo + 50) });
    const run = await w.finish(engine, engine.syncEmployeeToDevice(`e-${employeeNo}`, 'd-1', 'x'));
    expect(await w.lines(run.runId)).toMatchObject([{ error: { code: 'face_library_missing' } }]);
  }
  w.terminal().fault = () => null;
  await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  expect(w.differences()).toEqual([]);
  expect(memoryOf(w).capabilities!.faceLibrary).toBe('yes');
  await w.clock.run(engine.stop());
});
