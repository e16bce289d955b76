import type { DeviceSpec } from '@pontaj/simulator';
import postgres, { type Sql } from 'postgres';
import { startStack } from '../stack/start-stack.ts';
import type { DeviceHandle, Stack } from '../stack/stack.ts';
import { runToEnd } from './async-run.ts';
import type { Bench, Figure } from './bench.ts';
import { copyConvergence, pairsInStep } from './converged-fleet.ts';
import { expectCompleted } from './expect-completed.ts';
import { peakMemoryMiB } from './peak-memory.ts';
import { insertWorkforce, TERMINAL_VALIDITY, workforceOnTerminal } from './workforce.ts';

const DEVICES = 500;
const FEW_EMPLOYEES = 200;
const ALL_EMPLOYEES = 2_000;
/**
 * For the comparison of two sizes: with as much memory as V8 likes to take, the longer run is the larger one, whatever
 * it holds. What it cannot do without shows when there is little.
 */
const SHORT_OF_MEMORY = { NODE_OPTIONS: '--max-old-space-size=160' };

/** One planning of a fleet in step, by a daemon started for it alone. */
interface Resync {
  pairs: number;
  wallS: number;
  peakMiB: number;
  deviceCalls: number;
}

/**
 * A fleet in step, planned again: 100,000 pairs, then ten times as many on the same terminals. Nothing is sent, and
 * what the daemon needs grows with the terminals and not with the pairs.
 */
export const engineResync: Bench = {
  name: 'engine.resync',
  measure: async () => {
    const devices: DeviceSpec[] = Array.from({ length: DEVICES }, () => ({}));
    devices[0] = { persons: workforceOnTerminal(ALL_EMPLOYEES) };
    const stack = await startStack({
      devices,
      employees: 0,
      daemonEnv: { RATE_LIMIT_MS: '5', ADOPT_FACES: 'trust', ...TERMINAL_VALIDITY },
      startDaemon: false,
    });
    const sql = postgres(stack.supabase.databaseUrl, { max: 1, onnotice: () => undefined });
    try {
      await converge(stack, sql, 0, FEW_EMPLOYEES);
      const few = await resync(stack, FEW_EMPLOYEES, SHORT_OF_MEMORY);
      await converge(stack, sql, FEW_EMPLOYEES, ALL_EMPLOYEES);
      const all = await resync(stack, ALL_EMPLOYEES, SHORT_OF_MEMORY);
      return figures(few, all, await resync(stack, ALL_EMPLOYEES));
    } finally {
      await sql.end();
      await stack.stop();
    }
  },
};

/** One terminal is really brought in step, the others are taken to be like it. */
async function converge(stack: Stack, sql: Sql, from: number, employees: number): Promise<void> {
  const [model] = stack.devices;
  if (!model) throw new Error('The bench needs a terminal.');
  await insertWorkforce(sql, employees, from);
  const daemon = await stack.startDaemon();
  const { body } = await stack.sync('sync-all-to-device', { dispozitiv_id: model.databaseId, verify: true });
  await daemon.stop();
  expectCompleted(body);
  await copyConvergence(sql, model.databaseId);
  const pairs = await pairsInStep(sql);
  if (pairs !== DEVICES * employees)
    throw new Error(`${pairs} pairs are in step, not ${DEVICES} × ${employees}: the copies are incomplete.`);
}

async function resync(stack: Stack, employees: number, env?: Record<string, string>): Promise<Resync> {
  const before = await exchanges(stack.devices);
  const daemon = await stack.startDaemon(env);
  const startedMs = performance.now();
  const run = await runToEnd(stack, 'sync-all-to-all-devices');
  const wallS = (performance.now() - startedMs) / 1000;
  const peakMiB = await peakMemoryMiB(daemon.pid);
  await daemon.stop();
  expectCompleted(run);
  const pairs = DEVICES * employees;
  if (run.summary.success !== pairs)
    throw new Error(`The run counts ${run.summary.success ?? 0} pairs in step, not ${pairs}.`);
  return { pairs, wallS, peakMiB, deviceCalls: (await exchanges(stack.devices)) - before };
}

/** Everything that ever reached the terminals, requests that were not let in included. */
async function exchanges(devices: readonly DeviceHandle[]): Promise<number> {
  const newest = await Promise.all(devices.map((device) => device.requests({ limit: 1 })));
  return newest.reduce((sum, [entry]) => sum + (entry?.sequence ?? 0), 0);
}

function figures(few: Resync, all: Resync, atEase: Resync): Figure[] {
  const size = `${DEVICES} devices × ${ALL_EMPLOYEES} employees in step`;
  return [
    {
      name: 'engine.resync.deviceCalls',
      value: few.deviceCalls + all.deviceCalls + atEase.deviceCalls,
      unit: 'calls',
      comparedWith: `${size}: nothing is to be sent`,
      goal: { kind: 'at-most', value: 0 },
    },
    {
      name: 'engine.resync.rssMiB',
      value: atEase.peakMiB,
      unit: 'MiB',
      comparedWith: `peak of the daemon process, ${size}`,
      goal: { kind: 'at-most', value: 512 },
    },
    {
      name: 'engine.resync.rssGrowth',
      value: all.peakMiB / few.peakMiB,
      unit: 'ratio',
      comparedWith: `peak with ${all.pairs} pairs over that with ${few.pairs} on the same devices (${all.peakMiB.toFixed(0)} and ${few.peakMiB.toFixed(0)} MiB, both with a heap of at most 160 MB)`,
      goal: { kind: 'at-most', value: 1.25 },
    },
    {
      name: 'engine.resync.secondsPer100k',
      value: (atEase.wallS * 100_000) / atEase.pairs,
      unit: 's',
      comparedWith: `${atEase.pairs} pairs in ${atEase.wallS.toFixed(1)} s from the embedded database`,
    },
  ];
}
