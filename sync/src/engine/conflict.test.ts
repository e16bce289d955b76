import { describe, expect, test } from 'vitest';
import { createMortal } from './testing/mortal.ts';
import { createWorld, photoOf, type World } from './testing/world.ts';

/** Number 1001 of the terminal belongs to somebody else, whose face must stay what it is. */
function withAnother(search = true): World {
  const world = createWorld({ employees: 2, options: { adoptPersons: 'same-name' }, quirks: { search } });
  const valid = { enable: true, beginTime: '2000-01-01T00:00:00', endTime: '2037-12-31T23:59:59' };
  world.terminal().persons.set('1001', {
    employeeNo: '1001',
    name: 'Altcineva',
    valid,
    doorRight: '1',
    planTemplateNo: '1',
  });
  world.terminal().faces.set('1001', photoOf(9));
  return world;
}

function expectUntouched(world: World): void {
  const { persons, faces } = world.terminal();
  expect(persons.get('1001')).toMatchObject({ name: 'Altcineva', valid: { enable: true } });
  expect(faces.get('1001')).toBe(photoOf(9));
}

describe('somebody else has the number, under ADOPT_PERSONS=same-name', () => {
  test.each([true, false])('a photo-only sync does not put our face on them (search: %s)', async (search) => {
    const world = withAnother(search);
    const engine = world.startEngine();
    const run = await world.finish(engine, engine.syncPhotoOnlyToAllDevices('e-1001', 'test'));
    expectUntouched(world);
    expect(await world.lines(run.runId)).toMatchObject([{ error: { code: 'person_conflict' } }]);
    await world.clock.run(engine.stop());
  });

  test.each(['employee', 'photo'] as const)(
    'they are not closed out when our person leaves: %s',
    async (kind) => {
      const world = withAnother();
      const engine = world.startEngine();
      const asked =
        kind === 'photo'
          ? engine.syncPhotoOnlyToAllDevices('e-1001', 'test')
          : engine.syncEmployeeToAllDevices('e-1001', 'test');
      await world.finish(engine, asked);
      world.change(1001, { active: false });
      await world.finish(engine, engine.syncAllEmployeesToAllDevices('test'));
      world.store.admin.removeEmployee('e-1001');
      await world.clock.advance(1000);
      await world.finish(engine, engine.syncAllEmployeesToAllDevices('test', { mode: 'verify' }));
      expectUntouched(world);
      await world.clock.run(engine.stop());
    },
  );

  test('nor when that became unclear by a crash before they left', async () => {
    const world = withAnother();
    const engine = world.startEngine();
    await world.finish(engine, engine.syncAllEmployeesToAllDevices('test'));
    const { admin } = world.store;
    const row = admin.tracking('d-1').find(({ employeeNo }) => employeeNo === 1001)!;
    expect(row.errorCode).toBe('person_conflict');
    // As marked before a next try, whose daemon died.
    admin.putTracking({
      ...row,
      status: 'pending',
      person: { state: 'unknown' },
      face: { state: 'unknown' },
    });
    world.change(1001, { active: false });
    await world.finish(engine, engine.syncAllEmployeesToAllDevices('test'));
    expectUntouched(world);
    await world.clock.run(engine.stop());
  });

  test('somebody with the same name gets the photo alone', async () => {
    const world = withAnother();
    const { persons, faces } = world.terminal();
    persons.set('1001', { ...persons.get('1001')!, name: 'Nume 1001' });
    const engine = world.startEngine();
    await world.finish(engine, engine.syncPhotoOnlyToAllDevices('e-1001', 'test'));
    expect(faces.get('1001')).toBe(photoOf(1001));
    await world.clock.run(engine.stop());
  });
});

