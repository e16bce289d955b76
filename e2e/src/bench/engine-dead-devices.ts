import { startStack } from '../stack/start-stack.ts';
import type { Stack } from '../stack/stack.ts';
import type { Bench } from './bench.ts';
import { deviceLoads } from './device-load.ts';

const LIVE = 40;
const DEAD = 10;
const EMPLOYEES = 16;
/** Long enough that two cores carry both fleets, so that what slows the live ones is the dead ones. */
const PAUSE_MS = 2_000;
const ANSWER_MS = 50;

/**
 * Terminals that refuse connections and terminals that never answer must not slow the others down. The fleet with
 * them and the one without run side by side, each with a daemon and a database of its own: whatever else the machine
 * does, it does to both.
 */
export const engineDeadDevices: Bench = {
  name: 'engine.deadDevices',
  measure: async () => {
    const [alone, among] = await sideBySide(0, DEAD);
    return [
      {
        name: 'engine.deadDevices',
        value: among / alone,
        unit: 'ratio',
        comparedWith: `${LIVE} devices × ${EMPLOYEES} employees without ${DEAD} dead ones beside them (${(alone / 1000).toFixed(1)} s; pause ${PAUSE_MS} ms, answer ${ANSWER_MS} ms)`,
        goal: { kind: 'at-most', value: 1.05 },
      },
    ];
  },
};

/** Both fleets stand before either is synchronised. */
async function sideBySide(...deadCounts: [number, number]): Promise<[number, number]> {
  const stacks: Stack[] = [];
  try {
    for (const dead of deadCounts) stacks.push(await startWith(dead));
    const [first = 0, second = 0] = await Promise.all(stacks.map(wallOfLive));
    return [first, second];
  } finally {
    for (const stack of stacks) await stack.stop();
  }
}

/** The dead ones come first, so that whoever works through devices in order meets them at once. */
const startWith = (dead: number): Promise<Stack> =>
  startStack({
    devices: [
      ...Array.from({ length: dead }, (_, nth) => ({ faults: [nth % 2 === 0 ? 'offline' : 'silent'] })),
      ...Array.from({ length: LIVE }, () => ({})),
    ],
    traits: { answerMs: ANSWER_MS, modellingMinMs: 0, modellingMaxMs: 0 },
    employees: EMPLOYEES,
    daemonEnv: { RATE_LIMIT_MS: String(PAUSE_MS) },
  });

/** From the request to the last answer of the last live terminal. */
async function wallOfLive(stack: Stack): Promise<number> {
  const startedMs = Date.now();
  const { body } = await stack.sync('sync-all-to-all-devices');
  const live = stack.devices.slice(-LIVE);
  const ok = new Set(body.devices.filter(({ status }) => status === 'ok').map((one) => one.dispozitiv_id));
  if (live.some(({ databaseId }) => !ok.has(databaseId)) || ok.size !== LIVE)
    throw new Error(`${ok.size} devices were brought in step, not the ${LIVE} live ones.`);
  const loads = await deviceLoads(live);
  return Math.max(...loads.map(({ lastEndMs }) => lastEndMs)) - startedMs;
}
