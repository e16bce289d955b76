import { startStack } from '../stack/embedded-stack.ts';
import type { Bench } from './bench.ts';
import { deviceLoads } from './device-load.ts';

const LIVE = 40;
const DEAD = 10;
const EMPLOYEES = 24;
/** Long enough that two cores carry everything, so that what slows the live ones is the dead ones. */
const PAUSE_MS = 1_000;
const ANSWER_MS = 50;

/** Terminals that refuse connections and terminals that never answer must not slow the others down. */
export const engineDeadDevices: Bench = {
  name: 'engine.deadDevices',
  measure: async () => {
    const alone = await wallOfLive(0);
    const among = await wallOfLive(DEAD);
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

/** From the request to the last answer of the last live terminal. */
async function wallOfLive(dead: number): Promise<number> {
  const stack = await startStack({
    // The dead ones come first, so that whoever works through devices in order meets them at once.
    devices: [
      ...Array.from({ length: dead }, (_, nth) => ({ faults: [nth % 2 === 0 ? 'offline' : 'silent'] })),
      ...Array.from({ length: LIVE }, () => ({})),
    ],
    traits: { answerMs: ANSWER_MS, modellingMinMs: 0, modellingMaxMs: 0 },
    employees: EMPLOYEES,
    daemonEnv: { RATE_LIMIT_MS: String(PAUSE_MS) },
  });
  try {
    const startedMs = Date.now();
    const { body } = await stack.sync('sync-all-to-all-devices');
    const live = stack.devices.slice(dead);
    const ok = new Set(body.devices.filter(({ status }) => status === 'ok').map((one) => one.dispozitiv_id));
    if (live.some(({ databaseId }) => !ok.has(databaseId)) || ok.size !== LIVE)
      throw new Error(`${ok.size} devices were brought in step, not the ${LIVE} live ones.`);
    const loads = await deviceLoads(live);
    return Math.max(...loads.map(({ lastEndMs }) => lastEndMs)) - startedMs;
  } finally {
    await stack.stop();
  }
}
