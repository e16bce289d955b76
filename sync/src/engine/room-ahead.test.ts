import { describe, expect, test } from 'vitest';
import { scopes } from './scopes.ts';
import { anEmployee, createWorld, type World } from './testing/world.ts';

const MAX_PERSONS = 30;

/** Ten on a terminal that holds thirty, and a stranger; then `more` are hired. */
async function nearlyFull(more: number) {
  const w = createWorld({ employees: 10, quirks: { maxPersons: MAX_PERSONS } });
  const engine = w.startEngine();
  await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  const { persons, calls } = w.terminal();
  persons.set('7', { ...persons.get('1000')!, employeeNo: '7' });
  for (let nth = 0; nth < more; nth += 1) w.store.admin.putEmployee(anEmployee(2000 + nth));
  calls.length = 0;
  return { w, engine };
}

/** Who has a line in the last run. */
async function numbersTold(w: World) {
  const [run] = await w.store.listRuns(null, 1);
  return (await w.lines(run!.runId)).map(({ employeeNo }) => employeeNo);
}

describe('more people than the terminal holds', () => {
  test('are told one by one before the first new one is sent', async () => {
    const { w, engine } = await nearlyFull(60);
    const atFirstWrite: Promise<(number | null)[]>[] = [];
    w.terminal().fault = (operation) => {
      if (operation === 'recordPerson') atFirstWrite.push(numbersTold(w));
      return null;
    };
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    // Nineteen places.
    const tooMany = Array.from({ length: 41 }, (_, nth) => 2019 + nth);
    expect(await atFirstWrite[0]).toEqual(tooMany);
    const lines = await w.lines(run.runId);
    expect(lines.filter(({ status }) => status === 'eroare').map(({ employeeNo }) => employeeNo)).toEqual(
      tooMany,
    );
    expect(lines.at(-1)).toMatchObject({ error: { code: 'device_persons_full' } });
    expect(lines.at(-1)!.reasons).toContain('no room');
    expect(run).toMatchObject({ state: 'partial', legs: [{ counters: { success: 29, failed: 41 } }] });
    expect(w.terminal().persons.size).toBe(MAX_PERSONS);
    expect(w.terminal().callsOf('countPersons')).toHaveLength(1);
    expect(w.terminal().callsOf('recordPerson')).toHaveLength(19);
  });

  test('a place that becomes free is taken, and the run is as good as it ends', async () => {
    const { w, engine } = await nearlyFull(20);
    w.terminal().fault = (operation, employeeNo) => {
      if (operation === 'recordPerson' && employeeNo === '2000') w.change(2018, { active: false });
      return null;
    };
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(await w.lines(run.runId)).toHaveLength(19);
    expect(w.terminal().persons.has('2019')).toBe(true);
    expect(run.state).toBe('completed');
  });

  test('are told by a dry run, without a call', async () => {
    const { w, engine } = await nearlyFull(25);
    const run = await w.finish(engine, engine.plan(scopes.allEmployeesToAllDevices(), 'x'));
    const lines = await w.lines(run.runId);
    const full = lines.filter(({ reasons }) => reasons.includes('no room'));
    // As far as is known: the stranger at the terminal is not.
    expect(full.map(({ employeeNo }) => employeeNo)).toEqual([2020, 2021, 2022, 2023, 2024]);
    expect(full[0]).toMatchObject({ status: 'omis', error: { code: 'device_persons_full' } });
    expect(w.terminal().calls).toEqual([]);
  });
});

test('where everybody fits nothing more is asked than how many are there', async () => {
  const { w, engine } = await nearlyFull(5);
  expect((await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'))).state).toBe('completed');
  expect(w.terminal().callsOf('countPersons')).toHaveLength(1);
});