describe('the look-up failed before anybody was identified, and our person leaves, under ADOPT_PERSONS=same-name', () => {
  /** As marked before a first change, whose daemon died or whose Search failed. */
  function neverIdentified(world: World, state: 'unknown' | 'foreign'): void {
    world.store.admin.putTracking({
      deviceId: 'd-1',
      employeeNo: 1001,
      biometricsId: 'b-1001',
      status: 'pending',
      person: { state },
      face: { state: 'unknown' },
      accessClosed: false,
      identified: false,
      sentNames: [],
      syncedAtMs: null,
      errorCode: null,
      errorMessage: null,
    });
    world.change(1001, { active: false });
  }
  const rowOf = (world: World) => world.store.admin.tracking('d-1').find((row) => row.employeeNo === 1001);
  const looks = (world: World) =>
    world.terminal().calls.filter((call) => call.operation === 'searchPersons' && call.employeeNo === '1001');

  test.each([
    ['unknown', true, 'disable'],
    ['foreign', true, 'disable'],
    ['unknown', true, 'delete'],
    ['foreign', true, 'delete'],
    ['unknown', false, 'disable'],
    ['foreign', false, 'delete'],
  ] as const)('%s, search %s, LEAVERS=%s: untouched, reported, owed', async (state, search, leavers) => {
    const world = withAnother(search);
    world.options.leavers = leavers;
    neverIdentified(world, state);
    const engine = world.startEngine();
    for (const mode of ['incremental', 'verify', 'full'] as const) {
      world.terminal().calls.length = 0;
      const run = await world.finish(engine, engine.syncAllEmployeesToAllDevices('test', { mode }));
      expectUntouched(world);
      expect(run.state).toBe('partial');
      const lines = await world.lines(run.runId);
      expect(lines.find(({ employeeNo }) => employeeNo === 1001)).toMatchObject({
        status: 'eroare',
        error: { code: 'person_conflict' },
      });
      expect(rowOf(world)).toMatchObject({ status: 'eroare', errorCode: 'person_conflict' });
      expect((await world.store.readOwedClosings('d-1', null, 10)).rows).toHaveLength(1);
      expect(looks(world).length).toBeLessThanOrEqual(1);
      await world.clock.advance(1000);
    }
    await world.clock.run(engine.stop());
  });

  test('removed at the terminal as the message says: nobody is there, and nothing is owed any more', async () => {
    const world = withAnother();
    neverIdentified(world, 'unknown');
    const engine = world.startEngine();
    await world.finish(engine, engine.syncAllEmployeesToAllDevices('test'));
    world.terminal().persons.delete('1001');
    world.terminal().faces.delete('1001');
    await world.finish(engine, engine.syncAllEmployeesToAllDevices('test'));
    // Nobody was ever identified here: whoever is typed in under the number next is to be doubted as well.
    expect(rowOf(world)).toMatchObject({
      status: 'sincronizat',
      person: { state: 'absent' },
      errorCode: null,
      syncedAtMs: null,
    });
    expect((await world.store.readOwedClosings('d-1', null, 10)).rows).toEqual([]);
    await world.clock.run(engine.stop());
  });

  test.each(['network', 'item'] as const)(
    'a look that fails does not end a conflict: %s',
    async (trouble) => {
      const world = withAnother();
      neverIdentified(world, 'unknown');
      const { admin } = world.store;
      // Read before: the closing comes first.
      const { memory } = admin.device('d-1')!;
      admin.putDevice({ deviceId: 'd-1', memory: { ...memory, inventoriedAtMs: 1 } });
      // In step once, then somebody else was typed in under the number.
      admin.putTracking({ ...rowOf(world)!, errorCode: 'person_conflict', errorMessage: 'x', syncedAtMs: 1 });
      const engine = world.startEngine();
      world.terminal().fault = (operation) =>
        operation === 'searchPersons' ? { kind: 'says', class: trouble } : null;
      await world.finish(engine, engine.syncAllEmployeesToAllDevices('test'));
      expect(rowOf(world)).toMatchObject({ status: 'eroare', errorCode: 'person_conflict' });
      world.terminal().fault = () => null;
      await world.clock.advance(600_000);
      await world.finish(engine, engine.syncAllEmployeesToAllDevices('test'));
      expectUntouched(world);
      expect(rowOf(world)).toMatchObject({ status: 'eroare', errorCode: 'person_conflict' });
      expect((await world.store.readOwedClosings('d-1', null, 10)).rows).toHaveLength(1);
      await world.clock.run(engine.stop());
    },
  );

  test('back among us, the other person is still not written over', async () => {
    const world = withAnother();
    neverIdentified(world, 'foreign');
    const engine = world.startEngine();
    await world.finish(engine, engine.syncAllEmployeesToAllDevices('test'));
    world.change(1001, { active: true });
    await world.finish(engine, engine.syncAllEmployeesToAllDevices('test', { mode: 'full' }));
    expectUntouched(world);
    expect(rowOf(world)).toMatchObject({ status: 'eroare', errorCode: 'person_conflict' });
    await world.clock.run(engine.stop());
  });

  test.each(['same-name', 'any'] as const)(
    'called as the leaver, or under any: closed (%s)',
    async (adopt) => {
      const world = withAnother();
      world.options.adoptPersons = adopt;
      const { persons } = world.terminal();
      if (adopt === 'same-name') persons.set('1001', { ...persons.get('1001')!, name: 'Nume 1001' });
      neverIdentified(world, 'foreign');
      const engine = world.startEngine();
      await world.finish(engine, engine.syncAllEmployeesToAllDevices('test'));
      expect(persons.get('1001')).toMatchObject({ name: 'Nume 1001', valid: { enable: false } });
      expect(rowOf(world)).toMatchObject({ accessClosed: true, errorCode: null });
      // The list told who it is.
      expect(looks(world)).toHaveLength(0);
      await world.clock.run(engine.stop());
    },
  );
});

