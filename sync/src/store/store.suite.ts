import { beforeAll, describe, expect, it } from 'vitest';
import type { Counters, Line, RunScope } from '../model/run.ts';
import type { Tracking } from '../model/tracking.ts';
import { LeaseLostError } from './store-errors.ts';
import type { Lease, LegProgress, Store } from './store.ts';

/** What other programs do to the database, and what time does: each implementation brings its own. */
export interface StoreHarness {
  store: Store;
  /** `photoUrl` null: none. `number: false`: an employee without biometrics. */
  addEmployee(employee: {
    lastName: string;
    firstName: string;
    active: boolean;
    photoUrl: string | null;
    number: boolean;
  }): Promise<{ employeeId: string; employeeNo: number | null }>;
  deactivateEmployee(employeeId: string): Promise<void>;
  /** Deletes the employee with the biometrics. */
  deleteEmployee(employeeId: string): Promise<void>;
  addDevice(device: {
    name: string;
    status: 'activ' | 'inactiv' | 'eroare';
    siteId: string | null;
  }): Promise<string>;
  deleteDevice(deviceId: string): Promise<void>;
  /** Makes every lease and every pause of the device be over, as if its time had passed. */
  expireLease(deviceId: string): Promise<void>;
}

const TTL_MS = 60_000;
const SITE = '00000000-0000-4000-8000-00000000aaaa';

const scopeOf = (deviceId: string, more: Partial<RunScope> = {}): RunScope => ({
  kind: 'sync-all-to-device',
  employeeId: null,
  deviceId,
  siteId: null,
  work: 'person-and-face',
  mode: 'incremental',
  execution: 'perform',
  ...more,
});

const line = (deviceId: string, employeeNo: number, more: Partial<Line> = {}): Line => ({
  employeeId: null,
  employeeNo,
  deviceId,
  status: 'sincronizat',
  person: 'created',
  face: 'set',
  reasons: ['new'],
  error: null,
  ...more,
});

const tracked = (deviceId: string, employeeNo: number, more: Partial<Tracking> = {}): Tracking => ({
  deviceId,
  employeeNo,
  biometricsId: null,
  status: 'sincronizat',
  person: { state: 'confirmed', fingerprint: 'p' },
  face: { state: 'confirmed', fingerprint: 'f' },
  accessClosed: false,
  syncedAtMs: 1_760_000_000_123,
  errorCode: null,
  errorMessage: null,
  ...more,
});

const progress = (runId: string, more: Partial<LegProgress> = {}): LegProgress => ({
  runId,
  state: 'running',
  cursorEmployeeNo: null,
  reason: null,
  reasonCode: null,
  unchanged: [],
  ...more,
});

const counters = (more: Partial<Counters>): Counters => ({
  success: 0,
  alreadyExisting: 0,
  partial: 0,
  skipped: 0,
  failed: 0,
  notAttempted: 0,
  ...more,
});

function only<Value>(values: readonly Value[]): Value {
  const [value, ...others] = values;
  if (value === undefined || others.length > 0) throw new Error(`expected one value, got ${values.length}`);
  return value;
}

/**
 * The behaviour that the engine relies on, held against every implementation of `Store`. `start` may be slow: it is
 * called once, and the tests share what it gives, each with devices of its own.
 */
