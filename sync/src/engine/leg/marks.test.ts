import { expect, test } from 'vitest';
import { scopes } from '../run/scopes.ts';
import { createMortal } from '../testing/mortal.ts';
import { anEmployee, createWorld } from '../testing/world.ts';

test('a terminal that cannot be searched is not said to lack somebody because a run was cancelled before their turn', async () => {
  const world = createWorld({ employees: 3, quirks: { search: false } });
  const { persons } = world.terminal();
  const engine = world.startEngine();
  await world.finish(engine, engine.syncEmployeeToAllDevices('e-1000', 'test'));
  // Typed in at the terminal, where nobody but the terminal knows.
  persons.set('1002', { ...persons.get('1000')!, employeeNo: '1002' });

  const { runId } = await engine.submit(scopes.allEmployeesToAllDevices(), 'test');
  let cancelled: Promise<void> | null = null;
  engine.events.on('call.started', ({ operation, employeeNo }) => {
    if (operation === 'recordPerson' && employeeNo === 1001) cancelled = engine.cancel(runId);
  });
  await world.clock.run(engine.whenFinished(runId));
  expect(cancelled).not.toBeNull();
  expect(
    world
      .terminal()
      .callsOf('recordPerson')
      .map(({ employeeNo }) => employeeNo),
  ).toEqual(['1000', '1001']);
  expect(world.lies()).toEqual([]);
  await world.clock.run(engine.stop());
});

test('somebody typed in at the terminal who gets a photo from a daemon that dies at it, and leaves, is closed out', async () => {
  const world = createWorld({ employees: 1 });
  const { persons } = world.terminal();
  const valid = { enable: true, beginTime: '2020-01-01T00:00:00', endTime: '2037-12-31T23:59:59' };
  persons.set('1000', { employeeNo: '1000', name: 'Tastat', valid, doorRight: '1', planTemplateNo: '1' });
  const mortal = createMortal(world);
  world.terminal().fault = (operation) => {
    if (operation === 'addFace') mortal.kill();
    return null;
  };
  const dying = world.startEngine(mortal);
  await world.clock.run(dying.syncPhotoOnlyToAllDevices('e-1000', 'test'));
  for (let nth = 0; nth < 60 && !mortal.dead; nth += 1) await world.clock.advance(1000);
  expect(mortal.dead).toBe(true);
  expect(world.lies()).toEqual([]);
  world.change(1000, { active: false });
  await world.clock.advance(world.options.leaseTtlMs);
  const engine = world.startEngine();
  await world.finish(engine, engine.syncAllEmployeesToAllDevices('test'));
  expect(persons.get('1000')!.valid.enable).toBe(false);
  await world.clock.run(engine.stop());
});

test('who was on the list under a number that became one of ours later is not said to be absent', async () => {
  const world = createWorld({ employees: 1 });
  const { persons } = world.terminal();
  const engine = world.startEngine();
  const valid = { enable: true, beginTime: '2020-01-01T00:00:00', endTime: '2037-12-31T23:59:59' };
  persons.set('1502', { employeeNo: '1502', name: 'Tastat', valid, doorRight: '1', planTemplateNo: '1' });
  await world.finish(engine, engine.syncAllEmployeesToAllDevices('test'));
  for (const no of [1501, 1502]) world.store.admin.putEmployee(anEmployee(no));
  let runId = '';
  world.terminal().fault = (operation, employeeNo) => {
    if (operation === 'recordPerson' && employeeNo === '1501') void engine.cancel(runId);
    return null;
  };
  const submitted = engine.syncAllEmployeesToAllDevices('test');
  void submitted.then((run) => {
    ({ runId } = run);
  });
  await world.finish(engine, submitted);
  expect(world.terminal().callsOf('recordPerson').at(-1)?.employeeNo).toBe('1501');
  expect(world.lies()).toEqual([]);
  await world.clock.run(engine.stop());
});
