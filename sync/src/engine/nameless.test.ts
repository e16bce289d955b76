import { describe, expect, test } from 'vitest';
import { scopes } from './run/scopes.ts';
import { createWorld } from './testing/world.ts';

describe('an employee without a name', () => {
  test('has a line that says which columns to fill, nothing is sent, and the others go on', async () => {
    const w = createWorld({ employees: 3 });
    w.change(1001, { displayName: '' });
    const engine = w.startEngine();
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('a'));
    expect(run.state).toBe('partial');
    const lines = await w.lines(run.runId);
    expect(lines.map(({ employeeNo, status }) => [employeeNo, status])).toEqual([
      [1000, 'sincronizat'],
      [1001, 'eroare'],
      [1002, 'sincronizat'],
    ]);
    expect(lines[1]).toMatchObject({ person: 'failed', face: 'not_attempted' });
    expect(lines[1]!.error!.code).toBe('employee_name_missing');
    for (const column of ['nume', 'prenume', 'nume_complet'])
      expect(lines[1]!.error!.message).toMatch(new RegExp(`\\b${column}\\b`));
    expect([...w.terminal().persons.keys()]).toEqual(['1000', '1002']);
    expect(w.terminal().calls.filter(({ employeeNo }) => employeeNo === '1001')).toEqual([]);
    expect(w.store.admin.tracking('d-1').map(({ employeeNo }) => employeeNo)).toEqual([1000, 1002]);
    // It costs no call to say so again.
    const calls = w.terminal().calls.length;
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('a'));
    expect(w.terminal().calls).toHaveLength(calls);
  });

  test('stays on the terminal as before, and comes into step once there is a name', async () => {
    const w = createWorld({ employees: 2 });
    const engine = w.startEngine();
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('a'));
    const before = structuredClone(w.terminal().persons.get('1001'));
    w.change(1001, { displayName: ' ' });
    for (const mode of ['incremental', 'verify', 'full'] as const) {
      await w.clock.advance(60_000);
      const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('a', { mode }));
      expect([mode, run.state]).toEqual([mode, 'partial']);
      expect(w.terminal().persons.get('1001')).toEqual(before);
      expect(w.lies()).toEqual([]);
    }
    w.change(1001, { displayName: 'Alt Nume' });
    expect((await w.finish(engine, engine.syncAllEmployeesToAllDevices('a'))).state).toBe('completed');
    expect(w.differences()).toEqual([]);
  });

  test('whose name was blanked after the page was read is not sent either', async () => {
    const w = createWorld({ employees: 3 });
    const engine = w.startEngine();
    w.terminal().fault = (operation, employeeNo) => {
      if (operation === 'recordPerson' && employeeNo === '1000') w.change(1001, { displayName: '' });
      return null;
    };
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('a'));
    const lines = await w.lines(run.runId);
    expect(lines[1]!.error?.code).toBe('employee_name_missing');
    expect([...w.terminal().persons.keys()]).toEqual(['1000', '1002']);
    expect(w.lies()).toEqual([]);
  });

  test('is told by a dry run, and by a terminal that cannot go on', async () => {
    const w = createWorld({ employees: 3 });
    w.change(1001, { displayName: '' });
    const engine = w.startEngine();
    const dry = await w.finish(engine, engine.plan(scopes.allEmployeesToAllDevices(), 'a'));
    expect((await w.lines(dry.runId))[1]).toMatchObject({
      status: 'omis',
      error: { code: 'employee_name_missing' },
    });
    w.terminal().fault = () => ({ kind: 'silent' });
    const stopped = await w.finish(engine, engine.syncAllEmployeesToAllDevices('a'));
    expect((await w.lines(stopped.runId)).map(({ status }) => status)).toEqual([
      'neincercat',
      'eroare',
      'neincercat',
    ]);
  });

  test.each([scopes.employeeToAllDevices('e-1001'), scopes.photoOnlyToAllDevices('e-1001')])(
    'alone is refused at once: %#',
    async (scope) => {
      const w = createWorld({ employees: 2 });
      w.change(1001, { displayName: '' });
      const engine = w.startEngine();
      await expect(w.clock.run(engine.submit(scope, 'a'))).rejects.toMatchObject({
        code: 'employee_name_missing',
      });
    },
  );

  test('is not said to be somebody else under same-name', async () => {
    const w = createWorld({ employees: 2, options: { adoptPersons: 'same-name' } });
    w.change(1001, { displayName: '' });
    w.terminal().persons.set('1001', {
      employeeNo: '1001',
      name: 'Ana Pop',
      valid: { enable: true, beginTime: '2025-10-10T00:00:00', endTime: '2037-12-31T23:59:59' },
      doorRight: '1',
      planTemplateNo: '1',
    });
    const engine = w.startEngine();
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('a'));
    const lines = await w.lines(run.runId);
    expect(lines[1]!.error?.code).toBe('employee_name_missing');
    expect(w.store.admin.tracking('d-1').map(({ errorCode }) => errorCode)).toEqual([null]);
    w.change(1001, { displayName: 'Ana Pop' });
    expect((await w.finish(engine, engine.syncAllEmployeesToAllDevices('a'))).state).toBe('completed');
    expect(w.differences()).toEqual([]);
  });

  test.each(['disable', 'delete'] as const)(
    'who leaves is closed out all the same, under the name that is there: %s',
    async (leavers) => {
      const w = createWorld({ employees: 2, options: { leavers } });
      const engine = w.startEngine();
      await w.finish(engine, engine.syncAllEmployeesToAllDevices('a'));
      w.change(1001, { displayName: '', active: false });
      expect((await w.finish(engine, engine.syncAllEmployeesToAllDevices('a'))).state).toBe('completed');
      expect(w.differences()).toEqual([]);
      expect(w.terminal().persons.get('1001')?.name).toBe(leavers === 'delete' ? undefined : 'Nume 1001');
    },
  );
});
