import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../clock.ts';
import type { Device } from '../../model/device.ts';
import type { Employee } from '../../model/employee.ts';
import type { Tracking } from '../../model/tracking.ts';
import { SerialTakenError } from '../store-errors.ts';
import type { DevicePatch, Page, Store } from '../store.ts';
import { createLeases } from './leases.ts';
import { writeResults } from './results.ts';
import { createRuns } from './runs.ts';
import { byNumber, deviceRow, emptyTables, trackingOf } from './tables.ts';

/** What other programs do to the database: for tests, the daemon has no such verbs. */
export interface MemoryAdmin {
  putDevice(device: Partial<Device> & { deviceId: string }): void;
  removeDevice(deviceId: string): void;
  putEmployee(employee: Employee): void;
  /** Deletes employee and biometrics; tracking rows stay and lose their link, as in the database. */
  removeEmployee(employeeId: string): void;
  putTracking(row: Tracking): void;
  /** As if its time, or its rest, had passed. */
  expireLease(deviceId: string): void;
  tracking(deviceId: string): Tracking[];
  device(deviceId: string): Device | null;
  employees(): Employee[];
}

export type MemoryStore = Store & { admin: MemoryAdmin };

function page<Row extends { employeeNo: number | null }>(
  rows: Row[],
  after: number | null,
  limit: number,
): Page<Row> {
  const ordered = rows.filter(({ employeeNo }) => after === null || (employeeNo ?? 0) > after).sort(byNumber);
  const cut = ordered.slice(0, limit);
  return {
    rows: structuredClone(cut),
    next: ordered.length > limit ? (cut.at(-1)?.employeeNo ?? null) : null,
  };
}

/**
 * The database in memory, on the given clock: the same rules as the SQL functions, each call one transaction. For
 * tests and for whole fleets in virtual time; `store.suite.ts` holds it to the behaviour of the real one.
 */
