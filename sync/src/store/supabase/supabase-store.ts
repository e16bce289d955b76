import type { Store } from '../store.ts';
import { dataOf } from './answer.ts';
import type { Client } from './client.ts';
import * as devices from './queries/devices.ts';
import * as employees from './queries/employees.ts';
import * as leases from './queries/leases.ts';
import * as lines from './queries/lines.ts';
import * as results from './queries/results.ts';
import * as runs from './queries/runs.ts';
import * as tracking from './queries/tracking.ts';

/**
 * The database behind supabase-js: hosted, local stack or embedded. `now` is this process's time in milliseconds, in
 * which leases are told. Every question is one of `queries/`, listed there by what it is about.
 */
export function createSupabaseStore(client: Client, now: () => number): Store {
  return {
    checkReachable: async () => {
      dataOf(await client.from('sincronizari').select('id').limit(1), 'asking whether it is there');
    },
    readDevices: (filter) => devices.readDevices(client, filter),
    readAddresses: () => devices.readAddresses(client),
    readEmployee: (employeeId) => employees.readEmployee(client, employeeId),
    readActiveEmployees: (after, limit) => employees.readActiveEmployees(client, after, limit),
    countActiveEmployees: () => employees.countActiveEmployees(client),
    readEmployeesByNumber: (numbers) => employees.readEmployeesByNumber(client, numbers),
    countPresent: (deviceId) => tracking.countPresent(client, deviceId),
    readTracking: (deviceId, after, limit) => tracking.readTracking(client, deviceId, after, limit),
    readTrackingOf: (deviceId, numbers) => tracking.readTrackingOf(client, deviceId, numbers),
    readOwedClosings: (deviceId, after, limit) => tracking.readOwedClosings(client, deviceId, after, limit),
    createRun: (scope, requestedBy, deviceIds, counts) =>
      runs.createRun(client, scope, requestedBy, deviceIds, counts),
    readRun: (runId) => runs.readRun(client, runId, true),
    readRunProgress: (runId) => runs.readRun(client, runId, false),
    listRuns: (before, limit) => runs.listRuns(client, before, limit),
    readLines: (runId, after, limit) => lines.readLines(client, runId, after, limit),
    readLegLines: (runId, deviceId, after, limit) =>
      lines.readLegLines(client, runId, deviceId, after, limit),
    requestCancel: (runId) => runs.requestCancel(client, runId),
    readCancelled: (runIds) => runs.readCancelled(client, runIds),
    finishRun: (runId) => runs.finishRun(client, runId),
    leaseDevicesWithWork: (owner, ttlMs, limit) =>
      leases.leaseDevicesWithWork(client, now, owner, ttlMs, limit),
    renewLeases: (owner, held, ttlMs) => leases.renewLeases(client, now, owner, held, ttlMs),
    releaseLease: (lease, pauseMs) => leases.releaseLease(client, lease, pauseMs),
    readOpenLegs: (lease) => leases.readOpenLegs(client, lease),
    writeOutcomes: (lease, outcomes, progress) => results.writeOutcomes(client, lease, outcomes, progress),
    writeTracking: (lease, rows) => tracking.writeTracking(client, lease, rows),
    writeDevice: (lease, patch) => results.writeDevice(client, lease, patch),
  };
}
