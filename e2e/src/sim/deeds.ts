import type { Random } from '@pontaj/simulator';
import type { Employee, Engine } from '@pontaj/sync';
import { MAX_PEOPLE } from './album.ts';
import type { Deed, Memory } from './deed.ts';
import { drawClosingFault, drawFault } from './draw-faults.ts';
import { rowDeeds } from './row-deeds.ts';
import { terminalDeeds } from './terminal-deeds.ts';
import type { World } from './world.ts';
import { chance, drawPhoto, FIRST_NUMBER, pick } from './world-plan.ts';

/** Passages within which a mortal engine meets its end: some die early, some late in a run. */
const LONGEST_LIFE = 400;

export interface Deeds {
  /** Something happens: somebody asks for a sync, changes a row, types at a terminal, kills a daemon. */
  next(): Promise<void>;
}

const someEmployee = (world: World, random: Random): Employee | null => {
  const all = world.store.admin.employees();
  return all.length === 0 ? null : pick(random, all);
};

function ask(world: World, random: Random): void {
  if (world.alive.length === 0) return;
  const { name, engine } = pick(random, world.alive);
  const someone = someEmployee(world, random)?.employeeId ?? 'e0';
  const device = pick(random, world.plan.devices).deviceId;
  const mode = pick(random, ['incremental', 'incremental', 'incremental', 'full', 'verify'] as const);
  const ways: readonly [string, () => ReturnType<Engine['submit']>][] = [
    ['all to all', () => engine.syncAllEmployeesToAllDevices('sim', { mode })],
    ['all to all', () => engine.syncAllEmployeesToAllDevices('sim', { mode })],
    [`all to ${device}`, () => engine.syncAllEmployeesToDevice(device, 'sim', { mode })],
    [`${someone} to all`, () => engine.syncEmployeeToAllDevices(someone, 'sim', { mode })],
    [`${someone} to ${device}`, () => engine.syncEmployeeToDevice(someone, device, 'sim', { mode })],
    [`photo of ${someone} to all`, () => engine.syncPhotoOnlyToAllDevices(someone, 'sim')],
    ['a plan of all to all', () => engine.syncAllEmployeesToAllDevices('sim', { mode, execution: 'plan' })],
  ];
  const [what, submit] = pick(random, ways);
  world.say(`${name} is asked for ${what} (${mode})`);
  const cancels = chance(random, 0.1);
  // Not awaited: it may never answer, when the engine dies or its database is away.
  submit().then(
    ({ runId }) => {
      if (cancels) void engine.cancel(runId).catch(() => undefined);
    },
    () => undefined,
  );
}

const changeSomebody: Deed = (world, random) => {
  const someone = someEmployee(world, random);
  if (someone === null) return;
  const kind = random.int(5);
  const change: Partial<Employee> =
    kind === 0
      ? { displayName: `Alt Nume ${random.int(3)}` }
      : kind === 1
        ? { photoUrl: world.photoOf(someone, drawPhoto(random)) }
        : kind === 2 && chance(random, 0.3)
          ? { photoUrl: null }
          : { active: !someone.active };
  world.say(`row of ${someone.employeeNo ?? someone.employeeId}: ${JSON.stringify(change)}`);
  world.change(someone, change);
};

const removeSomebody: Deed = (world, random) => {
  const someone = someEmployee(world, random);
  if (someone === null) return;
  world.say(`${someone.employeeNo ?? someone.employeeId} is deleted from the database`);
  world.store.admin.removeEmployee(someone.employeeId);
  if (someone.employeeNo !== null) world.people.changed(someone.employeeNo);
};

const hireSomebody: Deed = (world, random, memory) => {
  if (memory.hired >= MAX_PEOPLE) return;
  memory.hired += 1;
  memory.lastNumber += 1;
  memory.numbers.push(String(memory.lastNumber));
  world.say(`${memory.lastNumber} is hired`);
  world.hire({
    employeeNo: memory.lastNumber,
    name: `Nou ${memory.lastNumber}`,
    photo: drawPhoto(random),
    active: true,
  });
};

/** The biometrics of somebody are deleted and entered anew: another number, and the former one is nobody's. */
const renumberSomebody: Deed = (world, random, memory) => {
  const someone = someEmployee(world, random);
  if (someone === null) return;
  memory.lastNumber += 1;
  memory.numbers.push(String(memory.lastNumber));
  world.say(`${someone.employeeNo ?? someone.employeeId} gets number ${memory.lastNumber}`);
  world.renumber(someone, memory.lastNumber);
};

const breakSomething: Deed = (world, random, memory) => {
  const { deviceId } = pick(random, world.plan.devices);
  const fault = drawFault(random, world.plan.edits ? memory.numbers : []);
  world.say(`fault on ${deviceId}: ${JSON.stringify(fault)}`);
  world.fleet.device(deviceId).addFault(fault);
};

