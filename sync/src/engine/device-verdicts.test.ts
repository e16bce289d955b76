import { describe, expect, test } from 'vitest';
import type { Fault, ModelTerminal, Operation } from './testing/model-terminal.ts';
import type { EngineOptions } from './options.ts';
import { createWorld, FIRST_NUMBER, type World } from './testing/world.ts';

/** Every row of the table "what the device says, what happens": terminal 1 of two has the trouble. */

const once = (
  terminal: ModelTerminal,
  at: Operation,
  employeeNo: string | null,
  fault: Fault,
  times = 1,
): void => {
  let left = times;
  terminal.fault = (operation, about) => {
    if (operation !== at || (employeeNo !== null && about !== employeeNo) || left <= 0) return null;
    left -= 1;
    return fault;
  };
};

async function syncAll(world: World) {
  const engine = world.startEngine();
  const run = await world.finish(engine, engine.syncAllEmployeesToAllDevices('test'));
  await world.clock.run(engine.stop());
  const lines = await world.lines(run.runId);
  const of = (deviceId: string) => lines.filter((line) => line.deviceId === deviceId);
  return {
    run,
    lines: of('d-1'),
    others: of('d-2'),
    leg: run.legs.find(({ deviceId }) => deviceId === 'd-1')!,
  };
}

const world = (options: Partial<EngineOptions> = {}) => createWorld({ employees: 4, devices: 2, options });

