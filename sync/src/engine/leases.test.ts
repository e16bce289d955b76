import { describe, expect, test } from 'vitest';
import { StoreRejectedError, StoreUnreachableError } from '../store/store-errors.ts';
import type { Lease, Store } from '../store/store.ts';
import { leaseNeedMs } from './options.ts';
import { createMortal } from './testing/mortal.ts';
import { createWorld, deviceId } from './testing/world.ts';

/** The store, with an outage: while `down()` says so, no question is answered. */
function failing(store: Store, down: (method: string) => Error | null): Store {
  return new Proxy(store, {
    get(of, key) {
      const value: unknown = Reflect.get(of, key);
      if (typeof value !== 'function') return value;
      return (...input: unknown[]) => {
        const error = down(String(key));
        return error === null ? (Reflect.apply(value, of, input) as unknown) : Promise.reject(error);
      };
    },
  });
}

describe('several engines on one database', () => {
  test('share the devices, and no terminal ever sees two of them at once', async () => {
    const w = createWorld({ employees: 6, devices: 6 });
    const taken = new Map<string, string[]>();
    const engines = ['a', 'b', 'c'].map((owner) => {
      const engine = w.startEngine({ owner });
      engine.events.on('lease.taken', ({ deviceId: id }) => taken.set(id, [...(taken.get(id) ?? []), owner]));
      return engine;
    });
    const run = await w.finish(engines[0]!, engines[0]!.syncAllEmployeesToAllDevices('x'));
    expect(run.state).toBe('completed');
    for (let nth = 1; nth <= 6; nth += 1) {
      expect(w.terminal(nth).offences).toEqual([]);
      expect(w.differences(nth)).toEqual([]);
      expect(taken.get(deviceId(nth))).toHaveLength(1);
    }
  });

  test('one killed: another takes its device over within the lease time, and the pause holds across them', async () => {
    const w = createWorld({ employees: 12 });
    const mortal = createMortal(w);
    const first = w.startEngine({ store: mortal.store, clock: mortal.clock, clientFor: mortal.clientFor });
    const { runId } = await w.clock.run(first.syncAllEmployeesToAllDevices('x'));
    await w.clock.advance(9500);
    const second = w.startEngine();
    mortal.kill();
    const killedAtMs = w.clock.now();
    const calls = w.terminal().calls.length;
    const finished = second.whenFinished(runId);
    await w.clock.advance(w.options.leaseTtlMs + w.options.pollMs + 2000);
    const next = w
      .terminal()
      .calls.slice(calls)
      .find(({ operation }) => operation === 'readIdentity')!;
    expect(next.startedMs - killedAtMs).toBeLessThanOrEqual(w.options.leaseTtlMs + w.options.pollMs);
    await w.clock.run(finished);
    expect(w.terminal().offences).toEqual([]);
    expect(w.differences()).toEqual([]);
    expect((await w.store.readRun(runId))!.state).toBe('completed');
  });

  test('one stopped: it ends after the call in flight and the other goes on after one pause', async () => {
    const w = createWorld({ employees: 12 });
    const first = w.startEngine();
    const { runId } = await w.clock.run(first.syncAllEmployeesToAllDevices('x'));
    await w.clock.advance(9400);
    const second = w.startEngine();
    const sent = w.terminal().calls.length;
    await w.clock.run(first.stop());
    expect(w.terminal().calls.length - sent).toBeLessThanOrEqual(1);
    // Nothing is left marked for those that were not begun.
    expect(w.store.admin.tracking('d-1').filter(({ person }) => person.state === 'unknown')).toEqual([]);
    const stoppedAtMs = w.clock.now();
    await w.clock.run(second.whenFinished(runId));
    const next = w.terminal().calls[sent + 1] ?? w.terminal().calls[sent]!;
    expect(next.startedMs - stoppedAtMs).toBeLessThanOrEqual(w.options.pauseMs + w.options.pollMs + 100);
    expect(w.terminal().offences).toEqual([]);
    expect(w.differences()).toEqual([]);
    const records = w
      .terminal()
      .callsOf('recordPerson')
      .map(({ employeeNo }) => employeeNo);
    expect(new Set(records).size).toBe(records.length);
  });
});

