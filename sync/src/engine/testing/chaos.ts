import type { Engine } from '../engine.ts';
import type { EngineOptions } from '../options.ts';
import { scopes } from '../run/scopes.ts';
import type { Random } from '../random.ts';
import { createMortal, type Mortal } from './mortal.ts';
import { isRefused } from '../../model/refused-credentials.ts';
import type { ModelDoor } from './model-door.ts';
import type { Fault, ModelTerminal, Quirks } from './model-terminal.ts';
import { seeded } from './seeded.ts';
import { anEmployee, createWorld, deviceId, FIRST_NUMBER, photoOf, type World } from './world.ts';

/** What may go wrong with a call, as often as it stands here. */
const FAULTS: readonly Fault[] = [
  { kind: 'lost' },
  { kind: 'lost' },
  { kind: 'swallowed' },
  { kind: 'refused' },
  { kind: 'garbage-before' },
  { kind: 'garbage-after' },
  { kind: 'says', class: 'busy' },
  { kind: 'says', class: 'busy' },
  { kind: 'says', class: 'modelling' },
  { kind: 'says', class: 'item' },
  { kind: 'says', class: 'full' },
];

const DEVICES = 2;
const EMPLOYEES = 6;
const DEEDS = 14;
/** Part of the refused logins at which their daemon dies. */
const DIES_REFUSED = 0.5;

const options: Partial<EngineOptions> = {
  pauseMs: 200,
  callTimeoutMs: 2000,
  leaseTtlMs: 6000,
  pollMs: 700,
  retryBaseMs: 300,
};

function pick<Value>(random: Random, values: readonly Value[]): Value {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('Nothing to pick from.');
  return value;
}

function quirksOf(random: Random): Partial<Quirks> {
  const often = () => random() < 0.75;
  const search = often();
  return {
    search,
    countsFaces: often(),
    setUp: pick(random, ['upsert', 'edit-only', 'none'] as const),
    faceSetUp: often(),
    faceSearch: often(),
    faceDelete: pick(random, ['fd-search-delete', 'fd-delete'] as const),
  };
}

interface Cast {
  world: World;
  random: Random;
  alive: { engine: Engine; mortal: Mortal }[];
  nextNumber: number;
  /** People also change things at the terminals. Where they do not, an incremental run must be enough in the end. */
  edits: boolean;
  story: string[];
}

function startMortal(cast: Cast): void {
  const { world, random, alive, story } = cast;
  const dieAt = random() < 0.5 ? Math.floor(random() * 150) + 1 : Infinity;
  const mortal: Mortal = createMortal(world, dieAt, () => {
    story.push(`${world.clock.now()} an engine dies`);
    cast.alive = cast.alive.filter((one) => one.mortal !== mortal);
  });
  const { store, clock, clientFor } = mortal;
  alive.push({ mortal, engine: world.startEngine({ store, clock, clientFor }) });
  story.push(`${world.clock.now()} an engine starts`);
}

/** A run, as if asked through another daemon: created in the database, taken up by whoever lives. */
async function ask(cast: Cast): Promise<void> {
  const { world, random, story } = cast;
  const someone = pick(random, world.store.admin.employees());
  const mode = pick(random, ['incremental', 'incremental', 'full', 'verify'] as const);
  const scope = pick(random, [
    scopes.allEmployeesToAllDevices({ mode }),
    scopes.allEmployeesToAllDevices({ mode }),
    scopes.employeeToAllDevices(someone.employeeId, { mode }),
    scopes.photoOnlyToAllDevices(someone.employeeId),
    scopes.allEmployeesToDevice(deviceId(1), { mode }),
  ]);
  const devices = scope.deviceId === null ? [deviceId(1), deviceId(2)] : [scope.deviceId];
  const { runId } = await world.store.createRun(scope, 'chaos', devices, {
    employeesInScope: EMPLOYEES,
    employeesWithoutNumber: 0,
  });
  story.push(`${world.clock.now()} ${scope.kind} ${scope.employeeId ?? ''} ${mode}`);
  if (random() < 0.1) await world.store.requestCancel(runId);
}

/** Others log in to a terminal too, rightly or not, and change its password; and somebody corrects its row. */
function somebodyAtTheDoor({ world, random, story }: Cast, { door, serialNumber }: ModelTerminal): void {
  const { admin } = world.store;
  const id = serialNumber.replace('DS-', 'd-');
  const logIn = () => {
    door.pestered = false;
    door.forget();
    // What the terminal has forgotten and nobody wrote down, nobody can know any more.
    const row = admin.device(id);
    for (const password of door.refused.keys())
      if (row === null || !isRefused({ ...row, password })) door.refused.delete(password);
  };
  const deeds = {
    'another client mistypes at': () => {
      door.pestered = true;
    },
    'somebody logs in to': logIn,
    'somebody logs in and changes the password of': () => {
      logIn();
      door.password = `p${world.clock.now()}`;
    },
    'the password is corrected in the row of': () => {
      admin.putDevice({ deviceId: id, password: door.password });
    },
  };
  const what = pick(random, Object.keys(deeds) as (keyof typeof deeds)[]);
  story.push(`${world.clock.now()} ${what} ${id}`);
  deeds[what]();
}

