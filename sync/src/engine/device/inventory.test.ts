import { describe, expect, test } from 'vitest';
import type { Engine } from '../engine.ts';
import type { EngineOptions } from '../options.ts';
import { anEmployee, createWorld, type World } from '../testing/world.ts';

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

describe('a run for one employee asked for while the list is read', () => {
  /** All in step; then a verifying run, in whose second page `ask` asks for one. */
  async function between(
    prepare: (w: World) => void,
    ask: (engine: Engine) => Promise<{ runId: string }>,
    options: Partial<EngineOptions> = {},
  ) {
    const w = createWorld({ employees: 100, options });
    const engine = w.startEngine();
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    prepare(w);
    const { calls } = w.terminal();
    calls.length = 0;
    let single: Promise<{ runId: string }> | null = null;
    w.terminal().fault = (operation) => {
      if (operation === 'searchPersons' && calls.length > 1) single ??= ask(engine);
      return null;
    };
    const verify = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x', { mode: 'verify' }));
    const alone = await w.finish(engine, single!);
    expect(alone.state).toBe('completed');
    expect(w.differences()).toEqual([]);
    expect(w.lies()).toEqual([]);
    return {
      w,
      verify,
      story: calls.map(({ operation, employeeNo }) => `${operation} ${employeeNo ?? ''}`.trim()),
    };
  }

  test('comes before its next page', async () => {
    const { story, verify } = await between(
      (w) => {
        w.change(1000, { displayName: 'Alt Nume' });
      },
      (engine) => engine.syncEmployeeToDevice('e-1000', 'd-1', 'x'),
    );
    expect(verify.state).toBe('completed');
    expect(story).toEqual([
      ...['readIdentity', 'searchPersons', 'searchPersons'],
      'modifyPerson 1000',
      ...['searchPersons', 'searchPersons'],
    ]);
  });

  test('is not judged by the pages of before: whom it added is not missed', async () => {
    const { w, story } = await between(
      (w) => {
        w.store.admin.putEmployee(anEmployee(2000));
        // The list moves: whoever is added now stands where nobody looks any more.
        w.terminal().persons.delete('1099');
        w.terminal().faces.delete('1099');
      },
      (engine) => engine.syncEmployeeToDevice('e-2000', 'd-1', 'x'),
    );
    expect(w.store.admin.tracking('d-1').every(({ status }) => status === 'sincronizat')).toBe(true);
    expect(story.filter((call) => call === 'recordPerson 2000')).toHaveLength(1);
  });

  test('and leavers that are deleted meanwhile move the list under its reader: nobody is taken for gone', async () => {
    const { w } = await between(
      (w) => {
        w.change(1000, { displayName: 'Alt Nume' });
      },
      (engine) => engine.syncEmployeeToDevice('e-1000', 'd-1', 'x'),
      { leavers: 'delete' },
    );
    w.change(1001, { active: false });
    const engine = w.startEngine();
    expect((await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'))).state).toBe('completed');
    expect(w.differences()).toEqual([]);
  });
});

test('of a device never read the list comes first: access that is closed there costs no call', async () => {
  const w = createWorld({ employees: 40 });
  const engine = w.startEngine();
  await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  for (let nth = 1; nth < 40; nth += 1) w.change(1000 + nth, { active: false });
  await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  for (const row of w.store.admin.tracking('d-1'))
    w.store.admin.putTracking({
      ...row,
      person: { state: 'unknown' },
      accessClosed: false,
      status: 'pending',
    });
  const { memory } = w.store.admin.device('d-1')!;
  w.store.admin.putDevice({ deviceId: 'd-1', memory: { ...memory, inventoriedAtMs: null } });
  w.terminal().calls.length = 0;
  const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  expect(run.state).toBe('completed');
  expect(w.terminal().calls.map(({ operation }) => operation)).toEqual([
    'readIdentity',
    'searchPersons',
    'searchPersons',
  ]);
  expect(w.lies()).toEqual([]);
});

test('whoever is on the device and is not ours is told with the number, the first hundred of them', async () => {
  const w = createWorld({ employees: 2 });
  const engine = w.startEngine();
  await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  const { persons } = w.terminal();
  const someone = persons.get('1000')!;
  for (const employeeNo of ['A12', '7', ...Array.from({ length: 120 }, (_, nth) => String(5000 + nth))])
    persons.set(employeeNo, { ...someone, employeeNo });
  const incremental = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  expect(incremental.legs[0]!.strangers).toBeNull();
  const verify = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x', { mode: 'verify' }));
  const { count, employeeNos } = verify.legs[0]!.strangers!;
  expect(count).toBe(122);
  expect(employeeNos).toHaveLength(100);
  expect(employeeNos.slice(0, 3)).toEqual(['A12', '7', '5000']);
  expect(verify.state).toBe('completed');
});

test('whoever has the number of somebody deleted a moment before is not said to be absent', async () => {
  const w = createWorld({ employees: 2, devices: 2 });
  const engine = w.startEngine();
  const { persons } = w.terminal(2);
  const typedIn = (employeeNo: string) =>
    persons.set(employeeNo, {
      employeeNo,
      name: 'Nume 1001',
      valid: { enable: true, beginTime: '2025-10-10T00:00:00', endTime: '2037-12-31T23:59:59' },
      doorRight: '1',
      planTemplateNo: '1',
    });
  for (let nth = 0; nth < 35; nth += 1) typedIn(String(5000 + nth));
  typedIn('1001');
  // The other terminal's short list is read, and the page of employees with it, when the second page of this one comes.
  let pages = 0;
  w.terminal(2).fault = (operation) => {
    pages += operation === 'searchPersons' ? 1 : 0;
    if (pages === 2) w.store.admin.removeEmployee('e-1001');
    return null;
  };
  await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  expect(w.terminal(2).persons.has('1001')).toBe(true);
  expect(w.lies(2)).toEqual([]);
});

test('a firmware without a search does not tell how many are not ours: that stays unknown, and is not none', async () => {
  const w = createWorld({ employees: 2, quirks: { search: false } });
  const engine = w.startEngine();
  await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  expect(w.store.admin.device('d-1')!.memory).toMatchObject({ strangers: null });
  expect(w.store.admin.device('d-1')!.memory.inventoriedAtMs).not.toBeNull();
  await w.clock.run(engine.stop());
});
