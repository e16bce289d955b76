import { describe, expect, test } from 'vitest';
import type { Run } from '../model/run.ts';
import type { Engine } from './engine.ts';
import { anEmployee, createWorld, FIRST_NUMBER, type World, type WorldPlan } from './testing/world.ts';

const empty = (w: World): void => {
  w.terminal().persons.clear();
  w.terminal().faces.clear();
};

const remove = (w: World, employeeNo: number): void => {
  w.terminal().persons.delete(String(employeeNo));
  w.terminal().faces.delete(String(employeeNo));
};

/** Everybody in step; then `happens`, and what is counted begins after it. */
async function inStep(plan: WorldPlan, happens: (w: World) => void) {
  const w = createWorld(plan);
  const engine = w.startEngine();
  expect((await w.finish(engine, engine.syncAllEmployeesToAllDevices('a'))).state).toBe('completed');
  await w.clock.advance(60_000);
  happens(w);
  w.terminal().calls.length = 0;
  return { w, engine };
}

const syncAll = (w: World, engine: Engine, mode?: 'full' | 'verify'): Promise<Run> =>
  w.finish(engine, engine.syncAllEmployeesToAllDevices('a', mode === undefined ? {} : { mode }));

const lastSyncedAtMs = (w: World) => w.store.admin.device('d-1')!.memory.lastSyncedAtMs!;

const readings = (w: World): number =>
  w
    .terminal()
    .calls.filter(({ operation, employeeNo }) => operation === 'searchPersons' && employeeNo === null).length;

/** Every employee has one word in the run, and the counts say the same. */
async function wordsOf(w: World, run: Run) {
  const lines = await w.lines(run.runId);
  const [leg] = run.legs;
  const told = [...lines.map(({ employeeNo }) => employeeNo!), ...leg!.unchanged].toSorted((a, b) => a - b);
  expect(told).toEqual([...new Set(told)]);
  const { success, partial, skipped, failed, notAttempted } = leg!.counters;
  expect(success + partial + skipped + failed + notAttempted).toBe(told.length);
  return { lines, told };
}

