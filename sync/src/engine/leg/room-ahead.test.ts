import { describe, expect, test, vi } from 'vitest';
import type { EngineOptions } from '../options.ts';
import { scopes } from '../run/scopes.ts';
import { createMortal } from '../testing/mortal.ts';
import { anEmployee, createWorld, type World } from '../testing/world.ts';

const MAX_PERSONS = 30;

/** Ten on a terminal that holds thirty, and a stranger; then `more` are hired. */
async function nearlyFull(more: number, options: Partial<EngineOptions> = {}) {
  const w = createWorld({ employees: 10, quirks: { maxPersons: MAX_PERSONS }, options });
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
    // As far as is known: the stranger came after the list was read.
    expect(full.map(({ employeeNo }) => employeeNo)).toEqual([2020, 2021, 2022, 2023, 2024]);
    expect(full[0]).toMatchObject({ status: 'omis', error: { code: 'device_persons_full' } });
    expect(lines.flatMap(({ reasons }) => reasons).filter((one) => one.includes('not counted'))).toEqual([]);
    expect(w.terminal().calls).toEqual([]);
  });

  test('are told by a dry run with the strangers and the conflicts that the list showed', async () => {
    const { w, engine } = await nearlyFull(0, { adoptPersons: 'same-name' });
    const { persons, calls } = w.terminal();
    w.store.admin.putEmployee(anEmployee(1500));
    persons.set('1500', { ...persons.get('1000')!, employeeNo: '1500', name: 'Altcineva' });
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x', { mode: 'verify' }));
    expect(w.store.admin.device('d-1')!.memory.strangers).toBe(1);
    calls.length = 0;
    for (let nth = 0; nth < 25; nth += 1) w.store.admin.putEmployee(anEmployee(2000 + nth));
    const run = await w.finish(engine, engine.plan(scopes.allEmployeesToAllDevices(), 'x'));
    const full = (await w.lines(run.runId)).filter(({ reasons }) => reasons.includes('no room'));
    expect(full.map(({ employeeNo }) => employeeNo)).toEqual([2018, 2019, 2020, 2021, 2022, 2023, 2024]);
    expect(calls).toEqual([]);
  });

  test('are told by a dry run that cannot know of strangers with that word', async () => {
    const { w, engine } = await nearlyFull(21);
    const { memory } = w.store.admin.device('d-1')!;
    w.store.admin.putDevice({ deviceId: 'd-1', memory: { ...memory, strangers: null } });
    const run = await w.finish(engine, engine.plan(scopes.allEmployeesToAllDevices(), 'x'));
    const lines = await w.lines(run.runId);
    expect(lines[0]!.reasons).toContain('people at the terminal who are not ours are not counted');
    expect(lines.filter(({ reasons }) => reasons.includes('no room'))).toHaveLength(1);
  });
});

