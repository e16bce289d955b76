import { expect, test } from 'vitest';
import { createWorld } from './testing/world.ts';

test('of a leaver whom the list of the terminal no longer shows, nothing is said to be there any more', async () => {
  const world = createWorld({ employees: 2, options: { leavers: 'ignore' } });
  const engine = world.startEngine();
  await world.finish(engine, engine.syncAllEmployeesToAllDevices('test'));
  world.change(1001, { active: false });
  const { persons, faces } = world.terminal();
  persons.delete('1001');
  faces.delete('1001');
  await world.clock.advance(1000);
  await world.finish(engine, engine.syncAllEmployeesToAllDevices('test', { mode: 'verify' }));
  expect(world.lies()).toEqual([]);
  await world.clock.run(engine.stop());
});
