import { describe, expect, test } from 'vitest';
import type { EngineOptions } from './options.ts';
import { scopes } from './run/scopes.ts';
import { createMortal } from './testing/mortal.ts';
import { createWorld, FIRST_NUMBER, type World } from './testing/world.ts';

async function synced(options: Partial<EngineOptions> = {}, employees = 3) {
  const w = createWorld({ employees, options });
  const engine = w.startEngine();
  await w.finish(engine, engine.syncAllEmployeesToAllDevices('before'));
  w.terminal().calls.length = 0;
  return { w, engine };
}

describe('somebody who left', () => {
  test('is closed out before all other work, even by a run for one employee, and stays closed', async () => {
    const { w, engine } = await synced();
    w.change(FIRST_NUMBER + 2, { active: false });
    w.change(FIRST_NUMBER, { displayName: 'Alt Nume' });
    await w.finish(engine, engine.syncEmployeeToDevice('e-1000', 'd-1', 'x'));
    expect(w.terminal().calls.map(({ operation, employeeNo }) => `${operation} ${employeeNo ?? ''}`)).toEqual(
      ['readIdentity ', 'modifyPerson 1002', 'modifyPerson 1000'],
    );
    expect(w.terminal().persons.get('1002')!.valid.enable).toBe(false);
    expect(w.terminal().faces.has('1002')).toBe(true);
    expect(w.store.admin.tracking('d-1')[2]).toMatchObject({ accessClosed: true, status: 'sincronizat' });
    w.terminal().calls.length = 0;
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x', { mode: 'full' }));
    expect(w.terminal().calls.some(({ employeeNo }) => employeeNo === '1002')).toBe(false);
    expect(w.lies()).toEqual([]);
  });

  test('and is closed out already costs a run for that employee no call: it is skipped', async () => {
    const { w, engine } = await synced();
    w.change(FIRST_NUMBER + 2, { active: false });
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    w.terminal().calls.length = 0;
    // Asked for while still employed, or through another daemon.
    const counts = { employeesInScope: 1, employeesWithoutNumber: 0 };
    const submitted = w.store.createRun(scopes.employeeToAllDevices('e-1002'), 'x', ['d-1'], counts);
    const run = await w.finish(engine, submitted);
    expect(await w.lines(run.runId)).toMatchObject([{ employeeNo: 1002, person: 'skipped' }]);
    expect(w.terminal().calls).toEqual([]);
    expect(w.store.admin.tracking('d-1')[2]).toMatchObject({ accessClosed: true, status: 'sincronizat' });
  });

  test('appears in the bulk run that closed the access, with the reason', async () => {
    const { w, engine } = await synced();
    w.change(FIRST_NUMBER + 2, { active: false });
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(await w.lines(run.runId)).toMatchObject([
      { employeeNo: 1002, status: 'sincronizat', person: 'updated', reasons: ['leaver'], error: null },
    ]);
    expect(run.state).toBe('completed');
  });

  test('stays owed until the device confirms it', async () => {
    const { w, engine } = await synced();
    w.change(FIRST_NUMBER + 2, { active: false });
    w.terminal().fault = (operation) =>
      operation === 'modifyPerson' ? { kind: 'says', class: 'item' } : null;
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(run.state).toBe('partial');
    expect(w.terminal().callsOf('modifyPerson')).toHaveLength(1);
    expect(w.store.admin.tracking('d-1')[2]).toMatchObject({ accessClosed: false, status: 'eroare' });
    w.terminal().fault = () => null;
    await w.finish(engine, engine.syncEmployeeToDevice('e-1000', 'd-1', 'x'));
    expect(w.terminal().persons.get('1002')!.valid.enable).toBe(false);
  });

  test.each([
    ['swallowed', ['modifyPerson', 'searchPersons', 'modifyPerson']],
    ['lost', ['modifyPerson', 'searchPersons']],
  ] as const)(
    'is not taken for closed out when the answer to it was %s: looked at first',
    async (kind, calls) => {
      const { w, engine } = await synced();
      w.change(FIRST_NUMBER + 2, { active: false });
      let left = 1;
      w.terminal().fault = (operation) =>
        operation === 'modifyPerson' && (left -= 1) === 0 ? { kind } : null;
      const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
      expect(run.state).toBe('completed');
      const about = w.terminal().calls.filter(({ employeeNo }) => employeeNo === '1002');
      expect(about.map(({ operation }) => operation)).toEqual(calls);
      expect(w.terminal().persons.get('1002')!.valid.enable).toBe(false);
      expect(w.lies()).toEqual([]);
    },
  );

  test('and came back: let in again, whatever UPDATE_EXISTING says', async () => {
    const { w, engine } = await synced({ updateExisting: false });
    w.change(FIRST_NUMBER + 2, { active: false });
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    w.change(FIRST_NUMBER + 2, { active: true });
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(await w.lines(run.runId)).toMatchObject([{ employeeNo: 1002, reasons: ['active again'] }]);
    expect(w.differences()).toEqual([]);
    expect(w.lies()).toEqual([]);
  });

  test('with the row deleted from the database too: closed, and the name on the device kept', async () => {
    const { w, engine } = await synced();
    w.store.admin.removeEmployee('e-1002');
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(w.terminal().persons.get('1002')).toMatchObject({ name: 'Nume 1002', valid: { enable: false } });
  });

  test('is deleted with LEAVERS=delete', async () => {
    const { w, engine } = await synced({ leavers: 'delete' });
    w.change(FIRST_NUMBER + 2, { active: false });
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect([...w.terminal().persons.keys()]).toEqual(['1000', '1001']);
    expect(w.store.admin.tracking('d-1')[2]).toMatchObject({
      person: { state: 'absent' },
      face: { state: 'absent' },
    });
  });

  test('is left alone with LEAVERS=ignore', async () => {
    const { w, engine } = await synced({ leavers: 'ignore' });
    w.change(FIRST_NUMBER + 2, { active: false });
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(w.terminal().calls).toEqual([]);
  });

  test('while the run was on its way to them is not let in', async () => {
    const w = createWorld({ employees: 10 });
    const engine = w.startEngine();
    const run = engine.syncAllEmployeesToAllDevices('x');
    await w.clock.advance(6000);
    w.change(FIRST_NUMBER + 9, { active: false });
    const ended = await w.finish(engine, run);
    expect(w.terminal().persons.has('1009')).toBe(false);
    const lines = await w.lines(ended.runId);
    expect(lines.find(({ employeeNo }) => employeeNo === 1009)).toMatchObject({
      status: 'sincronizat',
      person: 'unchanged',
      reasons: ['leaver'],
    });
  });

  test('and was known to the device only: found by the inventory and closed before anybody is added', async () => {
    const w = createWorld({ employees: 3 });
    const { persons, calls } = w.terminal();
    persons.set('1001', {
      employeeNo: '1001',
      name: 'Nume 1001',
      valid: { enable: true, beginTime: '2025-10-10T00:00:00', endTime: '2037-12-31T23:59:59' },
      doorRight: '1',
      planTemplateNo: '1',
    });
    w.change(FIRST_NUMBER + 1, { active: false });
    const engine = w.startEngine();
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    const changes = calls.filter(({ person }) => person !== null);
    expect(changes.map(({ operation, employeeNo }) => `${operation} ${employeeNo ?? ''}`)).toEqual([
      'modifyPerson 1001',
      'recordPerson 1000',
      'recordPerson 1002',
    ]);
    expect(w.differences()).toEqual([]);
  });
});

