import { describe, expect, test } from 'vitest';
import { createMortal } from './testing/mortal.ts';
import { anEmployee, createWorld, photoOf, type World } from './testing/world.ts';
import type { EngineOptions } from './options.ts';
import { scopes } from './run/scopes.ts';

const options: Partial<EngineOptions> = { pauseMs: 100, callTimeoutMs: 1000, leaseTtlMs: 4000, pollMs: 500 };

/** One terminal with everything that makes a difference: somebody new, renamed, with a new photo, typed in, and gone. */
async function prepare(): Promise<World> {
  const world = createWorld({ employees: 5, options });
  const engine = world.startEngine();
  await world.finish(engine, engine.syncAllEmployeesToAllDevices('before'));
  await world.clock.run(engine.stop());
  world.change(1000, { displayName: 'Alt Nume' });
  world.change(1001, { photoUrl: photoOf(77) });
  world.change(1002, { active: false });
  world.store.admin.putEmployee(anEmployee(1005));
  world.store.admin.putEmployee(anEmployee(1006));
  const { persons, faces } = world.terminal();
  persons.set('1006', { ...persons.get('1000')!, employeeNo: '1006', name: 'Tastat De Mana' });
  faces.set('1006', 'https://elsewhere.test/x.jpg');
  world.terminal().calls.length = 0;
  return world;
}

/** Kills the first engine at a passage, lets a second one end the run. Gives back whether the first one died at all. */
async function killAt(dieAt: number, mode: 'incremental' | 'verify' | 'full'): Promise<boolean> {
  const world = await prepare();
  const { store, clock } = world;
  const scope = scopes.allEmployeesToAllDevices({ mode });
  const counts = { employeesInScope: 6, employeesWithoutNumber: 0 };
  const { runId } = await store.createRun(scope, 'test', ['d-1'], counts);
  let died: () => void = () => undefined;
  const death = new Promise<void>((resolve) => (died = resolve));
  const mortal = createMortal(world, dieAt, died);
  const first = world.startEngine({ store: mortal.store, clock: mortal.clock, clientFor: mortal.clientFor });
  await clock.run(Promise.race([death, first.whenFinished(runId).catch(() => undefined)]));
  const second = world.startEngine();
  await clock.run(second.whenFinished(runId));
  await clock.run(second.stop());

  const story = `killed at passage ${dieAt} of a run in mode ${mode}`;
  const run = await store.readRun(runId);
  expect(run?.state, story).toBe('completed');
  expect(world.differences(), story).toEqual([]);
  expect(world.lies(), story).toEqual([]);
  expect(world.terminal().offences, story).toEqual([]);
  const lines = await world.lines(runId);
  const told = [...lines.map(({ employeeNo }) => employeeNo), ...(run?.legs[0]?.unchanged ?? [])];
  // Everybody once; the leaver too, whose access was closed.
  expect(told.sort(), story).toEqual([1000, 1001, 1002, 1003, 1004, 1005, 1006]);
  expect(
    lines.every(({ error }) => error === null),
    story,
  ).toBe(true);
  const rows = store.admin.tracking('d-1');
  expect(
    rows.every(({ status }) => status === 'sincronizat'),
    story,
  ).toBe(true);
  const writes = world.terminal().calls.filter(({ person }) => person?.employeeNo === '1002');
  expect(
    writes.every(({ person }) => !person!.valid.enable),
    story,
  ).toBe(true);
  return mortal.dead;
}

describe('killed at every passage: before and after each call and each write', () => {
  test.each(['incremental', 'verify', 'full'] as const)(
    'a run in mode %s ends the same',
    async (mode) => {
      let passages = 0;
      while (await killAt(passages + 1, mode)) passages += 1;
      // A run has dozens of them: the loop really went through.
      expect(passages).toBeGreaterThan(50);
    },
    60_000,
  );
});