export function createMemoryStore({ clock }: { clock: Clock }): MemoryStore {
  const tables = emptyTables();
  const leases = createLeases(tables, clock);
  const runs = createRuns(tables, clock);
  const numbered = (): Employee[] =>
    [...tables.employees.values()].filter(({ employeeNo }) => employeeNo !== null);
  const activeBiometrics = (): Set<string | null> =>
    new Set([...tables.employees.values()].filter(({ active }) => active).map((one) => one.biometricsId));

  /** The link to the biometrics row follows from the number, as in the database. */
  const linked = (row: Tracking): Tracking => ({
    ...row,
    biometricsId: numbered().find(({ employeeNo }) => employeeNo === row.employeeNo)?.biometricsId ?? null,
  });

  function patchDevice(deviceId: string, patch: DevicePatch): void {
    const device = tables.devices.get(deviceId);
    if (device === undefined) return;
    const serialNumber = patch.memory?.serialNumber ?? null;
    const isNew = serialNumber !== null && serialNumber !== device.memory.serialNumber;
    for (const other of isNew ? tables.devices.values() : [])
      if (other !== device && other.status !== 'inactiv' && other.memory.serialNumber === serialNumber)
        throw new SerialTakenError(deviceId);
    // `inactiv` belongs to people.
    if (patch.status !== undefined && device.status !== 'inactiv') device.status = patch.status;
    const lastSyncedAtMs = Math.max(device.memory.lastSyncedAtMs ?? 0, patch.memory?.lastSyncedAtMs ?? 0);
    device.memory = {
      ...device.memory,
      ...structuredClone(patch.memory),
      lastSyncedAtMs: lastSyncedAtMs || null,
    };
  }

  const store: Store = {
    checkReachable: () => Promise.resolve(),
    readDevices: ({ deviceIds, siteId, statuses, serialNumber }) =>
      later(() =>
        [...tables.devices.values()]
          .filter(
            (device) =>
              (deviceIds?.includes(device.deviceId) ?? true) &&
              (siteId == null || device.siteId === siteId) &&
              (statuses?.includes(device.status) ?? true) &&
              (serialNumber === undefined || device.memory.serialNumber === serialNumber),
          )
          .map((device) => structuredClone(device)),
      ),
    readAddresses: () =>
      later(() =>
        [...tables.devices.values()]
          .filter(({ status }) => status !== 'inactiv')
          .map(({ deviceId, host, port }) => ({ deviceId, host, port })),
      ),
    readEmployee: (employeeId) => later(() => structuredClone(tables.employees.get(employeeId) ?? null)),
    readActiveEmployees: (after, limit) =>
      later(() =>
        page(
          numbered().filter(({ active }) => active),
          after,
          limit,
        ),
      ),
    countActiveEmployees: () =>
      later(() => {
        const active = [...tables.employees.values()].filter((one) => one.active);
        const withNumber = active.filter(({ employeeNo }) => employeeNo !== null).length;
        return { withNumber, withoutNumber: active.length - withNumber };
      }),
    readEmployeesByNumber: (employeeNos) =>
      later(() => {
        const wanted = new Set(employeeNos);
        return structuredClone(
          numbered()
            .filter(({ employeeNo }) => wanted.has(employeeNo ?? -1))
            .sort(byNumber),
        );
      }),
    readTracking: (deviceId, after, limit) =>
      later(() => page([...trackingOf(tables, deviceId).values()], after, limit)),
    readTrackingOf: (deviceId, employeeNos) =>
      later(() => employeeNos.flatMap((no) => structuredClone(trackingOf(tables, deviceId).get(no) ?? []))),
    countPresent: (deviceId) =>
      later(
        () =>
          [...trackingOf(tables, deviceId).values()].filter(
            ({ person }) => person.state === 'confirmed' || person.state === 'foreign',
          ).length,
      ),
    readOwedClosings: (deviceId, after, limit) =>
      later(() => {
        const active = activeBiometrics();
        const owed = [...trackingOf(tables, deviceId).values()].filter(
          ({ person, accessClosed, biometricsId }) =>
            person.state !== 'absent' &&
            !accessClosed &&
            (biometricsId === null || !active.has(biometricsId)),
        );
        return page(owed, after, limit);
      }),

    createRun: (scope, requestedBy, deviceIds, counts) =>
      later(() => runs.create(scope, requestedBy, deviceIds, counts)),
    readRun: (runId) => later(() => structuredClone(tables.runs.get(runId) ?? null)),
    readRunProgress: (runId) =>
      later(() => {
        const run = tables.runs.get(runId);
        if (run === undefined) return null;
        return structuredClone({ ...run, legs: run.legs.map((leg) => ({ ...leg, unchanged: [] })) });
      }),
    listRuns: (before, limit) => later(() => structuredClone(runs.list(before, limit))),
    readLines: (runId, after, limit) => later(() => structuredClone(runs.lines(runId, after, limit))),
    readLegLines: (runId, deviceId, after, limit) =>
      later(() => {
        const lines = [...(tables.lines.get(runId)?.values() ?? [])];
        return page(
          lines.filter((line) => line.deviceId === deviceId),
          after,
          limit,
        );
      }),
    requestCancel: (runId) =>
      later(() => {
        runs.requestCancel(runId);
      }),
    readCancelled: (runIds) =>
      later(() => runIds.filter((runId) => tables.runs.get(runId)?.cancelRequested === true)),
    finishRun: (runId) => later(() => runs.finish(runId)),

    leaseDevicesWithWork: (owner, ttlMs, limit) => later(() => leases.take(owner, ttlMs, limit)),
    renewLeases: (owner, held, ttlMs) => later(() => leases.renew(owner, held, ttlMs)),
    releaseLease: (lease, pauseMs) =>
      later(() => {
        leases.release(lease, pauseMs);
      }),
    readOpenLegs: (lease) => later(() => structuredClone(runs.openLegs(lease.deviceId))),

    writeOutcomes: (lease, outcomes, progress) =>
      later(() => {
        leases.check(lease);
        const rows = outcomes.map((one) => ({ ...one, tracking: one.tracking && linked(one.tracking) }));
        writeResults(tables, lease.deviceId, rows, progress, clock.now());
      }),
    writeTracking: (lease, rows) =>
      later(() => {
        leases.check(lease);
        for (const row of rows)
          trackingOf(tables, lease.deviceId).set(row.employeeNo, structuredClone(linked(row)));
      }),
    writeDevice: (lease, patch) =>
      later(() => {
        leases.check(lease);
        patchDevice(lease.deviceId, patch);
      }),
  };

  const admin: MemoryAdmin = {
    putDevice: (device) => {
      const before = tables.devices.get(device.deviceId);
      const row = deviceRow({ ...before, ...device });
      if (before !== undefined && isCorrected(before, row))
        row.memory.nextProbeAtMs = Math.max(clock.now(), row.memory.lockedUntilMs ?? -Infinity);
      tables.devices.set(device.deviceId, row);
    },
    removeDevice: (deviceId) => {
      tables.devices.delete(deviceId);
      tables.tracking.delete(deviceId);
      for (const run of tables.runs.values())
        for (const leg of run.legs)
          if (leg.deviceId === deviceId && (leg.state === 'queued' || leg.state === 'running')) {
            leg.state = 'stopped';
            leg.reasonCode = 'device_deleted';
            leg.reason = 'The terminal was deleted.';
            runs.finish(run.runId);
          }
    },
    putEmployee: (employee) => tables.employees.set(employee.employeeId, structuredClone(employee)),
    removeEmployee: (employeeId) => {
      const { biometricsId } = tables.employees.get(employeeId) ?? { biometricsId: null };
      tables.employees.delete(employeeId);
      for (const rows of tables.tracking.values())
        for (const row of rows.values()) if (row.biometricsId === biometricsId) row.biometricsId = null;
    },
    putTracking: (row) => trackingOf(tables, row.deviceId).set(row.employeeNo, structuredClone(linked(row))),
    expireLease: (deviceId) => {
      const row = tables.leases.get(deviceId);
      if (row !== undefined) row.expiresAtMs = clock.now();
    },
    tracking: (deviceId) => structuredClone([...trackingOf(tables, deviceId).values()].sort(byNumber)),
    device: (deviceId) => structuredClone(tables.devices.get(deviceId) ?? null),
    employees: () => structuredClone([...tables.employees.values()]),
  };
  return { ...store, admin };
}

/** A device that did not work is reached or logged in to another way: it is tried without being asked. */
function isCorrected(before: Device, row: Device): boolean {
  const waysIn = ['host', 'port', 'scheme', 'username', 'password', 'certificatePolicy'] as const;
  return row.status === 'eroare' && waysIn.some((part) => !isDeepStrictEqual(before[part], row[part]));
}

/** A transaction: nothing of it is seen before the next turn, and what it throws rejects. */
async function later<Value>(work: () => Value): Promise<Value> {
  await Promise.resolve();
  return work();
}