async function deed(cast: Cast): Promise<void> {
  const { world, random, story } = cast;
  const { admin } = world.store;
  const someone = pick(random, admin.employees());
  const number = someone.employeeNo ?? 0;
  const say = (what: string) => story.push(`${world.clock.now()} ${what} ${number}`);
  const terminal = world.terminal(random() < 0.5 ? 1 : 2);
  const key = String(number);
  const choice = random();
  if (choice < 0.25) await ask(cast);
  else if (choice < 0.33) {
    say('renamed');
    world.change(number, { displayName: `Nume ${number} ${Math.floor(random() * 3)}` });
  } else if (choice < 0.41) {
    say('new photo of');
    world.change(number, { photoUrl: photoOf(Math.floor(random() * 3) * 10_000 + number) });
  } else if (choice < 0.54) {
    say(someone.active ? 'left:' : 'came back:');
    world.change(number, { active: !someone.active });
  } else if (choice < 0.58) {
    say('deleted:');
    admin.removeEmployee(someone.employeeId);
    cast.nextNumber += 1;
    admin.putEmployee(anEmployee(cast.nextNumber));
  } else if (choice < 0.74 && !cast.edits) {
    await ask(cast);
  } else if (choice < 0.74 && !terminal.quirks.search) {
    // Without a search nobody can notice what was done at the terminal to somebody who left.
    await ask(cast);
  } else if (choice < 0.67) {
    const person = terminal.persons.get(key);
    if (person !== undefined) {
      say('at the terminal, renamed:');
      terminal.persons.set(key, { ...person, name: 'La Terminal' });
    }
  } else if (choice < 0.74) {
    say('at the terminal, deleted:');
    terminal.persons.delete(key);
    terminal.faces.delete(key);
  } else if (choice < 0.95) somebodyAtTheDoor(cast, terminal);
  else {
    const first = cast.alive[0];
    first?.mortal.kill();
  }
  if (cast.alive.length === 0 || (cast.alive.length < 2 && random() < 0.3)) startMortal(cast);
}

export interface ChaosResult {
  violations: string[];
  story: string[];
}

/** A while of faults, kills and changes; then quiet, and a last run. What is wrong after that is a violation. */
export async function runChaos(seed: number): Promise<ChaosResult> {
  const random = seeded(seed);
  const world = createWorld({
    employees: EMPLOYEES,
    devices: DEVICES,
    options,
    seed,
    quirks: quirksOf(random),
  });
  const cast: Cast = {
    world,
    random,
    alive: [],
    nextNumber: FIRST_NUMBER + EMPLOYEES - 1,
    edits: random() < 0.5,
    story: [`quirks ${JSON.stringify(world.terminal().quirks)}`],
  };
  const { clock, store } = world;
  const terminals = [...world.terminals.values()];
  const faultRate = random() * 0.2;
  let quiet = false;
  for (const terminal of terminals)
    terminal.fault = (operation, employeeNo) => {
      if (quiet || random() >= faultRate) return null;
      const fault = pick(random, FAULTS);
      cast.story.push(
        `${clock.now()} ${operation} ${employeeNo ?? ''}: ${fault.kind} ${'class' in fault ? fault.class : ''}`,
      );
      return fault;
    };
  for (const { door } of terminals) door.pestered = random() < 0.4;
  // The worst moment to die: refused, counted, and not written down.
  for (const { door } of terminals)
    door.onRefused = () => {
      if (!quiet && random() < DIES_REFUSED) for (const { mortal } of [...cast.alive]) mortal.kill();
    };
  startMortal(cast);
  for (let nth = 0; nth < DEEDS; nth += 1) {
    await deed(cast);
    await clock.advance(Math.floor(random() * 8000));
  }

  quiet = true;
  cast.story.push(`${clock.now()} quiet`);
  const correctPasswords = (change: (door: ModelDoor) => void = () => undefined) => {
    for (const [id, { door }] of world.terminals) {
      change(door);
      store.admin.putDevice({ deviceId: id, password: door.password });
    }
  };
  correctPasswords();
  if (cast.alive.length === 0 || random() < 0.5) startMortal(cast);
  for (const { mortal } of [...cast.alive]) mortal.kill();
  const engine = world.startEngine();
  await clock.advance(60_000);
  const mode = !cast.edits ? 'incremental' : world.terminal().quirks.search ? 'verify' : 'full';
  const finalRun = () => world.finish(engine, engine.syncAllEmployeesToAllDevices('chaos', { mode }));
  let run = await finalRun();
  // Somebody's bad login was counted, perhaps ours, or nobody can tell: an operator sees to it.
  if (run.legs.some(({ reasonCode }) => reasonCode?.startsWith('device_login_') === true)) {
    correctPasswords((door) => (door.password = 'noua'));
    run = await finalRun();
  }
  const violations: string[] = [];
  if (run.state !== 'completed')
    violations.push(`the last run ended as ${run.state}: ${JSON.stringify(run.legs)}`);
  for (let nth = 1; nth <= DEVICES; nth += 1) {
    const { offences, door } = world.terminal(nth);
    for (const what of [...world.differences(nth), ...world.lies(nth), ...offences])
      violations.push(`terminal ${nth}: ${what}`);
    for (const [password, times] of door.refused)
      if (times > 1) violations.push(`terminal ${nth}: ${password} was refused ${times} times`);
  }
  for (const open of await store.listRuns(null, 100))
    if (open.state === 'queued' || open.state === 'running') violations.push(`run ${open.runId} never ended`);
  await clock.run(engine.stop());
  return { violations, story: cast.story };
}
