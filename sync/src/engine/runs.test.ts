import { describe, expect, test } from 'vitest';
import type { EngineEvents } from './events.ts';
import { scopes } from './run/scopes.ts';
import { createWorld, deviceId, FIRST_NUMBER, photoOf } from './testing/world.ts';

describe('two runs at once', () => {
  test('the same work is one run', async () => {
    const w = createWorld({ employees: 3 });
    const engine = w.startEngine();
    const first = await w.clock.run(engine.syncAllEmployeesToAllDevices('a'));
    const second = await w.clock.run(engine.syncAllEmployeesToAllDevices('b'));
    expect(second).toEqual({ runId: first.runId, created: false });
    await w.finish(engine, Promise.resolve(first));
    expect((await w.clock.run(engine.syncAllEmployeesToAllDevices('b'))).created).toBe(true);
  });

  test('one employee does not wait behind a bulk run, and what it did is not done again', async () => {
    const w = createWorld({ employees: 10 });
    const engine = w.startEngine();
    const bulk = await w.clock.run(engine.syncAllEmployeesToAllDevices('a'));
    await w.clock.advance(10_000);
    const before = w.terminal().calls.length;
    await w.finish(engine, engine.syncEmployeeToAllDevices('e-1009', 'b'));
    // At most the pair in work, then the one that was asked for.
    expect(w.terminal().calls.length - before).toBeLessThanOrEqual(4);
    expect(w.terminal().persons.has('1008')).toBe(false);
    const run = await w.finish(engine, Promise.resolve(bulk));
    expect(run.state).toBe('completed');
    expect(run.legs[0]!.counters.success).toBe(10);
    expect(
      w
        .terminal()
        .callsOf('recordPerson')
        .filter(({ employeeNo }) => employeeNo === '1009'),
    ).toHaveLength(1);
    expect(w.terminal().offences).toEqual([]);
    expect(w.differences()).toEqual([]);
  });

  test('two full runs that overlap send each pair once', async () => {
    const w = createWorld({ employees: 3 });
    const engine = w.startEngine();
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('a'));
    w.terminal().calls.length = 0;
    const all = engine.syncAllEmployeesToAllDevices('a', { mode: 'full' });
    const device = engine.syncAllEmployeesToDevice('d-1', 'a', { mode: 'full' });
    await w.finish(engine, all);
    await w.finish(engine, device);
    expect(w.terminal().callsOf('modifyPerson')).toHaveLength(3);
    expect(w.terminal().callsOf('setUpFace')).toHaveLength(3);
  });

  test('a newer wish replaces the waiting one: the name of the moment is sent, once', async () => {
    const w = createWorld({ employees: 5 });
    const engine = w.startEngine();
    const run = engine.syncAllEmployeesToAllDevices('a');
    await w.clock.advance(7000);
    w.change(FIRST_NUMBER + 4, { displayName: 'Nume Nou', photoUrl: photoOf(5) });
    await w.finish(engine, run);
    expect(w.differences()).toEqual([]);
    expect(w.terminal().callsOf('modifyPerson')).toEqual([]);
  });
});