/** Somebody leaves, and the calls that would close their access go wrong, at the moment when a sync is asked for. */
const leaveInTrouble: Deed = (world, random) => {
  const { devices } = world.fleet;
  const someone = someEmployee(world, random);
  const employeeNo = String(someone?.employeeNo ?? '');
  const where = devices.filter((device) => device.persons().some((one) => one.employeeNo === employeeNo));
  if (someone?.active !== true || where.length === 0) return;
  world.say(`${employeeNo} leaves`);
  world.change(someone, { active: false });
  for (const device of where) {
    const fault = drawClosingFault(random, employeeNo);
    world.say(`fault on ${device.id}: ${JSON.stringify(fault)}`);
    device.addFault(fault);
  }
  ask(world, random);
};

const switchPower: Deed = (world, random) => {
  const device = world.fleet.device(pick(random, world.plan.devices).deviceId);
  if (!world.isWhole(device.id)) return;
  world.say(`power of ${device.id} switched`);
  void (device.power === 'on' ? device.powerOff() : device.powerOn());
};

/** An operator corrects the password of a device, rightly or not. */
const typePassword: Deed = (world, random) => {
  const { deviceId } = pick(random, world.plan.devices);
  if (world.store.admin.device(deviceId) === null) return;
  const password = chance(random, 0.6) ? world.fleet.device(deviceId).password : `gresita-${random.int(100)}`;
  world.say(`another password in the row of ${deviceId}`);
  world.store.admin.putDevice({ deviceId, password });
};

/** Another client behind our address has an old password, and tries it again and again. */
const pester: Deed = (world, random) => {
  const { deviceId } = pick(random, world.plan.devices);
  world.say(`another client mistypes at ${deviceId}`);
  world.pestered.add(deviceId);
};

/** Somebody logs in to a terminal at a browser, mends the other client, and mostly changes the password. */
const visit: Deed = (world, random) => {
  const { deviceId } = pick(random, world.plan.devices);
  const device = world.fleet.device(deviceId);
  const password = chance(random, 0.7) ? `schimbata-${random.int(1000)}` : null;
  world.say(`somebody at a browser at ${deviceId}${password === null ? '' : ' changes its password'}`);
  const visiting = async () => {
    const row = world.store.admin.device(deviceId);
    const { username } = device;
    if (row === null || !(await world.browser.logIn(row, { username, password: device.password }))) return;
    world.pestered.delete(deviceId);
    if (password !== null && !world.quiet) device.changePassword(password);
  };
  void visiting();
};

const killOne: Deed = (world, random) => {
  if (world.alive.length > 0) pick(random, world.alive).mortal.kill();
};

/**
 * The worst moment: an engine died, and whom it was writing leaves, or is hired again while being closed out, before
 * anybody knows what was done for them.
 */
function turnAtThatMoment(world: World): void {
  const { lastWritten } = world.people;
  const someone = world.store.admin.employees().find((one) => String(one.employeeNo) === lastWritten);
  if (someone === undefined) return;
  world.say(`${lastWritten ?? ''} ${someone.active ? 'leaves' : 'is hired again'} at that moment`);
  world.change(someone, { active: !someone.active });
}

const dieAndLeave: Deed = (world) => {
  for (const { mortal } of [...world.alive]) mortal.kill();
  turnAtThatMoment(world);
};

/** A daemon is told to stop, as at an update: it ends by itself and gives its devices back. */
const stopOne: Deed = (world, random) => {
  if (world.alive.length === 0) return;
  const { name, engine } = pick(random, world.alive);
  world.say(`${name} is told to stop`);
  world.alive = world.alive.filter((one) => one.name !== name);
  void engine.stop().catch((error: unknown) => world.defects.push(`${name} did not stop: ${String(error)}`));
};

const deeds: readonly Deed[] = [
  ...Array<Deed>(8).fill(ask),
  ...Array<Deed>(6).fill(changeSomebody),
  removeSomebody,
  hireSomebody,
  hireSomebody,
  renumberSomebody,
  ...Array<Deed>(3).fill(breakSomething),
  ...Array<Deed>(3).fill(leaveInTrouble),
  switchPower,
  ...Array<Deed>(2).fill(typePassword),
  pester,
  ...Array<Deed>(3).fill(visit),
  killOne,
  ...Array<Deed>(2).fill(dieAndLeave),
  stopOne,
  ...rowDeeds,
  ...terminalDeeds,
];

function startOne(world: World, random: Random): void {
  const isSad = chance(random, 0.4);
  const onDeath = () => {
    if (isSad && !world.quiet) turnAtThatMoment(world);
  };
  world.startEngine(chance(random, 0.6) ? { dieAt: 1 + random.int(LONGEST_LIFE), onDeath } : {});
}

export function createDeeds(world: World, random: Random): Deeds {
  const memory: Memory = {
    numbers: world.plan.people.flatMap(({ employeeNo }) => (employeeNo === null ? [] : [String(employeeNo)])),
    hired: world.plan.people.length,
    lastNumber: FIRST_NUMBER + world.plan.people.length - 1,
  };
  return {
    async next() {
      await world.later.catchUp();
      pick(random, deeds)(world, random, memory);
      if (world.alive.length === 0 || (world.alive.length < world.plan.engines && chance(random, 0.4)))
        startOne(world, random);
    },
  };
}
