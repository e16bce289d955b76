import type { RunScope } from '../../model/run.ts';

type Options = Partial<Pick<RunScope, 'mode' | 'execution' | 'siteId'>>;

const base = {
  employeeId: null,
  deviceId: null,
  siteId: null,
  work: 'person-and-face',
  mode: 'incremental',
  execution: 'perform',
} as const;

/** The field's verbs as scopes: which employees, which devices, what work. */
export const scopes = {
  employeeToDevice: (employeeId: string, deviceId: string, options: Options = {}): RunScope => ({
    ...base,
    kind: 'sync-angajat-device',
    employeeId,
    deviceId,
    ...options,
  }),
  employeeToAllDevices: (employeeId: string, options: Options = {}): RunScope => ({
    ...base,
    kind: 'sync-angajat-all-devices',
    employeeId,
    ...options,
  }),
  allEmployeesToAllDevices: (options: Options = {}): RunScope => ({
    ...base,
    kind: 'sync-all-to-all-devices',
    ...options,
  }),
  allEmployeesToDevice: (deviceId: string, options: Options = {}): RunScope => ({
    ...base,
    kind: 'sync-all-to-device',
    deviceId,
    ...options,
  }),
  photoOnlyToAllDevices: (employeeId: string, options: Options = {}): RunScope => ({
    ...base,
    kind: 'sync-angajat-photo-only',
    employeeId,
    work: 'face-only',
    ...options,
  }),
};