describe('cancel', () => {
  test('stops after the call in flight; what was not begun is reported, and nothing stays marked', async () => {
    const w = createWorld({ employees: 6, devices: 2 });
    const engine = w.startEngine();
    const { runId } = await w.clock.run(engine.syncAllEmployeesToAllDevices('a'));
    await w.clock.advance(7000);
    const sent = w.terminal().calls.length;
    await w.clock.run(engine.cancel(runId));
    const run = await w.finish(engine, Promise.resolve({ runId }));
    expect(run.state).toBe('cancelled');
    expect(w.terminal().calls.length - sent).toBeLessThanOrEqual(1);
    expect(run.legs.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    const { success, partial, notAttempted } = run.legs[0]!.counters;
    expect(success + partial + notAttempted).toBe(6);
    expect(notAttempted).toBeGreaterThan(0);
    const rows = w.store.admin.tracking('d-1').filter(({ person }) => person.state === 'unknown');
    expect(rows).toEqual([]);
    expect(w.lies()).toEqual([]);
    const again = await w.finish(engine, engine.syncAllEmployeesToAllDevices('a'));
    expect(again.state).toBe('completed');
  });

  test.each([0, 200, 400, 600, 800, 1000])(
    'in whatever part of a call or of the pause after it (+%i ms): nothing more begins',
    async (laterMs) => {
      const w = createWorld({ employees: 6 });
      const engine = w.startEngine();
      const { runId } = await w.clock.run(engine.syncAllEmployeesToAllDevices('a'));
      await w.clock.advance(7000 + laterMs);
      await w.clock.run(engine.cancel(runId));
      const cancelledAtMs = w.clock.now();
      expect((await w.finish(engine, Promise.resolve({ runId }))).state).toBe('cancelled');
      expect(w.terminal().calls.filter(({ startedMs }) => startedMs > cancelledAtMs)).toEqual([]);
    },
  );

  test('asked through another daemon is heard', async () => {
    const w = createWorld({ employees: 6 });
    const engine = w.startEngine();
    const { runId } = await w.clock.run(engine.syncAllEmployeesToAllDevices('a'));
    await w.clock.advance(5000);
    await w.store.requestCancel(runId);
    expect((await w.finish(engine, Promise.resolve({ runId }))).state).toBe('cancelled');
  });
});

describe('dry run', () => {
  test('writes the plan with its reasons, leavers too, and changes nothing', async () => {
    const w = createWorld({ employees: 4 });
    const engine = w.startEngine();
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('a'));
    w.change(FIRST_NUMBER, { displayName: 'Alt Nume' });
    w.change(FIRST_NUMBER + 1, { photoUrl: photoOf(5) });
    w.change(FIRST_NUMBER + 2, { active: false });
    const before = structuredClone([...w.terminal().persons]);
    const calls = w.terminal().calls.length;
    const rows = w.store.admin.tracking('d-1');
    const run = await w.finish(engine, engine.plan(scopes.allEmployeesToAllDevices(), 'a'));
    expect(run.state).toBe('completed');
    const lines = await w.lines(run.runId);
    expect(lines.map(({ employeeNo, status, reasons }) => [employeeNo, status, reasons])).toEqual([
      [1000, 'omis', ['modify-person: name changed']],
      [1001, 'omis', ['set-up-face: photo changed']],
      [1002, 'omis', ['close-access: leaver']],
    ]);
    expect(run.legs[0]!.unchanged).toEqual([1003]);
    expect([...w.terminal().persons]).toEqual(before);
    expect(w.terminal().calls).toHaveLength(calls);
    expect(w.store.admin.tracking('d-1')).toEqual(rows);
    // The work itself is still to be done.
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('a'));
    expect(w.differences()).toEqual([]);
  });
});

describe('scopes', () => {
  test.each([
    ['employee_not_found', scopes.employeeToAllDevices('e-nobody')],
    ['employee_inactive', scopes.employeeToAllDevices('e-1001')],
    ['photo_missing', scopes.photoOnlyToAllDevices('e-1002')],
    ['device_not_found', scopes.allEmployeesToDevice('d-nowhere')],
    ['device_inactive', scopes.allEmployeesToDevice('d-2')],
  ])('%s', async (code, scope) => {
    const w = createWorld({ employees: 3, devices: 2 });
    w.change(1001, { active: false });
    w.change(1002, { photoUrl: null });
    w.store.admin.putDevice({ deviceId: 'd-2', status: 'inactiv' });
    const engine = w.startEngine();
    await expect(w.clock.run(engine.submit(scope, 'a'))).rejects.toMatchObject({ code });
  });

  test('inactive devices are left out, devices in eroare are asked, sites are kept apart', async () => {
    const w = createWorld({ employees: 1, devices: 4 });
    w.store.admin.putDevice({ deviceId: 'd-1', status: 'inactiv', siteId: 's' });
    w.store.admin.putDevice({ deviceId: 'd-2', status: 'eroare', siteId: 's' });
    w.store.admin.putDevice({ deviceId: 'd-3', siteId: 's' });
    const engine = w.startEngine();
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('a', { siteId: 's' }));
    expect(run.legs.map((leg) => leg.deviceId)).toEqual(['d-2', 'd-3']);
    expect(w.store.admin.device('d-2')!.status).toBe('activ');
  });

  test('a device taken out of use while it is worked on is left, and told so', async () => {
    const w = createWorld({ employees: 20 });
    const engine = w.startEngine();
    const run = engine.syncAllEmployeesToAllDevices('a');
    await w.clock.advance(5000);
    w.store.admin.putDevice({ deviceId: 'd-1', status: 'inactiv' });
    const ended = await w.finish(engine, run);
    expect(ended.legs[0]).toMatchObject({ state: 'stopped', reasonCode: 'device_inactive' });
    expect(w.terminal().persons.size).toBeLessThan(15);
    expect(w.store.admin.device('d-1')!.status).toBe('inactiv');
  });
});

