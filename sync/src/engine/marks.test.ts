import { expect, test } from 'vitest';
import { scopes } from './scopes.ts';
import { createWorld } from './testing/world.ts';

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
