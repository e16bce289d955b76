import { describe, expect, test } from 'vitest';
import { StoreUnreachableError } from '../store/store-errors.ts';
import type { Store } from '../store/store.ts';
import { createMortal } from './testing/mortal.ts';
import type { Quirks } from './testing/model-terminal.ts';
import { createWorld, FIRST_NUMBER, type World } from './testing/world.ts';

/** Synced once, with one change to send. */
async function inStep(quirks: Partial<Quirks> = {}): Promise<World> {
  const w = createWorld({ quirks });
  const engine = w.startEngine();
  await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  await w.clock.run(engine.stop());
  await w.clock.advance(w.options.pauseMs);
  w.change(FIRST_NUMBER, { displayName: 'Alt Nume' });
  w.terminal().calls.length = 0;
  return w;
}

const rowOf = (w: World) => w.store.admin.device('d-1')!;
const operations = (w: World) => w.terminal().calls.map(({ operation }) => operation);

/** What the row says was read while somebody had mistyped; their good login has set the terminal back since. */
function mistypedBefore(w: World): void {
  w.store.admin.putDevice({ deviceId: 'd-1', memory: { ...rowOf(w).memory, loginTriesLeft: 3 } });
}

/** A daemon that dies in the very login that is refused. */
async function dieRefused(w: World): Promise<void> {
  const mortal = createMortal(w);
  w.terminal().door.onRefused = () => {
    mortal.kill();
  };
  const dying = w.startEngine(mortal);
  await w.clock.run(dying.syncAllEmployeesToAllDevices('x'));
  for (let nth = 0; nth < 120 && !mortal.dead; nth += 1) await w.clock.advance(1000);
  expect(mortal.dead).toBe(true);
  w.terminal().door.onRefused = () => undefined;
}

const leg = async (w: World) => {
  const engine = w.startEngine();
  const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x', { mode: 'full' }));
  await w.clock.run(engine.stop());
  await w.clock.advance(w.options.pauseMs);
  return run.legs[0]!;
};

test('what a daemon may have had refused when it died is not shown again after another password was entered', async () => {
  const w = await inStep();
  w.terminal().door.password = 'alta';
  await dieRefused(w);
  for (const password of ['gresita', 'secret']) {
    w.store.admin.putDevice({ deviceId: 'd-1', password });
    expect(await leg(w)).toMatchObject({ reasonCode: 'device_credentials_refused' });
  }
  expect([...w.terminal().door.refused.values()]).toEqual([1, 1]);
  w.store.admin.putDevice({ deviceId: 'd-1', password: 'alta' });
  expect((await leg(w)).state).toBe('ok');
});

describe('the number of tries has risen since it was written down', () => {
  test('and the first login after that is refused to a daemon that dies in it: nobody shows the password again', async () => {
    const w = await inStep();
    mistypedBefore(w);
    w.terminal().door.password = 'alta';
    await dieRefused(w);
    expect(rowOf(w).memory.refusedCredentials).toEqual([]);
    for (let nth = 0; nth < 2; nth += 1)
      expect(await leg(w)).toMatchObject({ state: 'stopped', reasonCode: 'device_login_counted' });
    expect(w.terminal().door.refused).toEqual(new Map([['secret', 1]]));
    expect(w.terminal().offences).toEqual([]);
  });

  test('it is written down, and nothing else changes', async () => {
    const w = await inStep();
    mistypedBefore(w);
    expect((await leg(w)).state).toBe('ok');
    expect(operations(w).slice(0, 2)).toEqual(['readIdentity', 'modifyPerson']);
    expect(rowOf(w).memory).toMatchObject({ loginTriesLeft: 5, unsettledCredentials: null });
    expect(w.terminal().offences).toEqual([]);
    expect(w.differences()).toEqual([]);
  });

  test('and falls and rises between our calls: every call is still made, and none is kept back', async () => {
    const w = await inStep();
    let nth = 0;
    w.terminal().fault = () => {
      // Others mistype and log in behind the same address, in turn.
      nth += 1;
      w.terminal().door.triesLeft = nth % 2 === 0 ? 5 : 3;
      return null;
    };
    expect((await leg(w)).state).toBe('ok');
    expect(w.differences()).toEqual([]);
    expect(w.terminal().offences).toEqual([]);
    expect(nth).toBeGreaterThan(2);
    expect(w.terminal().calls.filter((one) => one.class === 'busy')).toEqual([]);
  });
});

