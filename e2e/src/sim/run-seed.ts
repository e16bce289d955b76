import { createHash } from 'node:crypto';
import { seededRandom } from '@pontaj/simulator';
import { isRefused, type Run, type RunScope } from '@pontaj/sync';
import type { Album } from './album.ts';
import { rowFailures } from './check-rows.ts';
import { deviceRowFailures, runFailures } from './check-run.ts';
import { doubtsIn, expectedIn, safetyFailures, terminalFailures } from './check-terminal.ts';
import { createDeeds } from './deeds.ts';
import { restoreOne } from './restore-one.ts';
import type { LivingEngine } from './living-engine.ts';
import { createWorld, type World } from './world.ts';
import { BLIND, FACELESS, planWorld, type PlannedDevice } from './world-plan.ts';

/** Between two things that happen. */
const LONGEST_REST_MS = 25_000;
/** A lease, a probe, a reboot: what is pending when it gets quiet is over after this. */
const SETTLE_MS = 90_000;
const LOCK_MARGIN_MS = 60_000;
const ASKED_AFTER_MS = 5000;
/** More than any run takes in virtual time once nothing is broken. */
const LONGEST_RUN_MS = 4 * 3_600_000;
const MAX_LINES = 1000;
/** A login may have been refused without anybody having heard of it. */
const UNHEARD: ReadonlySet<string> = new Set(['device_login_counted', 'device_login_unclear']);

export interface SeedResult {
  seed: number;
  violations: string[];
  calls: number;
  kills: number;
  virtualMs: number;
  /** Fingerprint of everything that happened: the same seed gives the same. */
  fingerprint: string;
}

/** The troubles are over: power is on, links hold. */
async function makeQuiet(world: World): Promise<void> {
  world.quiet = true;
  world.say('--- quiet');
  while (world.later.untilMs > 0) {
    await world.clock.advance(Math.max(0, world.later.untilMs - world.clock.now()));
    await world.later.catchUp();
  }
  for (const device of world.fleet.devices) {
    device.clearFaults();
    if (device.power === 'off') await device.powerOn();
  }
}

/**
 * What an operator does about refused logins: a new password, on the device and in its row. One that was never refused
 * must not be shown as such: an operator would be called for nothing, and the people of that gate wait.
 */
function restorePasswords(world: World): string[] {
  const falseAlarms: string[] = [];
  for (const device of world.fleet.devices) {
    const row = world.store.admin.device(device.id);
    if (row === null) continue;
    const { unsettledCredentials, loginTriesLeft } = row.memory;
    const { password } = row;
    const isShown = isRefused(row);
    // As "devices" shows them: refused, or unclear and the terminal tells nothing.
    const refused = isShown || (unsettledCredentials !== null && loginTriesLeft === null);
    if (!refused && row.password === device.password) continue;
    // What nobody can know is not shown as known; and what was counted may be another password, or somebody else's.
    const { lastErrorCode } = row.memory;
    const isCounted = lastErrorCode === 'device_login_counted';
    const isElsewhere = isCounted && world.calls.hasRefused(device.id);
    const isUnclear = lastErrorCode === 'device_login_unclear';
    if (isShown && !isUnclear && !isElsewhere && !world.calls.wasRefused(device.id, password))
      falseAlarms.push(`${device.id}: its password is shown as refused, and never was`);
    if (isShown && isUnclear && !world.calls.wasInDoubt(device.id, password))
      falseAlarms.push(`${device.id}: a login is shown as unclear, and every call had its answer`);
    world.say(`an operator gives ${device.id} a new password`);
    // Never one that the terminal refused before.
    const given = `parola-noua-${world.clock.now()}`;
    device.changePassword(given);
    world.store.admin.putDevice({ deviceId: device.id, password: given });
  }
  return falseAlarms;
}

/** Locked accounts open by themselves. */
async function outlastLocks(world: World): Promise<void> {
  const untilMs = Math.max(
    0,
    ...world.fleet.devices.map(({ id }) => world.store.admin.device(id)?.memory.lockedUntilMs ?? 0),
  );
  const leftMs = untilMs - world.clock.now();
  if (leftMs > 0) await world.clock.advance(leftMs + LOCK_MARGIN_MS);
}

async function finalRun(world: World, { engine }: LivingEngine, mode: RunScope['mode']): Promise<Run> {
  world.say(`--- final run, ${mode}`);
  const whole = async (): Promise<Run> => {
    const { runId } = await engine.syncAllEmployeesToAllDevices('operator', { mode });
    await engine.whenFinished(runId);
    const run = await world.store.readRun(runId);
    if (run === null) throw new Error('The final run is gone.');
    return run;
  };
  return world.clock.run(whole(), LONGEST_RUN_MS);
}

async function openRuns(world: World): Promise<string[]> {
  const runs = await world.store.listRuns(null, 1000);
  return runs.flatMap(({ runId, state }) =>
    state === 'queued' || state === 'running' ? [`run ${runId} is still ${state}`] : [],
  );
}