test('no call begins that may outlast its lease, and the lane ends when the lease is gone: another goes on alone', async () => {
  const w = createWorld({ employees: 60 });
  const silent = new StoreUnreachableError('no answer');
  let deaf = false;
  // Everything else is answered: nothing but the lease says that the device may be somebody else's by now.
  const store = failing(w.store, (method) => (deaf && method === 'renewLeases' ? silent : null));
  let expiresAtMs = 0;
  const watched = new Proxy(store, {
    get(of, key) {
      const value: unknown = Reflect.get(of, key);
      if (key !== 'renewLeases' && key !== 'leaseDevicesWithWork') return value;
      return async (...input: unknown[]) => {
        const leases = (await Reflect.apply(value as Store['renewLeases'], of, input)) as Lease[];
        expiresAtMs = Math.max(expiresAtMs, ...leases.map((lease) => lease.expiresAtMs));
        return leases;
      };
    },
  });
  const first = w.startEngine({ store: watched });
  const { runId } = await w.clock.run(first.syncAllEmployeesToAllDevices('x'));
  await w.clock.advance(5000);
  deaf = true;
  const lastMs = expiresAtMs - leaseNeedMs(w.options);
  await w.clock.advance(expiresAtMs - w.clock.now());
  const { calls } = w.terminal();
  // It does use its lease as long as it may.
  expect(calls.at(-1)!.startedMs).toBeGreaterThan(lastMs - 2 * w.options.pauseMs);
  expect(calls.at(-1)!.startedMs).toBeLessThanOrEqual(lastMs);
  const sent = calls.length;
  const second = w.startEngine();
  await w.clock.advance(10_000);
  expect(calls.length).toBeGreaterThan(sent);
  let lost = 0;
  first.events.on('lease.lost', () => (lost += 1));
  deaf = false;
  await w.clock.advance(10_000);
  expect(lost).toBe(1);
  expect(w.terminal().offences).toEqual([]);
  expect((await w.finish(second, Promise.resolve({ runId }))).state).toBe('completed');
  await w.clock.run(first.stop());
  const records = w.terminal().callsOf('recordPerson');
  expect(new Set(records.map(({ employeeNo }) => employeeNo)).size).toBe(records.length);
});

describe('the database does not answer', () => {
  test.each([3000, 20_000, 120_000])(
    'for %i ms: nothing is sent meanwhile, nothing acknowledged is lost, and the run ends as without it',
    async (outageMs) => {
      const w = createWorld({ employees: 8 });
      let down = false;
      const store = failing(w.store, () => (down ? new StoreUnreachableError('no answer') : null));
      const engine = w.startEngine({ store });
      const { runId } = await w.clock.run(engine.syncAllEmployeesToAllDevices('x'));
      await w.clock.advance(8000);
      down = true;
      await w.clock.advance(1100);
      const sent = w.terminal().calls.length;
      await w.clock.advance(outageMs);
      // Only the call that was under way when the first question failed.
      expect(w.terminal().calls.length - sent).toBeLessThanOrEqual(1);
      down = false;
      const run = await w.finish(engine, Promise.resolve({ runId }));
      expect(run.state).toBe('completed');
      expect(w.terminal().offences).toEqual([]);
      const records = w
        .terminal()
        .callsOf('recordPerson')
        .map(({ employeeNo }) => employeeNo);
      expect(new Set(records).size).toBe(records.length);
      const lines = await w.lines(runId);
      expect(lines.map(({ person, face }) => `${person} ${face}`)).toEqual(Array(8).fill('created set'));
    },
  );

  test('longer than anybody waits: the lane gives up, and the run is taken up again afterwards', async () => {
    const w = createWorld({ employees: 8 });
    let down = false;
    const store = failing(w.store, () => (down ? new StoreUnreachableError('no answer') : null));
    const engine = w.startEngine({ store });
    const { runId } = await w.clock.run(engine.syncAllEmployeesToAllDevices('x'));
    await w.clock.advance(8000);
    down = true;
    await w.clock.advance(7_200_000);
    down = false;
    expect((await w.finish(engine, Promise.resolve({ runId }))).state).toBe('completed');
    expect(w.differences()).toEqual([]);
    expect(w.lies()).toEqual([]);
  });

  test('refused by the database: the lane ends without a storm of tries', async () => {
    const w = createWorld({ employees: 3 });
    let refusing = false;
    let questions = 0;
    const store = failing(w.store, () => {
      questions += 1;
      return refusing ? new StoreRejectedError('wrong key') : null;
    });
    const engine = w.startEngine({ store });
    await w.clock.run(engine.syncAllEmployeesToAllDevices('x'));
    await w.clock.advance(5000);
    refusing = true;
    questions = 0;
    await w.clock.advance(600_000);
    expect(questions).toBeLessThan(2000);
    const sent = w.terminal().calls.length;
    refusing = false;
    await w.clock.advance(120_000);
    expect(w.terminal().calls.length).toBeGreaterThan(sent);
    expect(w.differences()).toEqual([]);
  });
});

test('times that do not go together are refused at once, with the number that would do', () => {
  const w = createWorld({ options: { leaseTtlMs: 5000 } });
  expect(() => w.startEngine()).toThrow(/lease of 5000 ms is too short.*Set the lease to 21300 ms or more/);
});