describe('whenFinished', () => {
  test('rejects when its signal aborts, and the run goes on', async () => {
    const w = createWorld({ employees: 3 });
    const engine = w.startEngine();
    const { runId } = await w.clock.run(engine.syncAllEmployeesToAllDevices('a'));
    const control = new AbortController();
    const waiting = engine.whenFinished(runId, control.signal);
    const refusal = expect(waiting).rejects.toThrow('gone');
    await w.clock.advance(1000);
    control.abort(new Error('gone'));
    await refusal;
    expect((await w.finish(engine, Promise.resolve({ runId }))).state).toBe('completed');
  });

  test('hears of a run that another daemon works on', async () => {
    const w = createWorld({ employees: 3 });
    const worker = w.startEngine();
    const { runId } = await w.clock.run(worker.syncAllEmployeesToAllDevices('a'));
    await w.clock.advance(2000);
    const other = w.startEngine();
    await w.clock.run(other.whenFinished(runId));
    expect((await w.store.readRun(runId))!.state).toBe('completed');
  });
});

test('a run whose daemon died before closing it is closed by the next one, and does not block the same work', async () => {
  const w = createWorld({ employees: 1 });
  const scope = scopes.allEmployeesToAllDevices();
  const counts = { employeesInScope: 1, employeesWithoutNumber: 0 };
  const { runId } = await w.store.createRun(scope, 'a', ['d-1'], counts);
  const [lease] = await w.store.leaseDevicesWithWork('dead', 1000, 1);
  const over = {
    runId,
    state: 'ok',
    cursorEmployeeNo: 1000,
    reason: null,
    reasonCode: null,
    unchanged: [1000],
  } as const;
  await w.store.writeOutcomes(lease!, [], [{ ...over, unchanged: [1000] }]);
  const engine = w.startEngine();
  const { created } = await w.clock.run(engine.submit(scope, 'b'));
  expect(created).toBe(true);
  expect((await w.store.readRun(runId))!.state).toBe('completed');
});

test('events tell the whole story, without names, photos or secrets', async () => {
  const w = createWorld({ employees: 2, devices: 2 });
  const engine = w.startEngine();
  const told: [string, unknown][] = [];
  const names: (keyof EngineEvents)[] = [
    'run.created',
    'leg.started',
    'pair.finished',
    'run.progress',
    'leg.finished',
    'run.finished',
    'call.started',
    'call.finished',
    'lease.taken',
    'device.inventoried',
  ];
  for (const name of names) engine.events.on(name, (event) => told.push([name, event]));
  await w.finish(engine, engine.syncAllEmployeesToAllDevices('a'));
  const count = (name: string) => told.filter(([one]) => one === name).length;
  expect(count('run.created')).toBe(1);
  expect(count('leg.started')).toBe(2);
  expect(count('pair.finished')).toBe(4);
  expect(count('leg.finished')).toBe(2);
  expect(count('run.finished')).toBe(1);
  expect(count('call.started')).toBe(count('call.finished'));
  expect(told.findLast(([name]) => name === 'run.progress')![1]).toMatchObject({ done: 4, total: 4 });
  const text = JSON.stringify(told);
  expect(text).not.toMatch(/Nume|photos\.test|secret/);
});

test('ultima_sincronizare moves only when the whole device was brought in step', async () => {
  const w = createWorld({ employees: 2 });
  const engine = w.startEngine();
  const synced = () => w.store.admin.device(deviceId(1))!.memory.lastSyncedAtMs;
  await w.finish(engine, engine.syncEmployeeToDevice('e-1000', 'd-1', 'a'));
  expect(synced()).toBeNull();
  w.terminal().fault = (operation) => (operation === 'addFace' ? { kind: 'says', class: 'item' } : null);
  await w.finish(engine, engine.syncAllEmployeesToAllDevices('a'));
  expect(synced()).toBeNull();
  w.terminal().fault = () => null;
  await w.finish(engine, engine.syncAllEmployeesToAllDevices('a'));
  expect(synced()).not.toBeNull();
});