describe('somebody told ahead that there is no room', () => {
  /** Twenty-two new ones for nineteen places: 2019, 2020 and 2021 are told. `deed` comes at the first new one. */
  async function meanwhile(deed: (w: World) => void) {
    const { w, engine } = await nearlyFull(22);
    w.terminal().fault = (operation, employeeNo) => {
      if (operation === 'recordPerson' && employeeNo === '2000') deed(w);
      return null;
    };
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    const lines = await w.lines(run.runId);
    return { run, lines: lines.filter(({ employeeNo }) => employeeNo! >= 2019) };
  }

  test.each([
    [
      'leaves',
      (w: World) => {
        [2019, 2020, 2021].forEach((no) => {
          w.change(no, { active: false });
        });
      },
    ],
    [
      'is deleted',
      (w: World) => {
        [2019, 2020, 2021].forEach((no) => {
          w.store.admin.removeEmployee(`e-${no}`);
        });
      },
    ],
    [
      'loses their number',
      (w: World) => {
        [2019, 2020, 2021].forEach((no) => {
          w.change(no, { employeeNo: null, biometricsId: null });
        });
      },
    ],
  ])('and %s before their turn is skipped, and the run is as good as it ends', async (_, deed) => {
    const { run, lines } = await meanwhile(deed);
    expect(lines).toMatchObject([2019, 2020, 2021].map((employeeNo) => ({ employeeNo, status: 'omis' })));
    expect(lines[0]).toMatchObject({ reasons: ['no longer active'], error: null });
    expect(run).toMatchObject({
      state: 'completed',
      legs: [{ state: 'ok', counters: { success: 29, skipped: 3, failed: 0 } }],
    });
  });

  test('is skipped in the middle of the order too, and the others keep their line', async () => {
    const { run, lines } = await meanwhile((w) => {
      w.change(2020, { active: false });
    });
    expect(lines.map(({ status }) => status)).toEqual(['eroare', 'omis', 'eroare']);
    expect(run).toMatchObject({ state: 'partial', legs: [{ counters: { failed: 2, skipped: 1 } }] });
  });

  test('and brought in step by another run meanwhile is in step', async () => {
    const { w, engine } = await nearlyFull(22);
    const done: number[] = [];
    engine.events.on('run.progress', (progress) => done.push(progress.done));
    w.terminal().fault = (operation, employeeNo) => {
      if (operation !== 'recordPerson') return null;
      // Three places become free, and somebody asks for 2021 alone.
      if (employeeNo === '2000') for (const no of [2016, 2017, 2018]) w.change(no, { active: false });
      if (employeeNo === '2001') void engine.syncEmployeeToDevice('e-2021', 'd-1', 'x');
      return null;
    };
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    const lines = await w.lines(run.runId);
    expect(lines.find(({ employeeNo }) => employeeNo === 2021)).toMatchObject({
      employeeId: 'e-2021',
      status: 'sincronizat',
      person: 'unchanged',
    });
    expect(run).toMatchObject({
      state: 'completed',
      legs: [{ state: 'ok', counters: { success: 29, failed: 0 } }],
    });
    expect(done.at(-1)).toBe(lines.length + run.legs[0]!.unchanged.length);
  });

  test('and left before the run is cancelled is skipped; who is still waiting was not attempted', async () => {
    const { w, engine } = await nearlyFull(22);
    let runId = '';
    w.terminal().fault = (operation, employeeNo) => {
      if (operation !== 'recordPerson' || employeeNo !== '2000') return null;
      w.change(2021, { active: false });
      void engine.cancel(runId);
      return null;
    };
    const submitted = engine.syncAllEmployeesToAllDevices('x');
    void submitted.then((run) => {
      ({ runId } = run);
    });
    await w.finish(engine, submitted);
    const told = (await w.lines(runId)).slice(-3).map(({ employeeNo, status }) => [employeeNo, status]);
    expect(told).toEqual([
      [2019, 'neincercat'],
      [2020, 'neincercat'],
      [2021, 'omis'],
    ]);
  });

  test('and left before their turn is skipped at their turn: the next daemon looks no further back', async () => {
    const { w, engine } = await nearlyFull(0);
    for (const no of [3000, 3001]) {
      w.store.admin.putEmployee(anEmployee(no));
      await w.finish(engine, engine.syncEmployeeToDevice(`e-${no}`, 'd-1', 'x'));
    }
    await w.clock.run(engine.stop());
    for (let nth = 0; nth < 19; nth += 1) w.store.admin.putEmployee(anEmployee(2000 + nth));
    for (const no of [3000, 3001]) w.change(no, { displayName: 'Alt Nume' });
    const mortal = createMortal(w);
    w.terminal().fault = (operation, employeeNo) => {
      if (employeeNo === '2000') for (const no of [2017, 2018]) w.change(no, { active: false });
      if (operation === 'modifyPerson' && employeeNo === '3001') mortal.kill();
      return null;
    };
    const dying = w.startEngine(mortal);
    const { runId } = await w.clock.run(dying.syncAllEmployeesToAllDevices('x'));
    for (let nth = 0; nth < 600 && !mortal.dead; nth += 1) await w.clock.advance(1000);
    w.terminal().fault = () => null;
    const run = await w.finish(w.startEngine(), Promise.resolve({ runId }));
    expect(run).toMatchObject({ state: 'completed', legs: [{ counters: { failed: 0, skipped: 2 } }] });
  });

  test('and left has that word in the same write that passes their number: a death cannot come between', async () => {
    const { w, engine } = await nearlyFull(0);
    w.store.admin.putEmployee(anEmployee(3000));
    await w.finish(engine, engine.syncEmployeeToDevice('e-3000', 'd-1', 'x'));
    for (let nth = 0; nth < 20; nth += 1) w.store.admin.putEmployee(anEmployee(2000 + nth));
    w.change(3000, { displayName: 'Alt Nume' });
    w.terminal().fault = (operation, employeeNo) => {
      if (operation === 'recordPerson' && employeeNo === '2000')
        for (const no of [2018, 2019]) w.change(no, { active: false });
      return null;
    };
    const writes = vi.spyOn(w.store, 'writeOutcomes');
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    const passing = writes.mock.calls.find(([, , progress]) =>
      progress.some(({ cursorEmployeeNo }) => (cursorEmployeeNo ?? 0) > 2019),
    );
    expect(passing?.[1].map(({ line }) => [line.employeeNo, line.status])).toContainEqual([2019, 'omis']);
  });

  test('by a daemon that was killed is told the truth by the next one', async () => {
    const { w, engine } = await nearlyFull(22);
    await w.clock.run(engine.stop());
    const mortal = createMortal(w);
    w.terminal().fault = (operation, employeeNo) => {
      if (operation === 'recordPerson' && employeeNo === '2002') mortal.kill();
      return null;
    };
    const dying = w.startEngine(mortal);
    const { runId } = await w.clock.run(dying.syncAllEmployeesToAllDevices('x'));
    for (let nth = 0; nth < 600 && !mortal.dead; nth += 1) await w.clock.advance(1000);
    expect(await numbersTold(w)).toContain(2021);
    // One place becomes free, and two of three go.
    for (const no of [2005, 2020, 2021]) w.change(no, { active: false });
    const next = w.startEngine();
    const done: number[] = [];
    next.events.on('run.progress', (progress) => done.push(progress.done));
    const run = await w.finish(next, Promise.resolve({ runId }));
    expect((await w.lines(runId)).filter(({ status }) => status === 'eroare')).toEqual([]);
    expect(run).toMatchObject({
      state: 'completed',
      legs: [{ state: 'ok', counters: { failed: 0, notAttempted: 0 } }],
    });
    expect(w.store.admin.device('d-1')!.memory.lastSyncedAtMs).toBeGreaterThan(0);
    expect(done.at(-1)).toBe(run.legs[0]!.counters.success + run.legs[0]!.counters.skipped);
  });
});

test('where everybody fits nothing more is asked than how many are there', async () => {
  const { w, engine } = await nearlyFull(5);
  expect((await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'))).state).toBe('completed');
  expect(w.terminal().callsOf('countPersons')).toHaveLength(1);
});
