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
  'lease.taken': { deviceId: string; fence: number };
  'lease.lost': { deviceId: string };
  'store.failed': { doing: string; message: string };
}
