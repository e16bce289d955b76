import { describe, expect, test, vi } from 'vitest';
import type { Device } from '../../model/device.ts';
import type { Engine } from '../engine.ts';
import type { EngineOptions } from '../options.ts';
import { createWorld, type World } from '../testing/world.ts';

const HOUR_MS = 3_600_000;

/** Rows 1 and 2 have one address, typed in two ways; terminal 1 stands there. */
function oneAddressTwice(more: Partial<Device> = {}, options: Partial<EngineOptions> = {}) {
  const w = createWorld({ employees: 3, devices: 2, options });
  const second = w.terminal(2);
  w.store.admin.putDevice({ deviceId: 'd-1', host: 'Gate.Test' });
  w.store.admin.putDevice({ deviceId: 'd-2', host: 'gate.test.', ...more });
  w.terminals.set('d-2', w.terminal(1));
  return { w, engine: w.startEngine(), second };
}

const row = (w: World, nth: number) => w.store.admin.device(`d-${nth}`)!;
const syncAll = async (w: World, engine: Engine) => {
  const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  const of = (nth: number) => run.legs.find(({ deviceId }) => deviceId === `d-${nth}`)!;
  return [of(1), of(2)];
};
const alone = async (w: World, engine: Engine, nth: number) =>
  (await w.finish(engine, engine.syncAllEmployeesToDevice(`d-${nth}`, 'x'))).legs[0]!;

