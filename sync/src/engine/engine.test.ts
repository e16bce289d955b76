import { describe, expect, test } from 'vitest';
import { createWorld, FIRST_NUMBER, photoOf } from './testing/world.ts';

describe('a first sync', () => {
  test('brings everybody to every terminal, in the order of numbers, one call at a time, a second apart', async () => {
    const world = createWorld({ employees: 5, devices: 3 });
    const engine = world.startEngine();
    const run = await world.finish(engine, engine.syncAllEmployeesToAllDevices('test'));
    expect(run.state).toBe('completed');
    for (const nth of [1, 2, 3]) {
      const terminal = world.terminal(nth);
      expect(world.differences(nth)).toEqual([]);
      expect(terminal.offences).toEqual([]);
      expect(terminal.callsOf('recordPerson').map(({ employeeNo }) => employeeNo)).toEqual([
        '1000',
        '1001',
        '1002',
        '1003',
        '1004',
      ]);
      const gaps = terminal.calls
        .slice(1)
        .map((call, index) => call.startedMs - terminal.calls[index]!.endedMs);
      expect(new Set(gaps)).toEqual(new Set([1000]));
      // Identity, two capabilities, one page of persons; then two for each.
      expect(terminal.calls).toHaveLength(4 + 2 * 5);
    }
    expect(run.legs.every(({ counters }) => counters.success === 5)).toBe(true);
    const rows = world.store.admin.tracking('d-1');
    expect(rows.every(({ status }) => status === 'sincronizat')).toBe(true);
    await world.clock.run(engine.stop());
  });

  test('and a second one makes no call at all', async () => {
    const world = createWorld({ employees: 5 });
    const engine = world.startEngine();
    await world.finish(engine, engine.syncAllEmployeesToAllDevices('test'));
    const before = world.terminal().calls.length;
    const run = await world.finish(engine, engine.syncAllEmployeesToAllDevices('test'));
    expect(run.state).toBe('completed');
    expect(run.legs[0]!.unchanged).toEqual([1000, 1001, 1002, 1003, 1004]);
    expect(world.terminal().calls).toHaveLength(before);
  });

  test('only what changed is sent', async () => {
    const world = createWorld({ employees: 4 });
    const engine = world.startEngine();
    await world.finish(engine, engine.syncAllEmployeesToAllDevices('test'));
    const before = world.terminal().calls.length;
    world.change(FIRST_NUMBER, { displayName: 'Alt Nume' });
    world.change(FIRST_NUMBER + 1, { photoUrl: photoOf(77) });
    const run = await world.finish(engine, engine.syncAllEmployeesToAllDevices('test'));
    const calls = world
      .terminal()
      .calls.slice(before)
      .map(({ operation, employeeNo }) => `${operation} ${employeeNo ?? ''}`);
    expect(calls).toEqual(['readIdentity ', 'modifyPerson 1000', 'setUpFace 1001']);
    const lines = await world.lines(run.runId);
    expect(lines).toMatchObject([
      { employeeNo: 1000, person: 'updated', face: 'unchanged', reasons: ['name changed'] },
      { employeeNo: 1001, person: 'unchanged', face: 'set', reasons: ['photo changed'] },
    ]);
    expect(world.differences()).toEqual([]);
  });
});
