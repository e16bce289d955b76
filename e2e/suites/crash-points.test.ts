import { beforeAll, describe, expect, test } from 'vitest';
import { scopes, type RunScope } from '@pontaj/sync';
import type { Album } from '../src/sim/album.ts';
import { rowFailures } from '../src/sim/check-rows.ts';
import { terminalFailures } from '../src/sim/check-terminal.ts';
import { runFailures } from '../src/sim/check-run.ts';
import { warmUp } from '../src/sim/warm-up.ts';
import { createWorld, type World } from '../src/sim/world.ts';
import type { WorldPlan } from '../src/sim/world-plan.ts';

/** Two terminals of different kinds, three employees; one of them was typed in by hand before. */
const plan: WorldPlan = {
  seed: 1,
  devices: [
    {
      deviceId: 'd1',
      profile: 'generic',
      typedIn: [
        { employeeNo: '1002', name: 'Tastat De Mana', face: true },
        { employeeNo: '7', name: 'Paznic Noapte', face: true },
      ],
      pestered: false,
      mute: false,
      faults: [],
    },
    { deviceId: 'd2', profile: 'ds-k1t672mx', typedIn: [], pestered: false, mute: false, faults: [] },
  ],
  people: [0, 1, 2].map((nth) => ({
    employeeNo: 1000 + nth,
    name: `Nume${nth} Ion`,
    photo: 0,
    active: true,
  })),
  options: { pauseMs: 500, leavers: 'disable', adoptFaces: 'replace', adoptPersons: 'any' },
  engines: 1,
  storeTrouble: 0,
  // They die where the tests kill them.
  refusedDeaths: 0,
  edits: false,
  deeds: 0,
};

const SCOPE = scopes.allEmployeesToAllDevices;
const HOUR_MS = 3_600_000;

interface Reference {
  name: string;
  scope: RunScope;
  /** What happened before the run that is killed. */
  before: (world: World) => Promise<void>;
}

async function syncOnce(world: World): Promise<void> {
  const { engine } = world.startEngine();
  const sync = async () => {
    const { runId } = await engine.syncAllEmployeesToAllDevices('before');
    await engine.whenFinished(runId);
    await engine.stop();
  };
  await world.clock.run(sync(), HOUR_MS);
  world.alive = [];
}

/** Everything that makes a difference: renamed, with a new photo, gone, hired, changed at the terminal. */
async function changes(world: World): Promise<void> {
  await syncOnce(world);
  const [first, second, third] = world.store.admin.employees();
  world.change(first!, { displayName: 'Alt Nume' });
  world.change(second!, { photoUrl: world.photoOf(second!, 1) });
  world.change(third!, { active: false });
  world.hire({ employeeNo: 1003, name: 'Nou Venit', photo: 0, active: true });
  await world.clock.advance(10_000);
}

const references: Reference[] = [
  { name: 'a first sync', scope: SCOPE(), before: () => Promise.resolve() },
  { name: 'a sync of changes', scope: SCOPE(), before: changes },
  { name: 'a full sync of changes', scope: SCOPE({ mode: 'full' }), before: changes },
  { name: 'a verifying sync of changes', scope: SCOPE({ mode: 'verify' }), before: changes },
];

/** What is on the terminals and in the rows, moments apart. */
function outcome(world: World): unknown {
  return plan.devices.map(({ deviceId }) => {
    const { device, rows } = world.evidence(deviceId);
    return {
      persons: device.persons().sort((a, b) => a.employeeNo.localeCompare(b.employeeNo)),
      faces: device
        .faces()
        .map(({ FPID, sha256 }) => `${FPID} ${sha256}`)
        .sort(),
      rows: rows.map((row) => ({ ...row, syncedAtMs: row.syncedAtMs !== null })),
    };
  });
}

async function play(
  album: Album,
  { scope, before }: Reference,
  dieAt: number,
): Promise<{ died: boolean; passages: number; place: string; outcome: unknown; failures: string[] }> {
  const world = await createWorld(plan, album);
  await before(world);
  const { clock, store } = world;
  const counts = { employeesInScope: 3, employeesWithoutNumber: 0 };
  const { runId } = await store.createRun(scope, 'test', ['d1', 'd2'], counts);
  let place = 'nowhere';
  let died: () => void = () => undefined;
  const death = new Promise<void>((resolve) => (died = resolve));
  const first = world.startEngine({
    dieAt,
    onDeath: (where) => {
      place = where;
      died();
    },
  });
  await clock.run(Promise.race([first.engine.whenFinished(runId), death]), HOUR_MS);
  const { passages, dead } = first.mortal;
  const second = world.startEngine();
  await clock.run(second.engine.whenFinished(runId), HOUR_MS);
  const run = await store.readRun(runId);
  const lines = await store.readLines(runId, null, 100);
  const failures = plan.devices.flatMap(({ deviceId }) => {
    const evidence = world.evidence(deviceId);
    return [
      ...terminalFailures(evidence),
      ...rowFailures(evidence),
      ...runFailures(evidence, run!, lines),
    ].map((what) => `${deviceId}: ${what}`);
  });
  failures.push(...world.calls.violations, ...world.people.violations, ...world.defects);
  if (run?.state !== 'completed') failures.push(`the run ended as ${run?.state ?? 'nothing'}`);
  first.mortal.kill();
  await clock.run(second.engine.stop());
  await world.fleet.stop();
  return { died: dead, passages, place, outcome: outcome(world), failures };
}

