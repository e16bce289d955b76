import { runToEnd } from './async-run.ts';
import { startStack } from '../stack/start-stack.ts';
import { deviceLoads, leastMs, type DeviceLoad } from './device-load.ts';
import { expectCompleted } from './expect-completed.ts';

/** What the terminals take for any call, so that "answer time" is a number and not the load of this machine. */
const ANSWER_MS = 50;

/**
 * Enough employees that first questions stay few beside two calls for each. The pause grows with the devices: one call
 * costs terminals, embedded database and daemon some 20 ms of processor together, and only where two cores are never
 * short of that is the daemon's own timing what is measured.
 */
const SIZES = {
  1: { employees: 60, pauseMs: 200 },
  50: { employees: 36, pauseMs: 1_200 },
  200: { employees: 10, pauseMs: 5_500 },
};
export type FleetSize = keyof typeof SIZES;

/** A full first sync over real sockets. */
export interface FirstSync {
  devices: number;
  employees: number;
  pauseMs: number;
  wallMs: number;
  /** Of the terminal that needed longest. */
  slowest: DeviceLoad;
}

const measured = new Map<FleetSize, Promise<FirstSync>>();

/** Measured once per process: two benches look at it from two sides. */
export function measureFirstSync(devices: FleetSize): Promise<FirstSync> {
  const known = measured.get(devices) ?? measure(devices);
  measured.set(devices, known);
  return known;
}

async function measure(devices: FleetSize): Promise<FirstSync> {
  const { employees, pauseMs } = SIZES[devices];
  const stack = await startStack({
    devices,
    traits: { answerMs: ANSWER_MS, modellingMinMs: 0, modellingMaxMs: 0 },
    employees,
    daemonEnv: { RATE_LIMIT_MS: String(pauseMs) },
  });
  try {
    const startedMs = performance.now();
    // Followed by its events: on a busy machine a run may outlast the five minutes that fetch waits for an answer.
    const run = await runToEnd(stack, 'sync-all-to-all-devices');
    const wallMs = performance.now() - startedMs;
    expectCompleted(run);
    const loads = await deviceLoads(stack.devices);
    const slowest = loads.reduce((a, b) => (leastMs(b, pauseMs) > leastMs(a, pauseMs) ? b : a));
    return { devices, employees, pauseMs, wallMs, slowest };
  } finally {
    await stack.stop();
  }
}

export const meanAnswerMs = ({ slowest }: FirstSync): number => slowest.busyMs / Math.max(1, slowest.calls);
