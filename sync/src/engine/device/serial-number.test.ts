import { describe, expect, test } from 'vitest';
import type { Engine } from '../engine.ts';
import { createWorld, type World } from '../testing/world.ts';

/** Rows 1 and 2 both lead to terminal 1. */
function oneTerminalTwice(): { w: World; engine: Engine } {
  const w = createWorld({ employees: 3, devices: 2 });
  w.terminals.set('d-2', w.terminal(1));
  return { w, engine: w.startEngine() };
}

const row = (w: World, nth: number) => w.store.admin.device(`d-${nth}`)!;
const legOf = async (w: World, engine: Engine, id: string) => {
  const run = await w.finish(engine, engine.syncAllEmployeesToDevice(id, 'x'));
  return run.legs[0]!;
};
/** Both rows meet the terminal in one run. */
async function both(w: World, engine: Engine) {
  const { legs } = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  const [winner, ...others] = legs.filter(({ state }) => state === 'ok');
  expect(others).toEqual([]);
  const loser = legs.find((leg) => leg !== winner)!;
  return { winner: winner!.deviceId, loser: loser.deviceId, legs };
}
/** Who it is has to be asked, and two may ask at once; nothing else may. */
const offences = (w: World) =>
  w.terminal().offences.filter((what) => !/before readIdentity|at once: readIdentity/.test(what));

describe('one terminal under two rows', () => {
  test('met by both at the same moment belongs to one of them; the other is stopped and told of it', async () => {
    const { w, engine } = oneTerminalTwice();
    const { winner, loser, legs } = await both(w, engine);
    expect(legs.find(({ deviceId }) => deviceId === loser)).toMatchObject({
      state: 'stopped',
      reasonCode: 'serial_taken',
      reason: expect.stringContaining(`(${winner})`) as string,
    });
    expect(w.store.admin.device(loser)).toMatchObject({ status: 'eroare', memory: { serialNumber: null } });
    expect(w.store.admin.tracking(loser)).toEqual([]);
    expect(offences(w)).toEqual([]);
  });

  test('comes right when people take the other out of use', async () => {
    const { w, engine } = oneTerminalTwice();
    const { winner, loser } = await both(w, engine);
    const { memory } = w.store.admin.device(winner)!;
    w.store.admin.putDevice({ deviceId: winner, status: 'inactiv', memory });
    // As if the terminal was moved: the row of before is inactiv.
    expect(await legOf(w, engine, loser)).toMatchObject({ state: 'ok' });
    expect(w.store.admin.device(loser)).toMatchObject({
      status: 'activ',
      memory: { serialNumber: 'DS-1', lastErrorCode: null },
    });
  });

  test('known to both, from before: whoever was in service last goes on, and the other is not even called', async () => {
    const { w, engine } = oneTerminalTwice();
    const { winner, loser } = await both(w, engine);
    const { memory } = w.store.admin.device(winner)!;
    const later = { ...memory, lastSyncedAtMs: (memory.lastSyncedAtMs ?? 0) + 1 };
    w.store.admin.putDevice({ deviceId: loser, status: 'activ', memory: later });
    w.change(1000, { displayName: 'Alt Nume' });
    const before = w.terminal().calls.length;
    expect(await legOf(w, engine, winner)).toMatchObject({ state: 'stopped', reasonCode: 'serial_taken' });
    expect(w.terminal().calls).toHaveLength(before);
    expect(await legOf(w, engine, loser)).toMatchObject({ state: 'ok' });
    expect(w.differences()).toEqual([]);
  });

  test('two terminals that changed places are each accepted', async () => {
    const w = createWorld({ employees: 2, devices: 2 });
    const engine = w.startEngine();
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    const [first, second] = [w.terminal(1), w.terminal(2)];
    w.terminals.set('d-1', second).set('d-2', first);
    const accept = (nth: number) => {
      const { memory } = row(w, nth);
      const forgotten = { serialNumber: null, provenCredentials: null, inventoriedAtMs: null };
      w.store.admin.putDevice({ deviceId: `d-${nth}`, memory: { ...memory, ...forgotten } });
    };
    accept(1);
    expect(await legOf(w, engine, 'd-1')).toMatchObject({ reasonCode: 'serial_taken' });
    accept(2);
    expect(await legOf(w, engine, 'd-2')).toMatchObject({ state: 'ok' });
    expect(await legOf(w, engine, 'd-1')).toMatchObject({ state: 'ok' });
    expect([row(w, 1).memory.serialNumber, row(w, 2).memory.serialNumber]).toEqual(['DS-2', 'DS-1']);
  });
});