describe('a terminal restored to factory state', () => {
  // The one that tells of it is the first, one in the middle, and the last of all.
  test.each([0, 9, 39])('is filled again by the run that hears of it: change of number %i', async (nth) => {
    const { w, engine } = await inStep({ employees: 40 }, (world) => {
      empty(world);
      world.change(FIRST_NUMBER + nth, { displayName: 'Alt Nume' });
    });
    const before = w.clock.now();
    const progress: { done: number; total: number }[] = [];
    engine.events.on('run.progress', (event) => progress.push(event));
    const run = await syncAll(w, engine);
    expect(w.differences()).toEqual([]);
    expect(w.lies()).toEqual([]);
    expect(run.state).toBe('completed');
    const { lines, told } = await wordsOf(w, run);
    expect(told).toHaveLength(40);
    expect(lines.filter(({ person, face }) => person === 'created' && face === 'set')).toHaveLength(40);
    expect(run.legs[0]!.counters.success).toBe(40);
    expect(progress.at(-1)).toMatchObject({ done: 40, total: 40 });
    expect(readings(w)).toBe(1);
    // Who it is, the sign, the list; a count is not needed; then what is missing.
    expect(w.terminal().calls.length).toBeLessThanOrEqual(3 + 2 * 40);
    expect(lastSyncedAtMs(w)).toBeGreaterThan(before);
    w.terminal().calls.length = 0;
    expect((await syncAll(w, engine)).state).toBe('completed');
    expect(w.terminal().calls).toEqual([]);
    expect(w.terminal().offences).toEqual([]);
  });

  test('is noticed by somebody new as well, before they are sent', async () => {
    const { w, engine } = await inStep({ employees: 40 }, (world) => {
      empty(world);
      world.store.admin.putEmployee(anEmployee(1040));
    });
    const run = await syncAll(w, engine);
    expect(run.state).toBe('completed');
    expect(w.differences()).toEqual([]);
    expect(w.lies()).toEqual([]);
    expect((await wordsOf(w, run)).told).toHaveLength(41);
    const { calls } = w.terminal();
    expect(calls.slice(0, 4).map(({ operation }) => operation)).toEqual([
      'readIdentity',
      'countPersons',
      'searchPersons',
      'recordPerson',
    ]);
    expect(calls.filter(({ operation }) => operation === 'countPersons')).toHaveLength(1);
    expect(w.terminal().offences).toEqual([]);
  });

  test('is noticed by a photo as well', async () => {
    const { w, engine } = await inStep({ employees: 5 }, (world) => {
      empty(world);
      world.change(1004, { photoUrl: 'https://photos.test/new.jpg' });
    });
    expect((await syncAll(w, engine)).state).toBe('completed');
    expect(w.differences()).toEqual([]);
  });

  test('in the middle of a full sync: those who had their turn come back', async () => {
    let calls = 0;
    const { w, engine } = await inStep({ employees: 40 }, (world) => {
      world.terminal().fault = () => {
        calls += 1;
        if (calls === 30) empty(world);
        return null;
      };
    });
    const run = await syncAll(w, engine, 'full');
    expect(run.state).toBe('completed');
    expect(w.differences()).toEqual([]);
    expect(w.lies()).toEqual([]);
    await wordsOf(w, run);
  });

  test('counts its room anew, and who had none before may have it now', async () => {
    const { w, engine } = await inStep({ employees: 10, quirks: { maxPersons: 30 } }, (world) => {
      empty(world);
      world.terminal().quirks.maxPersons = 6;
      const { memory } = world.store.admin.device('d-1')!;
      const capabilities = { ...memory.capabilities!, maxPersons: 6 };
      world.store.admin.putDevice({ deviceId: 'd-1', memory: { ...memory, capabilities } });
      world.change(1004, { displayName: 'Alt Nume' });
    });
    const run = await syncAll(w, engine);
    expect(run.state).toBe('partial');
    const { lines, told } = await wordsOf(w, run);
    expect(told).toHaveLength(10);
    expect(w.terminal().persons.size).toBe(6);
    expect(
      w
        .terminal()
        .callsOf('recordPerson')
        .every((call) => call.class === 'done'),
    ).toBe(true);
    expect(lines.filter(({ error }) => error?.code === 'device_persons_full')).toHaveLength(4);
  });

  test('and the daemon killed at any write: the next one ends the same', async () => {
    for (let dieAt = 1; dieAt < 60; dieAt += 1) {
      const { w, engine } = await inStep({ employees: 12 }, (world) => {
        empty(world);
        world.change(1005, { displayName: 'Alt Nume' });
      });
      await w.clock.run(engine.stop());
      let left = dieAt;
      const dead = () => new Promise<never>(() => undefined);
      const mortal = new Proxy(w.store, {
        get(target, key, receiver) {
          const value: unknown = Reflect.get(target, key, receiver);
          if (
            typeof value !== 'function' ||
            !['writeOutcomes', 'writeTracking', 'writeDevice'].includes(String(key))
          )
            return left < 0 && typeof value === 'function' ? dead : value;
          return (...given: unknown[]) => {
            left -= 1;
            return left < 0 ? dead() : (value as (...all: unknown[]) => unknown).apply(target, given);
          };
        },
      });
      const first = w.startEngine({ store: mortal });
      const { runId } = await w.clock.run(first.syncAllEmployeesToAllDevices('a'));
      await w.clock.advance(120_000);
      const second = w.startEngine();
      await w.clock.run(second.whenFinished(runId));
      const run = (await w.store.readRun(runId))!;
      expect([dieAt, run.state, w.differences(), w.lies()]).toEqual([dieAt, 'completed', [], []]);
      expect((await wordsOf(w, run)).told).toHaveLength(12);
      await w.clock.run(second.stop());
    }
  });
});

