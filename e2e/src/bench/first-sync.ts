import { startStack } from '../stack/embedded-stack.ts';
import type { DeviceHandle } from '../stack/stack.ts';
import type { Bench, Figure } from './bench.ts';

const PAUSE_MS = 200;
/** What the terminals take for any call, so that "answer time" is a number and not the load of this machine. */
const ANSWER_MS = 50;

/** Enough employees that a device's handful of first questions stays small beside two calls for each. */
const SIZES = [
  { devices: 1, employees: 60 },
  { devices: 50, employees: 60 },
];

/**
 * A full first sync over real sockets: how long it takes over what one device needs at least, which is two calls for
 * each employee, each with its answer time and the pause before the next.
 */
export const firstSync: Bench = {
  name: 'firstSync',
  measure: async () => {
    const figures: Figure[] = [];
    for (const size of SIZES) figures.push(await measure(size));
    return figures;
  },
};

async function measure({ devices, employees }: { devices: number; employees: number }): Promise<Figure> {
  const stack = await startStack({
    devices: Array.from({ length: devices }, () => ({
      traits: { answerMs: ANSWER_MS, modellingMinMs: 0, modellingMaxMs: 0 },
    })),
    employees,
    daemonEnv: { RATE_LIMIT_MS: String(PAUSE_MS), LOG_LEVEL: 'warn' },
  });
  try {
    const startedMs = performance.now();
    const { body } = await stack.sync('sync-all-to-all-devices');
    const wallMs = performance.now() - startedMs;
    if (body.status !== 'completed')
      throw new Error(`The benched run ended as ${body.status}: ${body.errors[0]?.message ?? ''}`);
    const answerMs = Math.max(...(await Promise.all(stack.devices.map(meanAnswerMs))));
    return {
      name: `firstSync.d${devices}`,
      value: wallMs / (2 * employees * (PAUSE_MS + answerMs)),
      unit: 'ratio',
      comparedWith: `2 × ${employees} × (pause ${PAUSE_MS} ms + answer ${answerMs.toFixed(0)} ms) of the slowest device`,
      goal: { kind: 'at-most', value: 1.1 },
    };
  } finally {
    await stack.stop();
  }
}

/** Mean time of one call at the device: from the challenge's arrival to the end of the signed answer. */
async function meanAnswerMs(device: DeviceHandle): Promise<number> {
  const entries = await device.requests({ limit: 100_000 });
  const signed = entries.filter(({ auth }) => auth === 'ok');
  const unsigned = entries.filter(({ auth }) => auth === 'none');
  const total = signed.reduce(
    (sum, entry, index) => sum + (entry.endedAtMs ?? 0) - (unsigned[index]?.startedAtMs ?? entry.startedAtMs),
    0,
  );
  return total / Math.max(1, signed.length);
}
