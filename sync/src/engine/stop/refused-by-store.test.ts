import { describe, expect, test } from 'vitest';
import { StoreRejectedError } from '../../store/store-errors.ts';
import type { Store } from '../../store/store.ts';
import type { Engine } from '../engine.ts';
import { anEmployee, createWorld, type World } from '../testing/world.ts';

const refused = () =>
  new StoreRejectedError('The database refused (22P05, unsupported Unicode escape sequence).');

/** A database that refuses what somebody says it does, and takes everything else. */
function withRefusals(w: World, refuses: Partial<Record<keyof Store, (input: string) => boolean>>): Store {
  return new Proxy(w.store, {
    get(store, key) {
      const value: unknown = Reflect.get(store, key);
      const refusal = refuses[key as keyof Store];
      if (typeof value !== 'function' || refusal === undefined) return value;
      return async (...input: unknown[]) => {
        if (refusal(JSON.stringify(input.slice(1)))) throw refused();
        return (await Reflect.apply(value, store, input)) as unknown;
      };
    },
  });
}

/** An hour of one run. */
async function anHour(w: World, engine: Engine) {
  const { runId } = await w.clock.run(engine.syncAllEmployeesToAllDevices('x'));
  await w.clock.advance(3_600_000);
  return (await w.clock.run(w.store.readRun(runId)))!;
}

describe('a terminal whose answers the database refuses', () => {
  test('is left, with the reason in its row, and the others go on', async () => {
    const w = createWorld({ employees: 2, devices: 2 });
    let tries = 0;
    const store = withRefusals(w, {
      writeDevice: (input) => {
        const isPoison = input.includes('"serialNumber":"DS-1"');
        tries += isPoison ? 1 : 0;
        return isPoison;
      },
    });
    const run = await anHour(w, w.startEngine({ store }));
    expect(run).toMatchObject({ state: 'partial' });
    expect(run.legs[0]).toMatchObject({
      state: 'stopped',
      reasonCode: 'database_rejected',
      counters: { notAttempted: 2 },
    });
    expect(run.legs[0]!.reason).toContain('could not be stored');
    expect(tries).toBeLessThan(10);
    expect(w.store.admin.device('d-1')!.memory).toMatchObject({
      lastErrorCode: 'database_rejected',
      consecutiveFailures: 1,
    });
    expect(w.differences(2)).toEqual([]);
  });

  test('gives back no result that is lost without a word', async () => {
    const w = createWorld({ employees: 4 });
    const store = withRefusals(w, {
      writeOutcomes: (input) => /"employeeNo":1001[^}]*"status":"sincr/.test(input),
    });
    const engine = w.startEngine({ store });
    const run = await anHour(w, engine);
    const lines = await w.lines(run.runId);
    expect(run.legs[0]).toMatchObject({ state: 'stopped', reasonCode: 'database_rejected' });
    expect(lines.map(({ employeeNo, status }) => [employeeNo, status])).toEqual([
      [1000, 'sincronizat'],
      [1001, 'eroare'],
      [1002, 'partial'],
      [1003, 'neincercat'],
    ]);
    expect(lines[1]).toMatchObject({ person: 'created', error: { code: 'database_rejected' } });
    expect(w.lies()).toEqual([]);
  });

  test('comes right as soon as the database takes it', async () => {
    const w = createWorld({ employees: 2 });
    let refusing = true;
    const engine = w.startEngine({ store: withRefusals(w, { writeTracking: () => refusing }) });
    for (let nth = 0; nth < 3; nth += 1) {
      const failed = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
      expect(failed.state).toBe('failed');
    }
    expect(w.store.admin.device('d-1')!.status).toBe('eroare');
    refusing = false;
    w.store.admin.putEmployee(anEmployee(1002));
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(run.state).toBe('completed');
    expect(w.differences()).toEqual([]);
    expect(w.store.admin.device('d-1')).toMatchObject({ status: 'activ', memory: { lastErrorCode: null } });
  });
});
