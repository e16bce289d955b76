import { describe, expect, test } from 'vitest';
import type { Run } from '../../model/run.ts';
import type { Engine } from '../engine.ts';
import type { Operation } from '../testing/model-terminal.ts';
import { anEmployee, createWorld, FIRST_NUMBER, type World } from '../testing/world.ts';

const LEAVER = FIRST_NUMBER + 2;

async function synced(employees = 3): Promise<{ w: World; engine: Engine }> {
  const w = createWorld({ employees });
  const engine = w.startEngine();
  await w.finish(engine, engine.syncAllEmployeesToAllDevices('before'));
  w.terminal().calls.length = 0;
  return { w, engine };
}

const lastSync = (w: World) => w.store.admin.device('d-1')!.memory.lastSyncedAtMs;
const lineOf = async (w: World, run: Run, employeeNo: number) =>
  (await w.lines(run.runId)).find((line) => line.employeeNo === employeeNo);

/** The terminal does not let anybody be closed out; `meanwhile` happens at the first try. */
function refuseClosing(w: World, meanwhile: () => void = () => undefined): void {
  const numbers = new Set([String(LEAVER)]);
  let first = true;
  w.terminal().fault = (operation: Operation, employeeNo) => {
    if (operation !== 'modifyPerson' || !numbers.has(employeeNo ?? '')) return null;
    if (first) meanwhile();
    first = false;
    return { kind: 'says', class: 'item' };
  };
}

describe('access that stays open', () => {
  test('counts in a run of the whole device that begins after it was tried', async () => {
    const { w, engine } = await synced();
    const before = lastSync(w);
    w.change(LEAVER, { active: false });
    w.change(FIRST_NUMBER, { displayName: 'Alt Nume' });
    let bulk: Promise<{ runId: string }> | null = null;
    refuseClosing(w, () => {
      bulk = engine.syncAllEmployeesToAllDevices('x');
    });
    await w.finish(engine, engine.syncEmployeeToDevice('e-1000', 'd-1', 'x'));
    const run = await w.finish(engine, bulk!);
    expect(run).toMatchObject({ state: 'partial', legs: [{ state: 'partial', counters: { failed: 1 } }] });
    expect(await lineOf(w, run, LEAVER)).toMatchObject({
      employeeId: 'e-1002',
      status: 'eroare',
      person: 'failed',
      reasons: ['leaver'],
      error: { code: 'person_rejected' },
    });
    expect(lastSync(w)).toBe(before);
    // Once per session is enough.
    expect(
      w
        .terminal()
        .callsOf('modifyPerson')
        .filter((call) => call.employeeNo === '1002'),
    ).toHaveLength(1);
  });

  test('is told where the device stops, as not attempted', async () => {
    const { w, engine } = await synced();
    w.change(LEAVER, { active: false });
    w.terminal().fault = () => ({ kind: 'refused' });
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(run.legs[0]).toMatchObject({ state: 'stopped', counters: { success: 2, notAttempted: 1 } });
    expect(await lineOf(w, run, LEAVER)).toMatchObject({ status: 'neincercat', reasons: ['leaver'] });
  });

  test('of somebody who left while the run was at others is closed before it ends', async () => {
    const { w, engine } = await synced();
    w.store.admin.putEmployee(anEmployee(1003));
    w.terminal().fault = (operation) => {
      if (operation === 'addFace') w.change(FIRST_NUMBER, { active: false });
      return null;
    };
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(run.state).toBe('completed');
    expect(w.differences()).toEqual([]);
  });

  test('of a thousand and more does not keep the others from their turn', async () => {
    const { w, engine } = await synced();
    const row = w.store.admin.tracking('d-1').find(({ employeeNo }) => employeeNo === LEAVER)!;
    const person = w.terminal().persons.get(String(LEAVER))!;
    for (let employeeNo = 2000; employeeNo < 3200; employeeNo += 1) {
      w.store.admin.putTracking({ ...row, employeeNo });
      w.terminal().persons.set(String(employeeNo), { ...person, employeeNo: String(employeeNo) });
    }
    w.terminal().fault = (operation, employeeNo) =>
      operation === 'modifyPerson' && employeeNo !== '3199' ? { kind: 'says', class: 'item' } : null;
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(w.terminal().persons.get('3199')!.valid.enable).toBe(false);
    expect(run.legs[0]!.counters.failed).toBe(1199);
  }, 60_000);
});