describe('killed before each request, after the change but before its answer, before and after each database question', () => {
  let album: Album;
  beforeAll(async () => {
    album = await warmUp();
  });

  test.each(references)('$name ends the same', async (reference) => {
    const undisturbed = await play(album, reference, Infinity);
    expect(undisturbed.failures).toEqual([]);
    // Requests and questions, each passed twice: the loop below really goes through something.
    expect(undisturbed.passages).toBeGreaterThan(60);
    for (let dieAt = 1; dieAt <= undisturbed.passages; dieAt += 1) {
      const killed = await play(album, reference, dieAt);
      const story = `${reference.name}, killed at passage ${dieAt}, ${killed.place}`;
      expect(killed.died, story).toBe(true);
      expect(killed.failures, story).toEqual([]);
      expect(killed.outcome, story).toEqual(undisturbed.outcome);
    }
  });
});

/** A password that does not fit: typed wrongly before the first contact, or changed on the terminal after it. */
const refusals: { name: string; before: (world: World) => Promise<void> }[] = [
  {
    name: 'a new password that is wrong',
    before: (world) => {
      world.store.admin.putDevice({ deviceId: 'd1', password: 'gresita' });
      return Promise.resolve();
    },
  },
  {
    name: 'a password that was right, changed on the terminal',
    before: async (world) => {
      await syncOnce(world);
      world.fleet.device('d1').changePassword('alta');
      const [first] = world.store.admin.employees();
      world.change(first!, { displayName: 'Alt Nume' });
      await world.clock.advance(10_000);
    },
  },
  {
    name: 'a password changed on the terminal in the middle of a run',
    before: async (world) => {
      await syncOnce(world);
      const device = world.fleet.device('d1');
      const employees = world.store.admin.employees();
      for (const one of employees) world.change(one, { displayName: `Alt ${one.employeeNo ?? ''}` });
      device.addFault({
        when: { endpoint: 'person-modify', nth: 2 },
        what: { kind: 'password-changed', password: 'alta' },
      });
      await world.clock.advance(10_000);
    },
  },
];

async function playRefusal(
  album: Album,
  before: (world: World) => Promise<void>,
  dieAt: number,
): Promise<{ passages: number; failures: string[]; code: string | null }> {
  const world = await createWorld(plan, album);
  await before(world);
  const { clock, store } = world;
  const counts = { employeesInScope: 3, employeesWithoutNumber: 0 };
  const { runId } = await store.createRun(SCOPE(), 'test', ['d1', 'd2'], counts);
  let died: () => void = () => undefined;
  const death = new Promise<void>((resolve) => (died = resolve));
  const first = world.startEngine({
    dieAt,
    onDeath: () => {
      died();
    },
  });
  await clock.run(Promise.race([first.engine.whenFinished(runId), death]), HOUR_MS);
  const { passages } = first.mortal;
  const second = world.startEngine();
  const again = async () => {
    await second.engine.whenFinished(runId);
    // And nobody tries it in a later run either.
    const later = await second.engine.syncAllEmployeesToDevice('d1', 'later', { mode: 'full' });
    await second.engine.whenFinished(later.runId);
  };
  await clock.run(again(), HOUR_MS);
  const row = store.admin.device('d1');
  const failures = [...world.calls.violations, ...world.people.violations, ...world.defects];
  if (row === null || !world.calls.wasRefused('d1', row.password)) failures.push('nobody was refused');
  if (row?.status !== 'eroare') failures.push(`d1 is shown as ${row?.status ?? 'nothing'}`);
  const other = store.admin.tracking('d2');
  if (other.length < 3 || other.some(({ status }) => status !== 'sincronizat'))
    failures.push('d2 is not in step');
  first.mortal.kill();
  await clock.run(second.engine.stop());
  await world.fleet.stop();
  return { passages, failures, code: row?.memory.lastErrorCode ?? null };
}

describe('a login that is refused, and the daemon killed around it: never a second one', () => {
  let album: Album;
  beforeAll(async () => {
    album = await warmUp();
  });

  test.each(refusals)('$name', async ({ before }) => {
    const undisturbed = await playRefusal(album, before, Infinity);
    expect(undisturbed.failures).toEqual([]);
    expect(undisturbed.code).toBe('device_credentials_refused');
    const codes = new Set<string | null>();
    for (let dieAt = 1; dieAt <= undisturbed.passages; dieAt += 1) {
      const { failures, code } = await playRefusal(album, before, dieAt);
      expect(failures, `killed at passage ${dieAt}`).toEqual([]);
      codes.add(code);
    }
    // Among the moments is the one between the refusal and writing it down.
    expect([...codes].sort()).toEqual(['device_credentials_refused', 'device_login_counted']);
  });
});