describe('the daemon dies right after the terminal has changed, and before anything is written down', () => {
  /** Gives back a world whose engine died in that moment. */
  async function dyingAt(operation: 'modifyPerson' | 'recordPerson', employeeNo: string): Promise<World> {
    const w = createWorld({ employees: 3 });
    const before = w.startEngine();
    if (operation === 'modifyPerson') {
      await w.finish(before, before.syncAllEmployeesToAllDevices('x'));
      w.change(Number(employeeNo), { active: false });
    }
    await w.clock.run(before.stop());
    const mortal = createMortal(w);
    w.terminal().fault = (op, no) => {
      if (op === operation && no === employeeNo) mortal.kill();
      return null;
    };
    const dying = w.startEngine(mortal);
    await w.clock.run(dying.syncAllEmployeesToAllDevices('x'));
    for (let nth = 0; nth < 600 && !mortal.dead; nth += 1) await w.clock.advance(1000);
    expect(mortal.dead).toBe(true);
    w.terminal().fault = () => null;
    await w.clock.advance(60_000);
    return w;
  }

  test('closed out and hired again at that moment: let in again, although the row never told of the closing', async () => {
    const w = await dyingAt('modifyPerson', '1001');
    expect(w.terminal().persons.get('1001')!.valid.enable).toBe(false);
    w.change(1001, { active: true });
    const engine = w.startEngine();
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(w.differences()).toEqual([]);
    expect(w.lies()).toEqual([]);
  });

  test.each(['leaves', 'is deleted'] as const)('created, and %s at that moment: closed out', async (what) => {
    const w = await dyingAt('recordPerson', '1001');
    expect(w.terminal().persons.has('1001')).toBe(true);
    if (what === 'leaves') w.change(1001, { active: false });
    else w.store.admin.removeEmployee('e-1001');
    const engine = w.startEngine();
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(w.terminal().persons.get('1001')!.valid.enable).toBe(false);
    expect(w.lies()).toEqual([]);
  });
});