describe('who is ours, under ADOPT_PERSONS=same-name', () => {
  const sameName = () => createWorld({ employees: 2, options: { adoptPersons: 'same-name' } });

  test.each(['renamed', 'renamed, then left', 'renamed, then deleted'] as const)(
    'somebody we created whose answer was lost is ours by the name that was sent: %s',
    async (what) => {
      const w = sameName();
      // The answer to the creation is lost, and the daemon dies before it looks.
      const mortal = createMortal(w);
      w.terminal().fault = (operation, employeeNo) =>
        operation === 'recordPerson' && employeeNo === '1001' ? { kind: 'lost' } : null;
      const first = w.startEngine(mortal);
      await w.clock.run(first.syncAllEmployeesToAllDevices('x'));
      while (!w.terminal().persons.has('1001')) await w.clock.advance(100);
      mortal.kill();
      w.terminal().fault = () => null;
      w.change(1001, { displayName: 'Alt Nume', active: what !== 'renamed, then left' });
      if (what === 'renamed, then deleted') w.store.admin.removeEmployee('e-1001');
      await w.clock.advance(60_000);
      const engine = w.startEngine();
      await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
      const person = w.terminal().persons.get('1001');
      if (what === 'renamed') expect(person).toMatchObject({ name: 'Alt Nume', valid: { enable: true } });
      else expect(person).toMatchObject({ valid: { enable: false } });
      expect((await w.store.readOwedClosings('d-1', null, 10)).rows).toEqual([]);
      const row = w.store.admin.tracking('d-1').find(({ employeeNo }) => employeeNo === 1001);
      expect(row).toMatchObject({ errorCode: null, identified: true, sentNames: [] });
    },
  );

  test.each(['stays', 'leaves', 'is deleted'] as const)(
    'ours was in step and then gone from the terminal: who is typed in next is a stranger, and ours %s',
    async (what) => {
      const w = sameName();
      const engine = w.startEngine();
      await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
      const { persons, faces } = w.terminal();
      // Gone, and seen so; our own attempt to add them again is refused, so that the number stays free.
      persons.delete('1001');
      faces.delete('1001');
      w.terminal().fault = (operation, employeeNo) =>
        operation === 'recordPerson' && employeeNo === '1001' ? { kind: 'says', class: 'item' } : null;
      await w.finish(engine, engine.syncAllEmployeesToAllDevices('x', { mode: 'verify' }));
      w.terminal().fault = () => null;
      persons.set('1001', { ...persons.get('1000')!, employeeNo: '1001', name: 'Altcineva' });
      faces.set('1001', photoOf(9));
      if (what === 'leaves') w.change(1001, { active: false });
      if (what === 'is deleted') w.store.admin.removeEmployee('e-1001');
      for (const mode of ['incremental', 'verify', 'full'] as const) {
        await w.clock.advance(2000);
        await w.finish(engine, engine.syncAllEmployeesToAllDevices('x', { mode }));
        expectUntouched(w);
      }
    },
  );
});