describe('one address in two rows', () => {
  test('met at the same moment: one is driven, the other makes no call and names it', async () => {
    const { w, engine } = oneAddressTwice({ username: 'altul' });
    const [first, second] = await syncAll(w, engine);
    expect(first).toMatchObject({ state: 'ok' });
    expect(second).toMatchObject({ state: 'stopped', reasonCode: 'address_taken' });
    expect(second!.reason).toContain('Poarta 1 (d-1)');
    expect(row(w, 2)).toMatchObject({
      status: 'eroare',
      memory: { lastErrorCode: 'address_taken', consecutiveFailures: 0, serialNumber: null },
    });
    expect(w.store.admin.tracking('d-2')).toEqual([]);
    expect(w.terminal().callsOf('readIdentity')).toHaveLength(1);
    expect(w.terminal().offences).toEqual([]);
  });

  test('met at the same moment by two daemons: still one is driven', async () => {
    const { w, engine } = oneAddressTwice({}, { maxLanes: 1 });
    w.startEngine();
    const legs = await syncAll(w, engine);
    expect(legs.map(({ state }) => state)).toEqual(['ok', 'stopped']);
    expect(w.terminal().callsOf('readIdentity')).toHaveLength(1);
    expect(w.terminal().offences).toEqual([]);
  });

  test('whoever has the terminal goes on, whatever the order of the rows', async () => {
    const { w, engine } = oneAddressTwice();
    w.store.admin.putDevice({ deviceId: 'd-1', status: 'inactiv' });
    expect(await alone(w, engine, 2)).toMatchObject({ state: 'ok' });
    w.store.admin.putDevice({ deviceId: 'd-1', status: 'activ' });
    const before = w.terminal().calls.length;
    expect(await alone(w, engine, 1)).toMatchObject({ state: 'stopped', reasonCode: 'address_taken' });
    expect(w.terminal().calls).toHaveLength(before);
  });

  test('a row that is corrected is tried by itself, at once', async () => {
    const { w, engine, second } = oneAddressTwice();
    await syncAll(w, engine);
    w.terminals.set('d-2', second);
    const { memory, ...way } = row(w, 2);
    w.store.admin.putDevice({ ...way, memory, host: 'poarta-2.test' });
    await w.clock.advance(60_000);
    expect(row(w, 2)).toMatchObject({
      status: 'activ',
      memory: { serialNumber: 'DS-2', lastErrorCode: null },
    });
  });

  test('the other comes back by itself when the one that went on is out of use, and asks nothing before', async () => {
    const { w, engine } = oneAddressTwice();
    await syncAll(w, engine);
    const before = w.terminal().calls.length;
    await w.clock.advance(24 * HOUR_MS);
    expect(row(w, 2).status).toBe('eroare');
    expect(w.terminal().calls).toHaveLength(before);
    w.store.admin.removeDevice('d-1');
    await w.clock.advance(HOUR_MS);
    expect(row(w, 2)).toMatchObject({
      status: 'activ',
      memory: { serialNumber: 'DS-1', lastErrorCode: null },
    });
    expect(await alone(w, engine, 2)).toMatchObject({ state: 'ok' });
    expect(w.terminal().offences).toEqual([]);
  });

  test('a row whose password was refused does not keep the other from working', async () => {
    const { w, engine } = oneAddressTwice({ password: 'buna' });
    w.terminal().door.password = 'buna';
    await syncAll(w, engine);
    expect(row(w, 1).memory.lastErrorCode).toBe('device_credentials_refused');
    await w.clock.advance(HOUR_MS);
    expect((await syncAll(w, engine)).map(({ state }) => state)).toEqual(['stopped', 'ok']);
    w.store.admin.putDevice({ ...row(w, 1), password: 'buna' });
    const [first, second] = await syncAll(w, engine);
    expect(first).toMatchObject({ state: 'stopped', reasonCode: 'address_taken' });
    expect(second).toMatchObject({ state: 'ok' });
    expect(w.terminal().offences).toEqual([]);
    expect(w.terminal().door.refused.get('secret')).toBe(1);
  });

  test('an exchanged terminal belongs to its new row; the former one keeps its word and asks no more', async () => {
    const { w, engine } = oneAddressTwice();
    w.store.admin.putDevice({ deviceId: 'd-2', status: 'inactiv' });
    expect(await alone(w, engine, 1)).toMatchObject({ state: 'ok' });
    w.terminal().serialNumber = 'DS-NEW';
    w.terminal().persons.clear();
    w.terminal().faces.clear();
    w.change(1000, { displayName: 'Alt Nume' });
    expect(await alone(w, engine, 1)).toMatchObject({ reasonCode: 'serial_changed' });
    w.store.admin.putDevice({ deviceId: 'd-2', status: 'activ' });
    const asked = w.terminal().callsOf('readIdentity').length;
    for (let nth = 0; nth < 3; nth += 1) {
      w.change(1000, { displayName: `Nume ${nth}` });
      const [former, present] = await syncAll(w, engine);
      expect(former).toMatchObject({ state: 'stopped', reasonCode: 'address_taken' });
      expect(present).toMatchObject({ state: 'ok' });
    }
    expect(row(w, 1)).toMatchObject({ status: 'eroare', memory: { lastErrorCode: 'serial_changed' } });
    expect(w.terminal().callsOf('readIdentity')).toHaveLength(asked + 3);
    expect(w.terminal().offences).toEqual([]);
  });

  test('a terminal that nobody reaches is tried by one row at a time, and belongs to one in the end', async () => {
    const { w, engine } = oneAddressTwice();
    w.terminal().fault = () => ({ kind: 'swallowed' });
    for (let nth = 0; nth < 6; nth += 1) await syncAll(w, engine);
    await w.clock.advance(12 * HOUR_MS);
    w.terminal().fault = () => null;
    await w.clock.advance(HOUR_MS);
    const legs = await syncAll(w, engine);
    expect(legs.map(({ state }) => state).toSorted()).toEqual(['ok', 'stopped']);
    expect(w.terminal().offences).toEqual([]);
  });

  test('a row in step reads no address', async () => {
    const { w, engine } = oneAddressTwice();
    await syncAll(w, engine);
    const reads = vi.spyOn(w.store, 'readAddresses');
    expect(await alone(w, engine, 1)).toMatchObject({ state: 'ok' });
    expect(reads).not.toHaveBeenCalled();
    await w.clock.advance(1);
    w.change(1000, { displayName: 'Alt Nume' });
    expect(await alone(w, engine, 1)).toMatchObject({ state: 'ok' });
    expect(reads).toHaveBeenCalledTimes(1);
  });

  test('two ports of one host are not taken for one terminal', async () => {
    const w = createWorld({ employees: 2, devices: 2 });
    w.store.admin.putDevice({ deviceId: 'd-1', host: '192.0.2.9', port: 80 });
    w.store.admin.putDevice({ deviceId: 'd-2', host: '192.0.2.9', port: 443, scheme: 'https' });
    expect((await syncAll(w, w.startEngine())).map(({ state }) => state)).toEqual(['ok', 'ok']);
  });
});