describe('a terminal that does not tell how many tries are left', () => {
  const mute = { tellsTries: false };

  const unclear = { state: 'stopped', reasonCode: 'device_login_unclear' };
  const heardOnce = new Map([['secret', 1]]);

  test('a daemon that dies in a refused login is the last to show the password', async () => {
    const w = await inStep(mute);
    w.terminal().door.password = 'alta';
    await dieRefused(w);
    for (let nth = 0; nth < 2; nth += 1) expect(await leg(w)).toMatchObject(unclear);
    expect(w.terminal().door.refused).toEqual(heardOnce);
    expect(w.terminal().offences).toEqual([]);
  });

  test('a refusal that is lost on the line is the last one, in the same session and in the next', async () => {
    const w = await inStep(mute);
    w.terminal().fault = () => ({ kind: 'lost' });
    w.terminal().door.password = 'alta';
    for (let nth = 0; nth < 3; nth += 1) expect((await leg(w)).state).toBe('stopped');
    w.terminal().fault = () => null;
    expect(await leg(w)).toMatchObject(unclear);
    expect(w.terminal().door.refused).toEqual(heardOnce);
  });

  test('a password that may have been refused unheard is not shown again after another one was entered', async () => {
    const w = await inStep(mute);
    w.terminal().door.password = 'alta';
    w.terminal().fault = () => ({ kind: 'lost' });
    expect((await leg(w)).state).toBe('stopped');
    w.terminal().fault = () => null;
    w.store.admin.putDevice({ deviceId: 'd-1', password: 'gresita' });
    expect(await leg(w)).toMatchObject({ reasonCode: 'device_credentials_refused' });
    w.store.admin.putDevice({ deviceId: 'd-1', password: 'secret' });
    expect(await leg(w)).toMatchObject({ reasonCode: 'device_credentials_refused' });
    expect(w.terminal().door.refused).toEqual(new Map([...heardOnce, ['gresita', 1]]));
    w.store.admin.putDevice({ deviceId: 'd-1', password: 'alta' });
    expect((await leg(w)).state).toBe('ok');
    expect(rowOf(w).memory.refusedCredentials).toEqual([]);
  });

  test('an operator who finds the password right lets it be shown again, and everything goes on', async () => {
    const w = await inStep(mute);
    let lost = false;
    w.terminal().fault = (operation) => {
      if (lost || operation !== 'modifyPerson') return null;
      lost = true;
      return { kind: 'lost' };
    };
    expect((await leg(w)).state).toBe('stopped');
    expect(await leg(w)).toMatchObject(unclear);
    w.store.admin.putDevice({ deviceId: 'd-1', memory: { ...rowOf(w).memory, refusedCredentials: [] } });
    expect((await leg(w)).state).toBe('ok');
    expect(w.differences()).toEqual([]);
    expect(w.terminal().door.refused.size).toBe(0);
  });

  test('daemons that die between two calls, one after the other, leave it to the next, and it comes into step', async () => {
    const w = await inStep(mute);
    for (let nth = 0; nth < 3; nth += 1) {
      const mortal = createMortal(w);
      const dying = w.startEngine(mortal);
      await w.clock.run(dying.syncAllEmployeesToAllDevices('x', { mode: 'full' }));
      const isBetween = () =>
        w.terminal().callsOf('modifyPerson').length > nth && rowOf(w).memory.unsettledCredentials === null;
      for (let waited = 0; waited < 12_000 && !isBetween(); waited += 1) await w.clock.advance(10);
      expect(isBetween()).toBe(true);
      mortal.kill();
      await w.clock.advance(w.options.leaseTtlMs);
    }
    expect((await leg(w)).state).toBe('ok');
    expect(w.differences()).toEqual([]);
    expect(w.terminal().offences).toEqual([]);
  });

  /** `deed` comes right after the first login was announced, and before it is made. */
  const onAnnounced = (w: World, deed: () => Promise<void> | void): Store => {
    let isFirst = true;
    const writeDevice: Store['writeDevice'] = async (...input) => {
      await w.store.writeDevice(...input);
      if (!isFirst) return;
      isFirst = false;
      expect(rowOf(w).memory.unsettledCredentials).not.toBeNull();
      await deed();
    };
    return { ...w.store, writeDevice };
  };
  const goesOn = async (w: World, runId: string) => {
    expect((await w.finish(w.startEngine(), Promise.resolve({ runId }))).state).toBe('completed');
    expect(w.differences()).toEqual([]);
  };

  test('a daemon that is told to stop between announcing a login and making it leaves no operator behind', async () => {
    const w = await inStep(mute);
    const stopped: Promise<void>[] = [];
    const engine = w.startEngine({
      store: onAnnounced(w, () => {
        stopped.push(engine.stop());
      }),
    });
    const { runId } = await w.clock.run(engine.syncAllEmployeesToAllDevices('x'));
    for (let waited = 0; waited < 600 && stopped.length === 0; waited += 1) await w.clock.advance(100);
    expect(stopped).toHaveLength(1);
    await w.clock.run(Promise.all(stopped));
    expect(operations(w)).toEqual(['readIdentity']);
    await goesOn(w, runId);
  });

  test('a daemon that loses its lease between announcing a login and making it leaves no operator behind', async () => {
    const w = await inStep(mute);
    let deaf = false;
    const store = onAnnounced(w, async () => {
      deaf = true;
      await w.clock.sleep(w.options.leaseTtlMs, new AbortController().signal);
      deaf = false;
    });
    const renewLeases: Store['renewLeases'] = (...input) =>
      deaf ? Promise.reject(new StoreUnreachableError('no answer')) : w.store.renewLeases(...input);
    const engine = w.startEngine({ store: { ...store, renewLeases } });
    const callsThen: number[] = [];
    engine.events.on('lease.lost', () => callsThen.push(operations(w).length));
    const { runId } = await w.clock.run(engine.syncAllEmployeesToAllDevices('x'));
    for (let waited = 0; waited < 600 && callsThen.length === 0; waited += 1) await w.clock.advance(100);
    // The one that was kept back, since its trace was not there in time.
    expect(callsThen).toEqual([1]);
    await w.clock.run(engine.stop());
    await goesOn(w, runId);
  });
});