describe('device answers', () => {
  test.each<[string, Operation, Fault]>([
    ['401', 'recordPerson', { kind: 'says', class: 'credentials' }],
    ['connection refused', 'recordPerson', { kind: 'refused' }],
    ['anything else', 'recordPerson', { kind: 'garbage-before' }],
    ['full', 'recordPerson', { kind: 'says', class: 'full' }],
    ['busy for ever', 'recordPerson', { kind: 'says', class: 'busy' }],
  ])('%s stops the device: the rest is not attempted, the others go on', async (_, operation, fault) => {
    const w = world();
    once(w.terminal(1), operation, '1001', fault, 100);
    const { run, lines, others, leg } = await syncAll(w);
    expect(run.state).toBe('partial');
    expect(leg.state).toBe('stopped');
    expect(leg.reasonCode).toBe(lines[1]!.error!.code);
    expect(lines.map(({ status }) => status)).toEqual(['sincronizat', 'eroare', 'neincercat', 'neincercat']);
    expect(lines[1]).toMatchObject({ person: 'failed', face: 'not_attempted' });
    expect(leg.counters).toMatchObject({ success: 1, failed: 1, notAttempted: 2 });
    expect(others.every(({ status }) => status === 'sincronizat')).toBe(true);
    expect(w.differences(2)).toEqual([]);
    const row = w.store.admin.tracking('d-1').find(({ employeeNo }) => employeeNo === 1001);
    expect(row).toMatchObject({
      status: 'eroare',
      errorCode: leg.reasonCode,
      errorMessage: lines[1]!.error!.message,
    });
    expect(w.lies(1)).toEqual([]);
  });

  test('a face library that is full: the person is there, the pair is partial, the device is left', async () => {
    const w = world();
    once(w.terminal(1), 'addFace', '1001', { kind: 'says', class: 'full' });
    const { lines, leg } = await syncAll(w);
    expect(leg).toMatchObject({ state: 'stopped', reasonCode: 'device_persons_full' });
    expect(lines[1]).toMatchObject({ status: 'partial', person: 'created', face: 'failed' });
    expect(lines[2]).toMatchObject({ status: 'neincercat' });
  });

  test('a refused face: partial, and the next employee goes on', async () => {
    const w = world();
    once(w.terminal(1), 'addFace', '1001', { kind: 'says', class: 'item' });
    const { run, lines, leg } = await syncAll(w);
    expect(run.state).toBe('partial');
    expect(leg.state).toBe('partial');
    expect(lines.map(({ status }) => status)).toEqual([
      'sincronizat',
      'partial',
      'sincronizat',
      'sincronizat',
    ]);
    const engine = w.startEngine();
    const again = await w.finish(engine, engine.syncPhotoOnlyToAllDevices('e-1001', 'test'));
    expect(again.state).toBe('completed');
    expect(w.differences(1)).toEqual([]);
  });

  test('refused data of one person: recorded, and the next employee goes on', async () => {
    const w = world();
    once(w.terminal(1), 'recordPerson', '1001', { kind: 'says', class: 'item' });
    const { lines, leg } = await syncAll(w);
    expect(leg.state).toBe('partial');
    expect(lines[1]).toMatchObject({ status: 'eroare', person: 'failed', face: 'not_attempted' });
    expect(lines[2]).toMatchObject({ status: 'sincronizat' });
    expect(w.terminal(1).faces.has('1001')).toBe(false);
  });

  test('somebody already there is no error: the data is confirmed, the face set, counted as already existing', async () => {
    const w = world();
    const engine = w.startEngine();
    const { persons } = w.terminal(1);
    // One employee alone: no inventory, so Record meets the person.
    persons.set('1000', {
      employeeNo: '1000',
      name: 'Tastat',
      valid: { enable: true, beginTime: '', endTime: '' },
      doorRight: '',
      planTemplateNo: '',
    });
    const run = await w.finish(engine, engine.syncEmployeeToDevice('e-1000', 'd-1', 'test'));
    expect(run.state).toBe('completed');
    expect(run.legs[0]!.counters).toMatchObject({ success: 1, alreadyExisting: 1 });
    expect(w.terminal(1).calls.map(({ operation }) => operation)).toEqual([
      'readIdentity',
      'recordPerson',
      'modifyPerson',
      'addFace',
    ]);
    expect(persons.get('1000')!.name).toBe('Nume 1000');
  });

  test('busy and modelling pass by themselves: a few tries, spread in time', async () => {
    const w = world();
    let busy = 2;
    let modelling = 2;
    w.terminal(1).fault = (operation) => {
      if (operation === 'recordPerson' && busy-- > 0) return { kind: 'says', class: 'busy' };
      if (operation === 'addFace' && modelling-- > 0) return { kind: 'says', class: 'modelling' };
      return null;
    };
    const { run, leg } = await syncAll(w);
    expect(run.state).toBe('completed');
    expect(leg.state).toBe('ok');
    const tries = w.terminal(1).callsOf('recordPerson').slice(0, 3);
    expect(tries[1]!.startedMs - tries[0]!.endedMs).toBeGreaterThanOrEqual(w.options.retryBaseMs / 2);
    expect(tries[2]!.startedMs - tries[1]!.endedMs).toBeGreaterThanOrEqual(w.options.retryBaseMs);
  });

  test('a photo that never models fails alone, after the last try', async () => {
    const w = world();
    once(w.terminal(1), 'addFace', '1001', { kind: 'says', class: 'modelling' }, 100);
    const { lines, leg } = await syncAll(w);
    expect(leg.state).toBe('partial');
    expect(lines[1]).toMatchObject({ status: 'partial', face: 'failed' });
    expect(
      w
        .terminal(1)
        .callsOf('addFace')
        .filter(({ employeeNo }) => employeeNo === '1001'),
    ).toHaveLength(1 + w.options.maxRetries);
  });

  test('no photo: the person is there, the face missing, and that is in step', async () => {
    const w = world();
    w.change(FIRST_NUMBER + 1, { photoUrl: null });
    const { run, lines } = await syncAll(w);
    expect(run.state).toBe('completed');
    expect(lines[1]).toMatchObject({ status: 'sincronizat', person: 'created', face: 'missing' });
    const before = w.terminal(1).calls.length;
    await syncAll(w);
    expect(w.terminal(1).calls).toHaveLength(before);
  });

  test('no number: skipped, counted once for the run', async () => {
    const w = world();
    w.store.admin.putEmployee({
      ...w.employee(FIRST_NUMBER),
      employeeId: 'e-x',
      biometricsId: null,
      employeeNo: null,
    });
    const { run } = await syncAll(w);
    expect(run).toMatchObject({ state: 'completed', employeesInScope: 4, employeesWithoutNumber: 1 });
    const engine = w.startEngine();
    await expect(w.clock.run(engine.syncEmployeeToDevice('e-x', 'd-1', 'test'))).rejects.toMatchObject({
      code: 'employee_no_missing',
    });
  });
});

