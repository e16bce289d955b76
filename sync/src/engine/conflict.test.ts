import { describe, expect, test } from 'vitest';
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