describe('one person deleted at the terminal', () => {
  test('is one reading of the list, once, then settled', async () => {
    const { w, engine } = await inStep({ employees: 70 }, (world) => {
      remove(world, 1005);
      world.change(1005, { displayName: 'Alt Nume' });
    });
    const run = await syncAll(w, engine);
    expect(run.state).toBe('completed');
    expect((await wordsOf(w, run)).lines).toHaveLength(1);
    expect(w.terminal().calls.map(({ operation }) => operation)).toEqual([
      ...['readIdentity', 'modifyPerson', 'recordPerson', 'addFace'],
      ...['searchPersons', 'searchPersons', 'searchPersons'],
    ]);
    expect((await syncAll(w, engine)).state).toBe('completed');
    expect(w.terminal().calls).toHaveLength(7);
  });

  test('who has left is no sign', async () => {
    const { w, engine } = await inStep({ employees: 5 }, (world) => {
      remove(world, 1002);
      world.change(1002, { active: false });
    });
    expect((await syncAll(w, engine)).state).toBe('completed');
    expect(readings(w)).toBe(0);
  });

  test('a list that is not to be relied on is read once in a leg', async () => {
    const { w, engine } = await inStep({ employees: 5 }, (world) => {
      for (const nth of [0, 1, 2, 3, 4]) world.change(FIRST_NUMBER + nth, { displayName: `Alt ${nth}` });
      // It lists everybody, and knows nobody of them when they are to be changed.
      world.terminal().fault = (operation) =>
        operation === 'modifyPerson' ? { kind: 'says', class: 'missing' } : null;
    });
    const run = await syncAll(w, engine);
    expect(run.state).toBe('partial');
    expect(readings(w)).toBe(1);
    expect(run.legs[0]!.reasonCode).toBe('device_people_gone');
    await wordsOf(w, run);
  });
});

describe('a run for one employee that hears of it', () => {
  test('leaves the rest to the next run of everybody, which reads first', async () => {
    const { w, engine } = await inStep({ employees: 40 }, (world) => {
      empty(world);
      world.change(1003, { displayName: 'Alt Nume' });
    });
    const before = lastSyncedAtMs(w);
    const single = await w.finish(engine, engine.syncEmployeeToDevice('e-1003', 'd-1', 'a'));
    expect(single.state).toBe('completed');
    expect(readings(w)).toBe(0);
    expect(lastSyncedAtMs(w)).toBe(before);
    expect(w.store.admin.device('d-1')!.memory.inventoriedAtMs).toBeNull();
    expect((await syncAll(w, engine)).state).toBe('completed');
    expect(readings(w)).toBe(1);
    expect(w.differences()).toEqual([]);
  });

  test('between two pairs of a run of everybody: that run reads, and looks again at those before', async () => {
    let single: Promise<{ runId: string }> | null = null;
    const { w, engine } = await inStep({ employees: 60 }, (world) => {
      for (let nth = 20; nth < 60; nth += 1) remove(world, FIRST_NUMBER + nth);
      for (const nth of [0, 1, 2, 3, 40]) world.change(FIRST_NUMBER + nth, { displayName: `Alt ${nth}` });
    });
    w.terminal().fault = (operation, employeeNo) => {
      if (operation === 'modifyPerson' && employeeNo === '1001')
        single ??= engine.syncEmployeeToDevice('e-1040', 'd-1', 'a');
      return null;
    };
    const run = await syncAll(w, engine);
    expect((await w.finish(engine, single!)).state).toBe('completed');
    expect(run.state).toBe('completed');
    expect(readings(w)).toBe(1);
    expect(w.differences()).toEqual([]);
    expect((await wordsOf(w, run)).told).toHaveLength(60);
  });
});

describe('a terminal without a search', () => {
  const blind = { employees: 6, quirks: { search: false } };

  test('says so with every run until everybody was sent again', async () => {
    const { w, engine } = await inStep(blind, (world) => {
      empty(world);
      world.change(1003, { displayName: 'Alt Nume' });
    });
    const before = lastSyncedAtMs(w);
    for (const nth of [1, 2]) {
      const run = await syncAll(w, engine);
      expect([nth, run.state, run.legs[0]!.reasonCode]).toEqual([nth, 'partial', 'device_people_gone']);
      expect(run.legs[0]!.reason).toContain('--full');
      expect(lastSyncedAtMs(w)).toBe(before);
      await wordsOf(w, run);
    }
    const full = await syncAll(w, engine, 'full');
    expect([full.state, full.legs[0]!.reason]).toEqual(['completed', null]);
    expect(w.differences()).toEqual([]);
    expect(lastSyncedAtMs(w)).toBeGreaterThan(before);
    w.terminal().calls.length = 0;
    expect((await syncAll(w, engine)).state).toBe('completed');
    expect(w.terminal().calls).toEqual([]);
  });

  test('is not said to have lost anybody at first contact, whoever was synced alone before', async () => {
    const w = createWorld(blind);
    const engine = w.startEngine();
    await w.finish(engine, engine.syncEmployeeToDevice('e-1000', 'd-1', 'a'));
    expect((await syncAll(w, engine)).state).toBe('completed');
  });
});