describe('an answer that was lost', () => {
  test('is looked for before anything is sent again: what arrived is not sent twice', async () => {
    const w = world();
    once(w.terminal(1), 'recordPerson', '1001', { kind: 'lost' });
    const { run, lines } = await syncAll(w);
    expect(run.state).toBe('completed');
    expect(lines[1]).toMatchObject({ person: 'created', face: 'set' });
    const about = w.terminal(1).calls.filter(({ employeeNo }) => employeeNo === '1001');
    expect(about.map(({ operation }) => operation)).toEqual(['recordPerson', 'searchPersons', 'addFace']);
  });

  test('and what did not arrive is sent again', async () => {
    const w = world();
    once(w.terminal(1), 'recordPerson', '1001', { kind: 'swallowed' });
    const { run } = await syncAll(w);
    expect(run.state).toBe('completed');
    const about = w.terminal(1).calls.filter(({ employeeNo }) => employeeNo === '1001');
    expect(about.map(({ operation }) => operation)).toEqual([
      'recordPerson',
      'searchPersons',
      'recordPerson',
      'addFace',
    ]);
  });

  test('a face that was being added is looked for', async () => {
    const w = world();
    once(w.terminal(1), 'addFace', '1001', { kind: 'lost' });
    const { run, lines } = await syncAll(w);
    expect(run.state).toBe('completed');
    expect(lines[1]).toMatchObject({ face: 'set' });
    const about = w.terminal(1).calls.filter(({ employeeNo }) => employeeNo === '1001');
    expect(about.map(({ operation }) => operation)).toEqual(['recordPerson', 'addFace', 'searchFace']);
  });

  test('a device that falls silent in mid-run is left after one look, its pair stays unknown, and that is resolved first', async () => {
    const w = world();
    let silent = false;
    w.terminal(1).fault = (operation, employeeNo) => {
      silent ||= operation === 'recordPerson' && employeeNo === '1001';
      return silent ? { kind: 'swallowed' } : null;
    };
    const { leg } = await syncAll(w);
    expect(leg).toMatchObject({ state: 'stopped', reasonCode: 'device_unreachable' });
    expect(
      w
        .terminal(1)
        .calls.slice(-2)
        .map(({ operation }) => operation),
    ).toEqual(['recordPerson', 'searchPersons']);
    const row = () => w.store.admin.tracking('d-1').find(({ employeeNo }) => employeeNo === 1001);
    expect(row()).toMatchObject({ status: 'eroare', person: { state: 'unknown' } });

    w.terminal(1).fault = () => null;
    w.terminal(1).calls.length = 0;
    const again = await syncAll(w);
    expect(again.leg.state).toBe('ok');
    expect(
      w
        .terminal(1)
        .calls.slice(0, 4)
        .map(({ operation }) => operation),
    ).toEqual(['readIdentity', 'countPersons', 'searchPersons', 'recordPerson']);
    expect(w.differences(1)).toEqual([]);
  });
});