export function describeStore(name: string, start: () => Promise<StoreHarness>): void {
  describe(name, () => {
    let harness: StoreHarness;
    let store: Store;
    beforeAll(async () => {
      harness = await start();
      store = harness.store;
    });

    const addDevice = (status: 'activ' | 'inactiv' | 'eroare' = 'activ', siteId: string | null = null) =>
      harness.addDevice({ name: 'Poarta', status, siteId });
    const addEmployee = async (active = true) => {
      const added = await harness.addEmployee({
        lastName: 'Popescu',
        firstName: 'Ion',
        active,
        photoUrl: 'http://photos/1.jpg',
        number: true,
      });
      return { employeeId: added.employeeId, employeeNo: added.employeeNo ?? 0 };
    };
    const createRun = async (deviceId: string, more: Partial<RunScope> = {}) => {
      const counts = { employeesInScope: 3, employeesWithoutNumber: 1 };
      const run = await store.createRun(scopeOf(deviceId, more), 'tester', [deviceId], counts);
      return run.runId;
    };
    /** Takes this device, whatever others have work too. */
    const lease = async (deviceId: string, owner = 'daemon-a'): Promise<Lease | undefined> => {
      const taken = await store.leaseDevicesWithWork(owner, TTL_MS, 1_000);
      return taken.find((one) => one.deviceId === deviceId);
    };
    const leased = async (deviceId: string, owner = 'daemon-a'): Promise<Lease> => {
      const taken = await lease(deviceId, owner);
      if (taken === undefined) throw new Error(`device ${deviceId} could not be taken`);
      return taken;
    };
    const legOf = async (runId: string) => only((await store.readRun(runId))?.legs ?? []);

    it('is there', async () => {
      await expect(store.checkReachable()).resolves.toBeUndefined();
    });

    describe('devices', () => {
      it('are found by id, site and status together', async () => {
        const here = await addDevice('activ', SITE);
        const off = await addDevice('inactiv', SITE);
        const elsewhere = await addDevice('activ');
        const deviceIds = [here, off, elsewhere];
        const ids = async (filter: Parameters<Store['readDevices']>[0]) =>
          (await store.readDevices(filter)).map(({ deviceId }) => deviceId);
        expect((await ids({ deviceIds })).toSorted()).toEqual(deviceIds.toSorted());
        expect((await ids({ deviceIds, siteId: null })).toSorted()).toEqual(deviceIds.toSorted());
        expect(await ids({ deviceIds, siteId: SITE, statuses: ['activ', 'eroare'] })).toEqual([here]);
        expect(await ids({ deviceIds: [] })).toEqual([]);
      });

      it('keep what the daemon remembers of them, key by key', async () => {
        const deviceId = await addDevice();
        await createRun(deviceId);
        const held = await leased(deviceId);
        const memory = {
          serialNumber: 'S1',
          capabilities: {
            personSetUp: 'yes',
            personSearch: 'no',
            faceSetUp: 'unknown',
            faceSearch: 'yes',
            faceDelete: 'fd-delete',
            maxPersons: 500,
            maxFaces: null,
            searchPageSize: 30,
          },
          faceDelivery: 'upload',
          refusedCredentials: 'abc',
          lockedUntilMs: 1_760_000_000_000,
          consecutiveFailures: 3,
          lastErrorCode: 'device_unreachable',
        } as const;
        await store.writeDevice(held, { status: 'eroare', memory });
        await store.writeDevice(held, { memory: { model: 'K1T342', lockedUntilMs: null } });
        const device = only(await store.readDevices({ deviceIds: [deviceId] }));
        expect(device.status).toBe('eroare');
        expect(device.memory).toMatchObject({ ...memory, model: 'K1T342', lockedUntilMs: null });
      });

      it('move the time of their last sync forward only', async () => {
        const deviceId = await addDevice();
        await createRun(deviceId);
        const held = await leased(deviceId);
        await store.writeDevice(held, { memory: { lastSyncedAtMs: 2_000 } });
        await store.writeDevice(held, { memory: { lastSyncedAtMs: 1_000 } });
        const device = only(await store.readDevices({ deviceIds: [deviceId] }));
        expect(device.memory.lastSyncedAtMs).toBe(2_000);
      });

      it('stay switched off when people switched them off', async () => {
        const deviceId = await addDevice('inactiv');
        await createRun(deviceId);
        await store.writeDevice(await leased(deviceId), { status: 'activ' });
        expect(only(await store.readDevices({ deviceIds: [deviceId] })).status).toBe('inactiv');
      });
    });

    describe('employees', () => {
      it('are read one by one, with biometrics or without', async () => {
        const numbered = await addEmployee();
        const bare = await harness.addEmployee({
          lastName: 'Ene',
          firstName: 'Ana',
          active: false,
          photoUrl: null,
          number: false,
        });
        expect(await store.readEmployee(numbered.employeeId)).toMatchObject({
          ...numbered,
          displayName: 'Popescu Ion',
          photoUrl: 'http://photos/1.jpg',
          active: true,
        });
        expect(await store.readEmployee(bare.employeeId)).toMatchObject({
          biometricsId: null,
          employeeNo: null,
          photoUrl: null,
          active: false,
        });
        expect(await store.readEmployee('00000000-0000-4000-8000-00000000dead')).toBeNull();
      });

      it('come in pages by number, the active ones only, each once', async () => {
        const first = await addEmployee();
        await addEmployee(false);
        const second = await addEmployee();
        const third = await addEmployee();
        const numbers: number[] = [];
        let after: number | null = first.employeeNo - 1;
        for (let page = 0; page < 4 && after !== null; page += 1) {
          const { rows, next } = await store.readActiveEmployees(after, 2);
          expect(rows.length).toBeLessThanOrEqual(2);
          numbers.push(...rows.map((row) => row.employeeNo ?? 0));
          after = next;
        }
        expect(after).toBeNull();
        expect(numbers).toEqual([first, second, third].map(({ employeeNo }) => employeeNo));
      });

      it('are counted with and without a number', async () => {
        const before = await store.countActiveEmployees();
        await addEmployee();
        await addEmployee(false);
        await harness.addEmployee({
          lastName: 'Ene',
          firstName: 'Ana',
          active: true,
          photoUrl: null,
          number: false,
        });
        expect(await store.countActiveEmployees()).toEqual({
          withNumber: before.withNumber + 1,
          withoutNumber: before.withoutNumber + 1,
        });
      });

      it('are found by number whatever their status, and the others are absent', async () => {
        const active = await addEmployee();
        const left = await addEmployee(false);
        const found = await store.readEmployeesByNumber([999_999, left.employeeNo, active.employeeNo]);
        expect(found.map((one) => [one.employeeNo, one.active])).toEqual([
          [active.employeeNo, true],
          [left.employeeNo, false],
        ]);
      });
    });

    describe('tracking', () => {
      it('comes back as it was written, in pages and by number', async () => {
        const deviceId = await addDevice();
        await createRun(deviceId);
        const held = await leased(deviceId);
        const rows = [
          tracked(deviceId, 700_001),
          tracked(deviceId, 700_002, { person: { state: 'foreign' }, face: { state: 'unknown' } }),
          tracked(deviceId, 700_003, {
            status: 'eroare',
            person: { state: 'absent' },
            face: { state: 'absent' },
            syncedAtMs: null,
            accessClosed: true,
            errorCode: 'face_rejected',
            errorMessage: 'too dark',
          }),
        ];
        await store.writeTracking(held, rows);
        const page = await store.readTracking(deviceId, null, 2);
        expect(page).toEqual({ rows: rows.slice(0, 2), next: 700_002 });
        expect(await store.readTracking(deviceId, page.next, 2)).toEqual({ rows: rows.slice(2), next: null });
        expect(await store.readTrackingOf(deviceId, [700_003, 700_009])).toEqual(rows.slice(2));
      });

      it('is one row per number: the last write holds', async () => {
        const deviceId = await addDevice();
        await createRun(deviceId);
        const held = await leased(deviceId);
        await store.writeTracking(held, [tracked(deviceId, 700_001, { status: 'pending' })]);
        await store.writeTracking(held, [tracked(deviceId, 700_001, { status: 'eroare', errorCode: 'x' })]);
        const { rows } = await store.readTracking(deviceId, null, 10);
        expect(rows.map(({ status, errorCode }) => [status, errorCode])).toEqual([['eroare', 'x']]);
      });

      it('is linked to the employee by the number, and outlives the employee', async () => {
        const { employeeId, employeeNo } = await addEmployee();
        const deviceId = await addDevice();
        await createRun(deviceId);
        await store.writeTracking(await leased(deviceId), [tracked(deviceId, employeeNo)]);
        const employee = await store.readEmployee(employeeId);
        expect(only(await store.readTrackingOf(deviceId, [employeeNo])).biometricsId).toBe(
          employee?.biometricsId,
        );
        await harness.deleteEmployee(employeeId);
        expect(only(await store.readTrackingOf(deviceId, [employeeNo])).biometricsId).toBeNull();
      });

      it('owes a closing for everybody who left and may still be let in', async () => {
        const deviceId = await addDevice();
        await createRun(deviceId);
        const held = await leased(deviceId);
        const stays = await addEmployee();
        const left = await addEmployee();
        const gone = await addEmployee();
        const closed = await addEmployee();
        const absent = await addEmployee();
        await store.writeTracking(held, [
          tracked(deviceId, stays.employeeNo),
          tracked(deviceId, left.employeeNo, { person: { state: 'unknown' } }),
          tracked(deviceId, gone.employeeNo),
          tracked(deviceId, closed.employeeNo, { accessClosed: true }),
          tracked(deviceId, absent.employeeNo, { person: { state: 'absent' } }),
        ]);
        for (const { employeeId } of [left, closed, absent]) await harness.deactivateEmployee(employeeId);
        await harness.deleteEmployee(gone.employeeId);
        const numbers = async (limit: number) =>
          (await store.readOwedClosings(deviceId, limit)).map(({ employeeNo }) => employeeNo);
        expect(await numbers(10)).toEqual([left.employeeNo, gone.employeeNo]);
        expect(await numbers(1)).toEqual([left.employeeNo]);
      });
    });

    describe('runs', () => {
      it('are created with a queued leg per device and read back whole', async () => {
        const deviceId = await addDevice();
        const runId = await createRun(deviceId, { mode: 'verify' });
        const run = await store.readRun(runId);
        expect(run).toMatchObject({
          runId,
          scope: scopeOf(deviceId, { mode: 'verify' }),
          state: 'queued',
          requestedBy: 'tester',
          startedAtMs: null,
          finishedAtMs: null,
          cancelRequested: false,
          employeesInScope: 3,
          employeesWithoutNumber: 1,
        });
        expect(run?.requestedAtMs).toBeGreaterThan(0);
        expect(run?.legs).toEqual([
          {
            runId,
            deviceId,
            deviceName: 'Poarta',
            state: 'queued',
            reason: null,
            reasonCode: null,
            cursorEmployeeNo: null,
            counters: counters({}),
            unchanged: [],
          },
        ]);
        expect(await store.readRun('00000000-0000-4000-8000-00000000dead')).toBeNull();
      });

      it('of the same scope exist once while open, and again afterwards', async () => {
        const deviceId = await addDevice();
        const counts = { employeesInScope: 0, employeesWithoutNumber: 0 };
        const ask = () => store.createRun(scopeOf(deviceId), 'tester', [deviceId], counts);
        const both = await Promise.all([ask(), ask()]);
        expect(both.map(({ created }) => created).sort()).toEqual([false, true]);
        expect(both[0].runId).toBe(both[1].runId);
        const other = await store.createRun(scopeOf(deviceId, { mode: 'full' }), 'x', [deviceId], counts);
        expect(other.created).toBe(true);

        await store.writeOutcomes(await leased(deviceId), [], [progress(both[0].runId, { state: 'ok' })]);
        await store.finishRun(both[0].runId);
        expect((await ask()).created).toBe(true);
      });

      it('without devices are over at once', async () => {
        const counts = { employeesInScope: 0, employeesWithoutNumber: 0 };
        const { runId } = await store.createRun(scopeOf('none', { siteId: SITE }), 'tester', [], counts);
        expect(await store.readRun(runId)).toMatchObject({ state: 'completed', legs: [] });
      });

      it('are listed newest first, in pages', async () => {
        const deviceId = await addDevice();
        const older = await createRun(deviceId);
        const newer = await createRun(deviceId, { mode: 'full' });
        const [first] = await store.listRuns(null, 1);
        expect(first?.runId).toBe(newer);
        expect(first?.legs).toHaveLength(1);
        const next = await store.listRuns(first?.requestedAtMs ?? 0, 1);
        expect(next.map(({ runId }) => runId)).toEqual([older]);
      });

      it.each([
        ['completed', ['ok', 'ok'], []],
        ['partial', ['ok', 'stopped'], []],
        ['failed', ['stopped', 'stopped'], []],
        ['partial', ['ok', 'ok'], ['eroare']],
        ['partial', ['partial', 'ok'], ['partial']],
      ] as const)('end as %s with legs %j and lines %j', async (state, legStates, statuses) => {
        const devices = [await addDevice(), await addDevice()] as const;
        const { runId } = await store.createRun(scopeOf(devices[0]), 'tester', [...devices], {
          employeesInScope: 1,
          employeesWithoutNumber: 0,
        });
        const first = await leased(devices[0]);
        const lines = statuses.map((status) => line(devices[0], 700_001, { status }));
        await store.writeOutcomes(
          first,
          lines.map((one) => ({ runId, line: one, tracking: null })),
          [progress(runId, { state: legStates[0] })],
        );
        expect(await store.finishRun(runId)).toEqual({ finished: false, state: 'running' });
        await harness.expireLease(devices[1]);
        await store.writeOutcomes(
          await leased(devices[1]),
          [],
          [progress(runId, { state: legStates[1], reason: 'why', reasonCode: 'code' })],
        );
        const ended = await Promise.all([store.finishRun(runId), store.finishRun(runId)]);
        expect(ended.map(({ finished }) => finished).sort()).toEqual([false, true]);
        expect((await store.readRun(runId))?.state).toBe(state);
      });

      it('are cancelled when asked and a leg was cut short', async () => {
        const deviceId = await addDevice();
        const runId = await createRun(deviceId);
        const other = await createRun(deviceId, { mode: 'full' });
        expect(await store.readCancelled([runId, other])).toEqual([]);
        await store.requestCancel(runId);
        expect(await store.readCancelled([runId, other])).toEqual([runId]);
        expect((await store.readRun(runId))?.cancelRequested).toBe(true);
        await store.writeOutcomes(await leased(deviceId), [], [progress(runId, { state: 'cancelled' })]);
        expect(await store.finishRun(runId)).toEqual({ finished: true, state: 'cancelled' });
        await store.requestCancel(runId);
        expect((await store.readRun(runId))?.state).toBe('cancelled');
      });

      it('do not wait for a device that was deleted', async () => {
        const deviceId = await addDevice();
        const runId = await createRun(deviceId);
        await harness.deleteDevice(deviceId);
        expect(await store.readRun(runId)).toMatchObject({
          state: 'failed',
          legs: [{ state: 'stopped', reasonCode: 'device_deleted' }],
        });
      });
    });

    describe('leases', () => {
      it('are given for devices with open legs only, to one owner', async () => {
        const idle = await addDevice();
        const busy = await addDevice();
        await createRun(busy);
        const taken = await store.leaseDevicesWithWork('daemon-a', TTL_MS, 1_000);
        expect(taken.map(({ deviceId }) => deviceId)).toContain(busy);
        expect(taken.map(({ deviceId }) => deviceId)).not.toContain(idle);
        expect(await lease(busy, 'daemon-b')).toBeUndefined();
        expect(await lease(busy, 'daemon-a')).toBeUndefined();
      });

      it('go to exactly one of many that ask at once, and no more than asked for', async () => {
        const devices = await Promise.all([1, 2, 3, 4].map(() => addDevice()));
        for (const deviceId of devices) await createRun(deviceId);
        const owners = ['a', 'b', 'c', 'd'].map((name) => `daemon-${name}`);
        const taken = await Promise.all(
          owners.map((owner) => store.leaseDevicesWithWork(owner, TTL_MS, 1_000)),
        );
        const ids = taken.flat().map(({ deviceId }) => deviceId);
        expect(ids.filter((id) => devices.includes(id)).toSorted()).toEqual(devices.toSorted());

        const [one, two] = [await addDevice(), await addDevice()];
        await createRun(one);
        await createRun(two);
        expect(await store.leaseDevicesWithWork('daemon-a', TTL_MS, 1)).toHaveLength(1);
      });

      it('pass on with a greater fence once they ran out, and the old holder can neither renew nor write', async () => {
        const deviceId = await addDevice();
        const runId = await createRun(deviceId);
        const old = await leased(deviceId, 'daemon-a');
        await harness.expireLease(deviceId);
        const current = await leased(deviceId, 'daemon-b');
        expect(current.fence).toBeGreaterThan(old.fence);

        expect(await store.renewLeases('daemon-a', [old], TTL_MS)).toEqual([]);
        const lost = new LeaseLostError(deviceId);
        const outcome = { runId, line: line(deviceId, 700_001), tracking: tracked(deviceId, 700_001) };
        await expect(store.writeOutcomes(old, [outcome], [progress(runId)])).rejects.toEqual(lost);
        await expect(store.writeTracking(old, [outcome.tracking])).rejects.toEqual(lost);
        await expect(store.writeDevice(old, { status: 'eroare' })).rejects.toEqual(lost);
        expect(await store.readLines(runId, null, 10)).toEqual([]);
        expect((await store.readTracking(deviceId, null, 10)).rows).toEqual([]);

        await store.releaseLease(old, 0);
        expect(only(await store.renewLeases('daemon-b', [current], TTL_MS))).toMatchObject({
          deviceId,
          fence: current.fence,
        });
      });

      it('that ran out but that nobody took still admit the result of the last call', async () => {
        const deviceId = await addDevice();
        const runId = await createRun(deviceId);
        const held = await leased(deviceId);
        await harness.expireLease(deviceId);
        await store.writeOutcomes(held, [{ runId, line: line(deviceId, 700_001), tracking: null }], []);
        expect(await store.readLines(runId, null, 10)).toHaveLength(1);
      });

      it('given back leave the device to rest for the pause', async () => {
        const deviceId = await addDevice();
        await createRun(deviceId);
        const held = await leased(deviceId, 'daemon-a');
        await store.releaseLease(held, TTL_MS);
        expect(await lease(deviceId, 'daemon-b')).toBeUndefined();
        await harness.expireLease(deviceId);
        const next = await leased(deviceId, 'daemon-b');
        expect(next.fence).toBeGreaterThan(held.fence);
        await expect(store.writeDevice(held, { status: 'activ' })).rejects.toThrow(LeaseLostError);
      });

      it('show the open legs: single employees first, then by age', async () => {
        const deviceId = await addDevice();
        const { employeeId } = await addEmployee();
        const bulk = await createRun(deviceId);
        const full = await createRun(deviceId, { mode: 'full' });
        const single = await createRun(deviceId, { kind: 'sync-angajat-device', employeeId });
        const held = await leased(deviceId);
        const legs = await store.readOpenLegs(held);
        expect(legs.map(({ runId }) => runId)).toEqual([single, bulk, full]);
        expect(legs[0]?.scope).toEqual(scopeOf(deviceId, { kind: 'sync-angajat-device', employeeId }));
        await store.writeOutcomes(held, [], [progress(bulk, { state: 'ok' })]);
        const left = (await store.readOpenLegs(held)).map(({ runId }) => runId);
        expect(left).toEqual([single, full]);
      });

      it('are given for a device in eroare whose next try is due, without any run', async () => {
        const deviceId = await addDevice();
        const runId = await createRun(deviceId);
        const held = await leased(deviceId);
        const due = { status: 'eroare', memory: { nextProbeAtMs: 1_000 } } as const;
        await store.writeDevice(held, due);
        await store.writeOutcomes(held, [], [progress(runId, { state: 'stopped' })]);
        await harness.expireLease(deviceId);
        expect(await lease(deviceId)).toBeDefined();
      });
    });

    describe('results', () => {
      it('are written together: lines, tracking, counters, cursor and the state of the run', async () => {
        const deviceId = await addDevice();
        const { employeeId, employeeNo } = await addEmployee();
        const runId = await createRun(deviceId);
        const held = await leased(deviceId);
        const statuses = ['sincronizat', 'partial', 'omis', 'eroare', 'neincercat'] as const;
        const lines = [
          line(deviceId, employeeNo, { employeeId, person: 'already_exists' }),
          ...statuses.map((status, nth) =>
            line(deviceId, 800_000 + nth, {
              status,
              error: status === 'eroare' ? { code: 'person_rejected', message: 'no' } : null,
            }),
          ),
        ];
        await store.writeOutcomes(
          held,
          lines.map((one) => ({ runId, line: one, tracking: tracked(deviceId, one.employeeNo ?? 0) })),
          [progress(runId, { cursorEmployeeNo: 800_004, unchanged: [900_001, 900_002] })],
        );
        const leg = await legOf(runId);
        expect(leg).toMatchObject({ state: 'running', cursorEmployeeNo: 800_004 });
        expect(leg.unchanged.toSorted()).toEqual([900_001, 900_002]);
        expect(leg.counters).toEqual(
          counters({ success: 4, alreadyExisting: 1, partial: 1, skipped: 1, failed: 1, notAttempted: 1 }),
        );
        expect(await store.readLines(runId, null, 100)).toEqual(lines);
        const run = await store.readRun(runId);
        expect(run?.state).toBe('running');
        expect(run?.startedAtMs).not.toBeNull();
        const withoutNumbers = { ...run, legs: run?.legs.map((one) => ({ ...one, unchanged: [] })) };
        expect(await store.readRunProgress(runId)).toEqual(withoutNumbers);
        expect((await store.readTracking(deviceId, null, 100)).rows).toHaveLength(6);
      });

      it('written twice after a lost answer count once', async () => {
        const deviceId = await addDevice();
        const runId = await createRun(deviceId);
        const held = await leased(deviceId);
        const write = () =>
          store.writeOutcomes(
            held,
            [{ runId, line: line(deviceId, 700_001), tracking: tracked(deviceId, 700_001) }],
            [progress(runId, { cursorEmployeeNo: 700_001, unchanged: [700_002] })],
          );
        await write();
        await write();
        const leg = await legOf(runId);
        expect(leg.counters).toEqual(counters({ success: 2 }));
        expect(leg.unchanged).toEqual([700_002]);
      });

      it('replace an earlier result of the same pair', async () => {
        const deviceId = await addDevice();
        const runId = await createRun(deviceId);
        const held = await leased(deviceId);
        const write = (one: Line) => store.writeOutcomes(held, [{ runId, line: one, tracking: null }], []);
        await write(line(deviceId, 700_001, { status: 'eroare' }));
        await write(line(deviceId, 700_001));
        expect((await legOf(runId)).counters).toEqual(counters({ success: 1 }));
      });

      it('never move a cursor back nor a leg out of its end', async () => {
        const deviceId = await addDevice();
        const runId = await createRun(deviceId);
        const held = await leased(deviceId);
        const end = progress(runId, { state: 'stopped', cursorEmployeeNo: 9, reason: 'r', reasonCode: 'c' });
        await store.writeOutcomes(held, [], [end]);
        await store.writeOutcomes(held, [], [progress(runId, { cursorEmployeeNo: 5 })]);
        expect(await legOf(runId)).toMatchObject({
          state: 'stopped',
          cursorEmployeeNo: 9,
          reason: 'r',
          reasonCode: 'c',
        });
      });

      it('leave the tracking row alone where there is none to write', async () => {
        const deviceId = await addDevice();
        const runId = await createRun(deviceId);
        const held = await leased(deviceId);
        await store.writeOutcomes(held, [{ runId, line: line(deviceId, 700_001), tracking: null }], []);
        expect((await store.readTracking(deviceId, null, 10)).rows).toEqual([]);
      });

      it('come in pages by employee, then device', async () => {
        const devices = [await addDevice(), await addDevice()].toSorted() as [string, string];
        const { runId } = await store.createRun(scopeOf(devices[0]), 'tester', devices, {
          employeesInScope: 2,
          employeesWithoutNumber: 0,
        });
        const expected: [number, string][] = [];
        for (const deviceId of devices) {
          await harness.expireLease(deviceId);
          const held = await leased(deviceId);
          const outcomes = [700_001, 700_002].map((no) => ({
            runId,
            line: line(deviceId, no),
            tracking: null,
          }));
          await store.writeOutcomes(held, outcomes, []);
        }
        for (const employeeNo of [700_001, 700_002])
          for (const deviceId of devices) expected.push([employeeNo, deviceId]);
        const found: [number, string][] = [];
        let after: { employeeNo: number; deviceId: string } | null = null;
        for (let page = 0; page < 4; page += 1) {
          const lines: Line[] = await store.readLines(runId, after, 1);
          const one = only(lines);
          after = { employeeNo: one.employeeNo ?? 0, deviceId: one.deviceId };
          found.push([after.employeeNo, after.deviceId]);
        }
        expect(found).toEqual(expected);
        expect(await store.readLines(runId, after, 1)).toEqual([]);
      });
    });
  });
}
