import type { Line, RunState } from '../model/run.ts';

/**
 * Everything the engine tells the world: log, metrics, server-sent events and tests subscribe to this one list.
 * Ids and employee numbers only: no names, no photos, no secrets.
 */
export interface EngineEvents {
  'run.created': { runId: string; kind: string; devices: number; employees: number; requestedBy: string };
  'run.progress': { runId: string; done: number; total: number };
  'run.finished': { runId: string; state: RunState };
  'leg.started': { runId: string; deviceId: string };
  'leg.finished': { runId: string; deviceId: string; state: string; reason: string | null };
  /** The engine stops in the middle: what is open is for the next holder of the lease. */
  'leg.handed-over': { deviceId: string; legs: number };
  'pair.finished': { runId: string; line: Line };
  /** Before a call is sent and after it ended: the pause between calls is proved from these. */
  'call.started': { deviceId: string; operation: string; employeeNo: number | null; reason: string };
  'call.finished': {
    deviceId: string;
    operation: string;
    employeeNo: number | null;
    durationMs: number;
    class: string;
    deviceCode: string;
  };
  'device.stopped': { deviceId: string; code: string; message: string; raw: string | null };
  'device.recovered': { deviceId: string };
  /** The device's own list was read: whom of ours it has, whom it lost, and how many on it are not ours. */
  'device.inventoried': { deviceId: string; persons: number; ours: number; gone: number; strangers: number };
  /** Somebody who was known to be on the device is gone from it: its list is read before anything of it is believed. */
  'device.list-doubted': { deviceId: string };
  /** Said before the first write: so many active employees do not fit. */
  'device.capacity-short': { deviceId: string; maxPersons: number; present: number; missingPlaces: number };
  /** Access of somebody no longer active; `closed` false: it stays owed. */
  'leaver.handled': { deviceId: string; employeeNo: number; closed: boolean; code: string | null };
  'lease.taken': { deviceId: string; fence: number };
  'lease.lost': { deviceId: string };
  /** A mistake of ours: the lane ended, its legs are taken up again when the lease has run out. */
  'lane.failed': { deviceId: string; message: string };
  'store.failed': { doing: string; message: string };
}
