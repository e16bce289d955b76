import type { DeviceHandle } from '../stack/stack.ts';

/** What one terminal was asked, by its own journal. */
export interface DeviceLoad {
  /** Handshakes that were let in: the challenge and the signed request are one call. */
  calls: number;
  /** Time the terminal itself took for all of them, challenges included. */
  busyMs: number;
  /** When the last answer had left, since the epoch. */
  lastEndMs: number;
}

/** @throws Error when the terminal was asked more than its journal keeps: a count would be too small. */
export async function deviceLoad(device: DeviceHandle): Promise<DeviceLoad> {
  const entries = await device.requests();
  const [first] = entries;
  if (first && first.sequence !== 1)
    throw new Error(
      `${device.name} was asked more often than its journal keeps (oldest entry: ${first.sequence}). Bench fewer employees.`,
    );
  return {
    calls: entries.filter(({ auth }) => auth === 'ok').length,
    busyMs: entries.reduce(
      (sum, { startedAtMs, endedAtMs }) => sum + (endedAtMs ?? startedAtMs) - startedAtMs,
      0,
    ),
    lastEndMs: Math.max(0, ...entries.map(({ endedAtMs }) => endedAtMs ?? 0)),
  };
}

/** The same for several terminals at once. */
export const deviceLoads = (devices: readonly DeviceHandle[]): Promise<DeviceLoad[]> =>
  Promise.all(devices.map(deviceLoad));

/** How long a terminal needs at least for its calls: each with its answer and the pause before the next. */
export const leastMs = ({ calls, busyMs }: DeviceLoad, pauseMs: number): number => calls * pauseMs + busyMs;
