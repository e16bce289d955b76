import postgres from 'postgres';
import { startStack } from '../stack/start-stack.ts';
import type { Stack, StackOptions } from '../stack/stack.ts';
import type { Bench, Figure } from './bench.ts';
import { expectCompleted } from './expect-completed.ts';
import { plainSync } from './plain-sync.ts';
import { insertWorkforce, TERMINAL_VALIDITY, workforceOnTerminal } from './workforce.ts';

const ANSWER_MS = 50;

interface Comparison {
  name: string;
  devices: number;
  employees: number;
  pauseMs: number;
  /** Who is where when the clock starts. */
  situation: string;
  options: StackOptions;
  prepare?: (stack: Stack) => Promise<void>;
}

const trusting = { ADOPT_FACES: 'trust', ...TERMINAL_VALIDITY };

/** Small: the plain way takes devices × employees × two calls, one after the other. */
const COMPARISONS: Comparison[] = [
  {
    name: 'd50',
    devices: 50,
    employees: 4,
    // Fifty lanes at once: a shorter pause would measure the processor.
    pauseMs: 250,
    situation: 'first sync',
    options: { devices: 50, employees: 4 },
  },
  {
    name: 'resync',
    devices: 10,
    employees: 20,
    pauseMs: 100,
    situation: 'everybody in step',
    options: { devices: 10, employees: 20 },
    prepare: syncByEngine,
  },
  {
    name: 'adopt',
    devices: 2,
    employees: 120,
    pauseMs: 100,
    situation: 'first contact, everybody there already',
    options: {
      devices: [{ persons: workforceOnTerminal(120) }, { persons: workforceOnTerminal(120) }],
      employees: 0,
      daemonEnv: trusting,
    },
    prepare: insertTheirEmployees,
  },
];

/** Against the plain approach, on terminals of the same kind with the same pause: how many times faster. */
export const engineVsPlain: Bench = {
  name: 'engine.vsPlain',
  measure: async () => {
    const figures: Figure[] = [];
    for (const comparison of COMPARISONS) figures.push(await compare(comparison));
    return figures;
  },
};

async function compare(comparison: Comparison): Promise<Figure> {
  const { name, devices, employees, pauseMs, situation } = comparison;
  const engineS = await onOwnFleet(comparison, syncByEngine);
  const plainS = await onOwnFleet(comparison, async ({ database }) => {
    const calls = await plainSync(database, pauseMs);
    if (calls !== 2 * devices * employees)
      throw new Error(`The plain sync made ${calls} calls, not 2 × ${devices} × ${employees}.`);
  });
  return {
    name: `engine.vsPlain.${name}`,
    value: plainS / engineS,
    unit: 'ratio',
    comparedWith: `plain ${plainS.toFixed(1)} s over engine ${engineS.toFixed(1)} s: ${situation}, ${devices} devices × ${employees} employees, pause ${pauseMs} ms, answer ${ANSWER_MS} ms`,
    goal: { kind: 'at-least', value: 1 },
  };
}

/** Seconds of `work` on a fleet of its own: both sides find the same beginning. */
async function onOwnFleet(
  { options, prepare, pauseMs }: Comparison,
  work: (stack: Stack) => Promise<void>,
): Promise<number> {
  const stack = await startStack({
    ...options,
    traits: { answerMs: ANSWER_MS, modellingMinMs: 0, modellingMaxMs: 0 },
    daemonEnv: { RATE_LIMIT_MS: String(pauseMs), ...options.daemonEnv },
  });
  try {
    await prepare?.(stack);
    const startedMs = performance.now();
    await work(stack);
    return (performance.now() - startedMs) / 1000;
  } finally {
    await stack.stop();
  }
}

async function syncByEngine(stack: Stack): Promise<void> {
  const { body } = await stack.sync('sync-all-to-all-devices');
  expectCompleted(body);
}

async function insertTheirEmployees(stack: Stack): Promise<void> {
  const sql = postgres(stack.supabase.databaseUrl, { max: 1, onnotice: () => undefined });
  await insertWorkforce(sql, 120).finally(() => sql.end());
}
