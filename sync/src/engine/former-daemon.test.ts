import { describe, expect, test } from 'vitest';
import { createMortal } from './testing/mortal.ts';
import { createWorld, type World } from './testing/world.ts';

/**
 * Rows as a daemon of the former version leaves them: confirmed, and not saying that the person is ours. Nobody may be
 * taken for a stranger because of that, and no leaver stay open.
 */
async function inherited(leavers: 'disable' | 'ignore' = 'disable'): Promise<World> {
  const w = createWorld({ employees: 2, options: { adoptPersons: 'same-name', leavers } });
  const engine = w.startEngine();
  await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  await w.clock.run(engine.stop());
  w.store.admin.putTracking({ ...rowOf(w), identified: false });
  await w.clock.advance(1000);
  return w;
}
const rowOf = (w: World) => w.store.admin.tracking('d-1').find(({ employeeNo }) => employeeNo === 1001)!;
const personOf = (w: World) => w.terminal().persons.get('1001');

/** A daemon dies while it changes the person, before the terminal has heard of it. */
async function dieChanging(w: World): Promise<void> {
  const mortal = createMortal(w);
  w.terminal().fault = (operation, employeeNo) => {
    if (operation !== 'modifyPerson' || employeeNo !== '1001') return null;
    mortal.kill();
    return { kind: 'swallowed' };
  };
  const dying = w.startEngine(mortal);
  await w.clock.run(dying.syncAllEmployeesToAllDevices('x'));
  for (let nth = 0; nth < 600 && !mortal.dead; nth += 1) await w.clock.advance(1000);
  expect(mortal.dead).toBe(true);
  w.terminal().fault = () => null;
  await w.clock.advance(60_000);
  expect(rowOf(w)).toMatchObject({ person: { state: 'unknown' }, identified: true });
}

async function expectClosed(w: World): Promise<void> {
  const engine = w.startEngine();
  await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  expect(personOf(w)).toMatchObject({ name: 'Nume 1001', valid: { enable: false } });
  expect(rowOf(w)).toMatchObject({ accessClosed: true, errorCode: null });
  await w.clock.run(engine.stop());
}

describe('somebody whom a former daemon confirmed, under ADOPT_PERSONS=same-name', () => {
  test('renamed by a daemon that dies at it, then left: closed out', async () => {
    const w = await inherited();
    w.change(1001, { displayName: 'Alt Nume' });
    await dieChanging(w);
    w.change(1001, { active: false });
    await expectClosed(w);
  });

  test('closed out by a daemon that dies at it, and deleted from the database: closed out by the next', async () => {
    const w = await inherited();
    w.change(1001, { active: false });
    await dieChanging(w);
    w.store.admin.removeEmployee('e-1001');
    await expectClosed(w);
  });

  test('renamed here, and at the terminal meanwhile: ours after a lost answer too', async () => {
    const w = await inherited();
    w.change(1001, { displayName: 'Alt Nume' });
    w.terminal().persons.set('1001', { ...personOf(w)!, name: 'Tastat' });
    let swallowed = 0;
    w.terminal().fault = (operation, employeeNo) =>
      operation === 'modifyPerson' && employeeNo === '1001' && (swallowed += 1) === 1
        ? { kind: 'swallowed' }
        : null;
    const engine = w.startEngine();
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(swallowed).toBeGreaterThan(1);
    expect(run.state).toBe('completed');
    expect(w.differences()).toEqual([]);
    await w.clock.run(engine.stop());
  });

  test('not shown by the list of the terminal any more, and left: still known as ours', async () => {
    const w = await inherited('ignore');
    w.change(1001, { active: false });
    w.terminal().persons.delete('1001');
    w.terminal().faces.delete('1001');
    const engine = w.startEngine();
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x', { mode: 'verify' }));
    expect(rowOf(w)).toMatchObject({ person: { state: 'unknown' }, identified: true });
    await w.clock.run(engine.stop());
  });
});