describe('access closed in a run for one employee', () => {
  test('has its line there', async () => {
    const { w, engine } = await synced();
    w.change(LEAVER, { active: false });
    w.change(FIRST_NUMBER, { displayName: 'Alt Nume' });
    const run = await w.finish(engine, engine.syncEmployeeToDevice('e-1000', 'd-1', 'x'));
    expect(run.state).toBe('completed');
    expect((await w.lines(run.runId)).map(({ employeeNo, reasons }) => [employeeNo, reasons])).toEqual([
      [1000, ['name changed']],
      [1002, ['leaver']],
    ]);
  });

  test('that was refused has its line too', async () => {
    const { w, engine } = await synced();
    w.change(LEAVER, { active: false });
    refuseClosing(w);
    const run = await w.finish(engine, engine.syncEmployeeToDevice('e-1000', 'd-1', 'x'));
    expect(await lineOf(w, run, LEAVER)).toMatchObject({ status: 'eroare', reasons: ['leaver'] });
    expect(run.state).toBe('partial');
  });
});

describe('a terminal that does not work', () => {
  async function down() {
    const { w, engine } = await synced();
    w.terminal().fault = () => ({ kind: 'refused' });
    for (let nth = 0; nth < 3; nth += 1) {
      w.change(FIRST_NUMBER, { displayName: `Nume ${nth}` });
      await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    }
    w.change(FIRST_NUMBER, { displayName: 'Nume 1000' });
    expect(w.store.admin.device('d-1')!.status).toBe('eroare');
    w.terminal().calls.length = 0;
    return { w, engine };
  }

  test('closes out who left meanwhile as soon as it answers again, without a run', async () => {
    const { w } = await down();
    w.change(LEAVER, { active: false });
    w.terminal().fault = () => null;
    await w.clock.advance(3_600_000);
    expect(w.store.admin.device('d-1')!.status).toBe('activ');
    expect(w.differences()).toEqual([]);
    expect(w.terminal().calls.map(({ operation }) => operation)).toEqual(['readIdentity', 'modifyPerson']);
  });

  test('is asked before a run may say that it is in step, although nothing is to be sent', async () => {
    const { w, engine } = await down();
    const before = lastSync(w);
    const dead = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(dead).toMatchObject({
      state: 'failed',
      legs: [{ state: 'stopped', reasonCode: 'device_unreachable', counters: { success: 3 } }],
    });
    expect(lastSync(w)).toBe(before);
    w.terminal().fault = () => null;
    const alive = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(alive.state).toBe('completed');
    expect(lastSync(w)).not.toBe(before);
  });
});

test('former leavers of whom nothing is known are looked at by thirties, not one by one', async () => {
  const { w, engine } = await synced(63);
  for (let nth = 0; nth < 60; nth += 1) w.change(FIRST_NUMBER + nth, { active: false });
  await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  // Another terminal was accepted at that address: nobody of ours is on it.
  for (const row of w.store.admin.tracking('d-1'))
    w.store.admin.putTracking({
      ...row,
      person: { state: 'unknown' },
      face: { state: 'unknown' },
      accessClosed: false,
      identified: false,
      status: 'pending',
    });
  const { memory } = w.store.admin.device('d-1')!;
  w.store.admin.putDevice({ deviceId: 'd-1', memory: { ...memory, inventoriedAtMs: null } });
  w.terminal().persons.clear();
  w.terminal().faces.clear();
  w.terminal().calls.length = 0;
  const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  expect(run.state).toBe('completed');
  expect(w.terminal().callsOf('searchPersons').length).toBeLessThanOrEqual(4);
  expect(w.differences()).toEqual([]);
  expect(w.lies()).toEqual([]);
});