/** Calls of a further run to terminals where everything is in step: there must be none. */
async function unrest(world: World, last: LivingEngine): Promise<string[]> {
  const calm = world.plan.devices.filter(({ deviceId }) => {
    const evidence = world.evidence(deviceId);
    const wished = evidence.employees.filter(({ active, employeeNo }) => active && employeeNo !== null);
    return expectedIn(evidence).length === wished.length;
  });
  const before = new Map(calm.map(({ deviceId }) => [deviceId, world.calls.callsTo(deviceId)]));
  await finalRun(world, last, 'incremental');
  return calm.flatMap(({ deviceId, profile }) => {
    const calls = world.calls.callsTo(deviceId) - (before.get(deviceId) ?? 0);
    // Which terminal it is, and then a look at each number whose leaver was not identified: these stay owed.
    const doubts = doubtsIn(world.evidence(deviceId)).size;
    return calls <= (doubts === 0 ? 0 : doubts + 1)
      ? []
      : [`${deviceId} (${profile}): ${calls} calls although all was in step`];
  });
}

const isUnheard = ({ legs }: Run): boolean =>
  legs.some(({ reasonCode }) => reasonCode !== null && UNHEARD.has(reasonCode));

/** The world once it is quiet: everything must come right, with what an operator would ask for. */
async function convergence(world: World): Promise<string[]> {
  await makeQuiet(world);
  const last = world.startEngine();
  await world.clock.advance(SETTLE_MS);
  const failures = restorePasswords(world);
  await outlastLocks(world);
  const finish = async (mode: RunScope['mode'], devices: readonly PlannedDevice[]) => {
    let run = await finalRun(world, last, mode);
    // A login that was refused unheard comes to light when the terminal is asked next, and is for the operator then; and
    // an engine whose end is near may still die in one.
    for (let turns = world.alive.length; turns > 0 && isUnheard(run); turns -= 1) {
      failures.push(...restorePasswords(world));
      run = await finalRun(world, last, mode);
    }
    // Where nothing was to be done, a terminal shown as out of order is asked after the run whether it works again.
    await world.clock.advance(ASKED_AFTER_MS);
    const lines = await world.store.readLines(run.runId, null, MAX_LINES);
    for (const { deviceId, profile } of devices) {
      const evidence = world.evidence(deviceId);
      const found = [
        ...terminalFailures(evidence),
        ...rowFailures(evidence),
        ...runFailures(evidence, run, lines),
        ...deviceRowFailures(evidence, world.store.admin.device(deviceId)),
      ];
      failures.push(...found.map((what) => `${deviceId} (${profile}): ${what}`));
    }
  };
  const { devices, edits } = world.plan;
  const blind = devices.filter(({ profile }) => edits && BLIND.has(profile));
  // That they take no face is believed when a second sync finds it so.
  const faceless = devices.filter(({ profile }) => FACELESS.has(profile));
  // Where nobody but the engine changed anything, what it wrote down must be enough.
  await finish(
    edits ? 'verify' : 'incremental',
    devices.filter((one) => !blind.includes(one) && !faceless.includes(one)),
  );
  if (blind.length > 0) await finish('full', blind);
  if (faceless.length > 0) await finish('incremental', faceless);
  if (failures.length === 0) failures.push(...(await unrest(world, last)));
  if (failures.length === 0) {
    await world.clock.advance(SETTLE_MS);
    const restored = restoreOne(world, seededRandom(world.plan.seed).fork('restored'));
    if (restored !== null) await finish('incremental', [restored]);
    failures.push(...(await unrest(world, last)));
  }
  await world.clock.run(Promise.all(world.alive.map(({ engine }) => engine.stop())));
  return [...failures, ...(await openRuns(world))];
}

/** One world from its first day to its last. @param say Hears of everything that happens. */
export async function runSeed(
  seed: number,
  album: Album,
  say: (what: string) => void = () => undefined,
): Promise<SeedResult> {
  const plan = planWorld(seed);
  const hash = createHash('sha256');
  const world = await createWorld(plan, album, (what) => {
    hash.update(what);
    say(what);
  });
  world.say(`world ${JSON.stringify(plan)}`);
  const startedMs = world.clock.now();
  const random = seededRandom(seed).fork('deeds');
  const deeds = createDeeds(world, random);
  const violations: string[] = [];
  try {
    world.startEngine();
    for (let nth = 0; nth < plan.deeds; nth += 1) {
      await deeds.next();
      await world.clock.advance(random.int(LONGEST_REST_MS));
      for (const { deviceId } of plan.devices)
        for (const what of safetyFailures(world.evidence(deviceId))) violations.push(`${deviceId}: ${what}`);
    }
    violations.push(...(await convergence(world)));
  } catch (error) {
    violations.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  violations.push(...world.calls.violations, ...world.people.violations, ...world.defects);
  await world.fleet.stop();
  return {
    seed,
    violations: [...new Set(violations)],
    calls: world.calls.calls,
    kills: world.kills,
    virtualMs: world.clock.now() - startedMs,
    fingerprint: hash.digest('hex').slice(0, 16),
  };
}