describe('a device that does not answer at all', () => {
  test('gets one try per run, becomes eroare when it goes on, and comes back by itself', async () => {
    const w = world();
    w.terminal(1).fault = () => ({ kind: 'silent' });
    for (let nth = 1; nth <= 3; nth += 1) {
      const { leg, lines } = await syncAll(w);
      expect(leg.state).toBe('stopped');
      expect(lines.every(({ status }) => status === 'neincercat')).toBe(true);
      expect(w.terminal(1).calls).toHaveLength(nth);
    }
    const device = w.store.admin.device('d-1')!;
    expect(device.status).toBe('eroare');
    expect(device.memory).toMatchObject({ consecutiveFailures: 3, lastErrorCode: 'device_unreachable' });
    expect(device.memory.lastSyncedAtMs).toBeNull();

    // Probed without any run, with growing pauses.
    const engine = w.startEngine();
    await w.clock.advance(3_600_000);
    const probes = w.terminal(1).calls.slice(3);
    const gaps = probes.slice(1).map((call, index) => call.startedMs - probes[index]!.endedMs);
    expect(probes.every(({ operation }) => operation === 'readIdentity')).toBe(true);
    expect(probes.length).toBeGreaterThan(2);
    expect(probes.length).toBeLessThan(12);
    expect(gaps.at(-1)).toBeGreaterThan(gaps[0]!);

    w.terminal(1).fault = () => null;
    await w.clock.advance(3_600_000);
    expect(w.store.admin.device('d-1')).toMatchObject({
      status: 'activ',
      memory: { consecutiveFailures: 0, lastErrorCode: null, nextProbeAtMs: null },
    });
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('test'));
    expect(run.state).toBe('completed');
    expect(w.store.admin.device('d-1')!.memory.lastSyncedAtMs).not.toBeNull();
  });

  test('is not taken for one that works again by a run with nothing to send: its failures go on counting', async () => {
    const w = world();
    await syncAll(w);
    const failures = () => w.store.admin.device('d-1')!.memory.consecutiveFailures;
    const failOnce = async () => {
      w.change(FIRST_NUMBER, { displayName: 'Alt Nume' });
      w.terminal(1).fault = () => ({ kind: 'refused' });
      await syncAll(w);
      w.terminal(1).fault = () => null;
      w.change(FIRST_NUMBER, { displayName: `Nume ${FIRST_NUMBER}` });
    };
    for (const times of [1, 2]) {
      await failOnce();
      const before = w.terminal(1).calls.length;
      expect((await syncAll(w)).leg.state).toBe('ok');
      expect(w.terminal(1).calls).toHaveLength(before);
      expect(failures()).toBe(times);
    }
    await failOnce();
    expect(w.store.admin.device('d-1')).toMatchObject({
      status: 'eroare',
      memory: { consecutiveFailures: 3 },
    });
  });

  test('when every device fails the run has failed; a single one too', async () => {
    const w = world();
    for (const terminal of w.terminals.values()) terminal.fault = () => ({ kind: 'refused' });
    expect((await syncAll(w)).run.state).toBe('failed');
    const engine = w.startEngine();
    expect((await w.finish(engine, engine.syncAllEmployeesToDevice('d-1', 'test'))).state).toBe('failed');
  });
});

