import { blankMemory, type Device } from '../../model/device.ts';
import type { Employee } from '../../model/employee.ts';
import type { Line, Run } from '../../model/run.ts';
import type { Tracking } from '../../model/tracking.ts';

/** Who drives a device, or (`owner` null) until when it rests. */
interface LeaseRow {
  owner: string | null;
  fence: number;
  expiresAtMs: number;
}

/** The rows of the in-memory database. What goes in and out is copied: nobody holds a row of it. */
export interface Tables {
  devices: Map<string, Device>;
  employees: Map<string, Employee>;
  /** Device → employee number → row. */
  tracking: Map<string, Map<number, Tracking>>;
  runs: Map<string, Run>;
  /** Run → device and number → line. */
  lines: Map<string, Map<string, Line>>;
  leases: Map<string, LeaseRow>;
}

export const emptyTables = (): Tables => ({
  devices: new Map(),
  employees: new Map(),
  tracking: new Map(),
  runs: new Map(),
  lines: new Map(),
  leases: new Map(),
});

/** Numbers of active employees, ascending: what pages are cut from. */
export const byNumber = (a: { employeeNo: number | null }, b: { employeeNo: number | null }): number =>
  (a.employeeNo ?? 0) - (b.employeeNo ?? 0);

export function deviceRow(device: Partial<Device> & { deviceId: string }): Device {
  return {
    name: device.deviceId,
    host: `${device.deviceId}.test`,
    port: 80,
    scheme: 'http',
    certificatePolicy: { mode: 'verify' },
    username: 'admin',
    password: 'secret',
    status: 'activ',
    siteId: null,
    timezone: null,
    ...device,
    memory: { ...blankMemory, ...device.memory },
  };
}

export function trackingOf(tables: Tables, deviceId: string): Map<number, Tracking> {
  const known = tables.tracking.get(deviceId);
  if (known !== undefined) return known;
  const rows = new Map<number, Tracking>();
  tables.tracking.set(deviceId, rows);
  return rows;
}