describe('credentials', () => {
  /** The terminal took the password once, and has something to get. */
  async function inStepWithChange() {
    const w = world();
    await syncAll(w);
    w.change(FIRST_NUMBER, { displayName: 'Alt Nume' });
    w.terminal(1).calls.length = 0;
    return w;
  }

  test('refused once are never tried again, until they change in the database', async () => {
    const w = world();
    w.terminal(1).door.password = 'alta';
    for (let nth = 0; nth < 3; nth += 1) {
      const { leg } = await syncAll(w);
      expect(leg).toMatchObject({ state: 'stopped', reasonCode: 'device_credentials_refused' });
    }
    expect(w.terminal(1).calls.map(({ operation }) => operation)).toEqual(['readIdentity']);
    expect(w.store.admin.device('d-1')!.status).toBe('eroare');
    w.store.admin.putDevice({ deviceId: 'd-1', password: 'alta' });
    const { run } = await syncAll(w);
    expect(run.state).toBe('completed');
    expect(w.terminal(1).door.refused).toEqual(new Map([['secret', 1]]));
    expect(w.store.admin.device('d-1')).toMatchObject({
      status: 'activ',
      memory: { refusedCredentials: [] },
    });
  });

  test('typed in by turns are refused once each, until one of them is let in', async () => {
    const w = world();
    const { door } = w.terminal(1);
    door.password = 'alta';
    for (const password of ['secret', 'gresita', 'secret', 'gresita', 'secret']) {
      w.store.admin.putDevice({ deviceId: 'd-1', password });
      expect((await syncAll(w)).leg).toMatchObject({ reasonCode: 'device_credentials_refused' });
    }
    expect(door.refused).toEqual(
      new Map([
        ['secret', 1],
        ['gresita', 1],
      ]),
    );
    w.store.admin.putDevice({ deviceId: 'd-1', password: 'alta' });
    expect((await syncAll(w)).run.state).toBe('completed');
    expect(w.store.admin.device('d-1')!.memory.refusedCredentials).toEqual([]);
  });

  test('changed in the database are tried even when nothing is to be done: the device is shown as it is', async () => {
    const w = world();
    await syncAll(w);
    w.terminal(1).door.password = 'alta';
    const [somebody] = w.store.admin.employees();
    w.store.admin.putEmployee({ ...somebody!, employeeId: 'e-new', biometricsId: 'b-new', employeeNo: 1999 });
    await syncAll(w);
    expect(w.store.admin.device('d-1')!.status).toBe('eroare');
    w.store.admin.removeEmployee('e-new');
    w.store.admin.putDevice({ deviceId: 'd-1', password: 'alta' });
    const before = w.terminal(1).calls.length;
    await syncAll(w);
    expect(
      w
        .terminal(1)
        .calls.slice(before)
        .map(({ operation }) => operation),
    ).toEqual(['readIdentity']);
    expect(w.store.admin.device('d-1')!.status).toBe('activ');
  });

  test('a locked account is left alone until its lock has run out, and then tried once more', async () => {
    const w = await inStepWithChange();
    once(w.terminal(1), 'readIdentity', null, { kind: 'says', class: 'credentials', unlockTimeS: 1800 });
    expect((await syncAll(w)).leg.state).toBe('stopped');
    await w.clock.advance(1_700_000);
    expect((await syncAll(w)).leg).toMatchObject({ state: 'stopped', reasonCode: 'device_account_locked' });
    expect(w.terminal(1).callsOf('readIdentity')).toHaveLength(1);
    await w.clock.advance(200_000);
    expect((await syncAll(w)).leg.state).toBe('ok');
    expect(w.store.admin.device('d-1')!.memory.lockedUntilMs).toBeNull();
  });

  test('locked again after the lock: that password is not tried a third time', async () => {
    const w = await inStepWithChange();
    w.terminal(1).fault = () => ({ kind: 'says', class: 'credentials', unlockTimeS: 60 });
    for (let nth = 0; nth < 4; nth += 1) {
      await syncAll(w);
      await w.clock.advance(100_000);
    }
    expect(w.terminal(1).callsOf('readIdentity')).toHaveLength(2);
    expect(w.terminal(1).door.refused.size).toBe(0);
  });
});

describe('another terminal at the address', () => {
  test('gets nothing: the device is stopped until somebody accepts it', async () => {
    const w = world();
    await syncAll(w);
    w.terminal(1).serialNumber = 'DS-OTHER';
    w.terminal(1).persons.clear();
    w.terminal(1).calls.length = 0;
    w.change(FIRST_NUMBER, { displayName: 'Alt Nume' });
    const { leg, lines } = await syncAll(w);
    expect(leg).toMatchObject({ state: 'stopped', reasonCode: 'serial_changed' });
    expect(leg.reason).toContain('DS-OTHER');
    // What the rows say is about the former terminal.
    expect(lines.map(({ status }) => status)).toEqual(Array(4).fill('neincercat'));
    expect(w.terminal(1).calls.map(({ operation }) => operation)).toEqual(['readIdentity']);
    expect(w.store.admin.device('d-1')!.status).toBe('eroare');
  });
});

describe('FATAL_SCOPE=run', () => {
  test('stops the other devices of the run as well', async () => {
    const w = world({ fatalScope: 'run' });
    once(w.terminal(1), 'addFace', '1000', { kind: 'garbage-before' });
    const { run, others } = await syncAll(w);
    expect(run.legs.map(({ state }) => state)).toEqual(['stopped', 'stopped']);
    expect(run.state).toBe('failed');
    expect(run.legs[1]!.reasonCode).toBe('run_stopped');
    expect(others.at(-1)!.status).toBe('neincercat');
  });

  test('a full device is a matter of its own', async () => {
    const w = world({ fatalScope: 'run' });
    once(w.terminal(1), 'recordPerson', '1000', { kind: 'says', class: 'full' });
    expect((await syncAll(w)).run.legs.map(({ state }) => state)).toEqual(['stopped', 'ok']);
  });
});
