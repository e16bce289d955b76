import {
  seededRandom,
  startFleet,
  type FaceView,
  type Fleet,
  type JournalEntry,
  type SimulatedDevice,
} from '@pontaj/simulator';
import {
  createMemoryStore,
  createVirtualClock,
  isRefused,
  type Employee,
  type MemoryStore,
  type VirtualClock,
} from '@pontaj/sync';
import { photoUrl, type Album } from './album.ts';
import { createBrowser, PAGE_LOGIN, type Browser } from './browser.ts';
import { createCallWatch, type CallWatch } from './call-watch.ts';
import type { Evidence } from './check-terminal.ts';
import { createLater, type Later } from './later.ts';
import { startEngine, type LivingEngine } from './living-engine.ts';
import type { MortalOptions } from './mortal.ts';
import { createPersonWatch, type PersonWatch } from './person-watch.ts';
import { createTerminalFetch } from './terminal-fetch.ts';
import { COUNTS_NONCES, traitsOf, type PlannedDevice, type WorldPlan } from './world-plan.ts';

export type Say = (what: string) => void;

/** A company in virtual time: its database, its terminals, and the engines between them. */
export interface World {
  plan: WorldPlan;
  clock: VirtualClock;
  store: MemoryStore;
  fleet: Fleet;
  album: Album;
  browser: Browser;
  /** Terminals at which another client mistypes between any two of our calls. */
  pestered: Set<string>;
  calls: CallWatch;
  people: PersonWatch;
  /** Those that were not killed, oldest first. */
  alive: LivingEngine[];
  kills: number;
  /** Defects the engines told of: there must be none. */
  defects: string[];
  quiet: boolean;
  say: Say;
  startEngine(options?: Pick<MortalOptions, 'dieAt' | 'onDeath'>): LivingEngine;
  hire(person: { employeeNo: number | null; name: string; photo: number | null; active: boolean }): void;
  /** Somebody changes an employee's row. */
  change(employee: Employee, change: Partial<Employee>): void;
  /** Another number, by a new row of biometrics. */
  renumber(employee: Employee, employeeNo: number): void;
  later: Later;
  /** Who is typed in at each terminal by others, and is not to be touched. */
  typedIn: Map<string, PlannedDevice['typedIn']>;
  /** Somebody is at a device or its row; one at a time. */
  begin(deviceId: string, what: 'in-use' | 'out-of-use'): void;
  end(deviceId: string): void;
  /** Nobody is at it. */
  isWhole(deviceId: string): boolean;
  /** What was done at a device so far is no measure any more. */
  forget(deviceId: string): void;
  photoOf(employee: Employee, version: number): string;
  evidence(deviceId: string): Evidence;
}

const asLine = (entry: JournalEntry): string =>
  [
    entry.deviceId,
    entry.method,
    entry.target,
    entry.employeeNo ?? '',
    entry.auth,
    entry.status ?? '',
    entry.subStatusCode ?? '',
    entry.outcome,
    entry.done ? 'done' : '',
    entry.faults.join(','),
  ].join(' ');

/** @param say Hears of everything that happens, with its time. */
export async function createWorld(plan: WorldPlan, album: Album, say: Say = () => undefined): Promise<World> {
  const clock = createVirtualClock();
  const store = createMemoryStore({ clock });
  const tell: Say = (what) => {
    say(`${new Date(clock.now()).toISOString().slice(11, 23)} ${what}`);
  };
  const fleet = await startFleet({
    listen: false,
    clock,
    seed: plan.seed,
    password: 'parola-1',
    download: (url) => album.download(url),
    devices: plan.devices.map(({ deviceId, profile, mute, typedIn, faults }) => ({
      id: deviceId,
      profile,
      traits: traitsOf({ mute }),
      persons: typedIn,
      faults,
    })),
  });
  const deviceOf = (deviceId: string): SimulatedDevice => fleet.device(deviceId);
  const profileOf = (deviceId: string): string =>
    plan.devices.find((one) => one.deviceId === deviceId)?.profile ?? '';
  const fetch = createTerminalFetch((host) => {
    const deviceId = host.replace(/\.test$/, '');
    return fleet.devices.find(({ id }) => id === deviceId);
  });
  const outOfUseSinceMs = new Map<string, number>();
  const atWork = new Set<string>();
  /** Device → number and face at the moment when its row was forgotten. */
  const facesThen = new Map<string, ReadonlySet<string>>();
  const faceKey = ({ FPID, sha256 }: FaceView) => `${FPID} ${sha256}`;
  const calls = createCallWatch({
    clock,
    pauseMs: plan.options.pauseMs,
    countsNonces: (deviceId) => COUNTS_NONCES.has(profileOf(deviceId)),
    isMute: (deviceId) => plan.devices.some((one) => one.deviceId === deviceId && one.mute),
    announced: () =>
      plan.devices.flatMap(({ deviceId }) => {
        const row = store.admin.device(deviceId);
        return row?.memory.unsettledCredentials == null ? [] : [{ deviceId, password: row.password }];
      }),
    outOfUseForMs: (deviceId) => clock.now() - (outOfUseSinceMs.get(deviceId) ?? Infinity),
    isWritten: (deviceId, password) => {
      const row = store.admin.device(deviceId);
      return row !== null && isRefused({ ...row, password });
    },
  });
  const people = createPersonWatch({ admin: store.admin, clock, deviceOf });
  const personOf = new Map<string, number>();
  const indexOf = new Map<string, number>();
  let engines = 0;
  const moments = seededRandom(plan.seed).fork('moments');

  const world: World = {
    plan,
    clock,
    store,
    fleet,
    album,
    browser: createBrowser({ clock, fetch }),
    pestered: new Set(plan.devices.flatMap(({ deviceId, pestered }) => (pestered ? [deviceId] : []))),
    calls,
    people,
    alive: [],
    kills: 0,
    defects: [],
    quiet: false,
    say: tell,

    startEngine(options = {}) {
      engines += 1;
      return startEngine(world, { name: `engine-${engines}`, fetch, ...options });
    },

    hire({ employeeNo, name, photo, active }) {
      const index = indexOf.size;
      const employeeId = `e${index}`;
      indexOf.set(employeeId, index);
      if (employeeNo !== null) personOf.set(String(employeeNo), index);
      store.admin.putEmployee({
        employeeId,
        biometricsId: employeeNo === null ? null : `b${index}`,
        employeeNo,
        displayName: name,
        photoUrl: photo === null ? null : photoUrl(index, photo),
        active,
      });
      if (employeeNo !== null) people.changed(employeeNo);
    },

    change(employee, change) {
      store.admin.putEmployee({ ...employee, ...change });
      if (employee.employeeNo !== null && change.active !== undefined) people.changed(employee.employeeNo);
    },

    renumber(employee, employeeNo) {
      const index = indexOf.get(employee.employeeId) ?? 0;
      personOf.set(String(employeeNo), index);
      store.admin.putEmployee({ ...employee, biometricsId: `b${index}-${employeeNo}`, employeeNo });
      for (const number of [employee.employeeNo, employeeNo]) if (number !== null) people.changed(number);
    },

    later: createLater(clock),
    typedIn: new Map(plan.devices.map(({ deviceId, typedIn }) => [deviceId, typedIn])),
    begin(deviceId, what) {
      atWork.add(deviceId);
      if (what === 'out-of-use') outOfUseSinceMs.set(deviceId, clock.now());
    },
    end(deviceId) {
      atWork.delete(deviceId);
      outOfUseSinceMs.delete(deviceId);
    },
    isWhole: (deviceId) => !atWork.has(deviceId),
    forget(deviceId) {
      people.forget(deviceId);
      facesThen.set(deviceId, new Set(fleet.device(deviceId).faces().map(faceKey)));
    },

    photoOf: (employee, version) => photoUrl(indexOf.get(employee.employeeId) ?? 0, version),

    evidence(deviceId) {
      const planned = plan.devices.find((one) => one.deviceId === deviceId);
      if (planned === undefined) throw new RangeError(`This world has no device ${deviceId}.`);
      return {
        plan,
        planned,
        device: fleet.device(deviceId),
        employees: store.admin.employees(),
        rows: store.admin.tracking(deviceId),
        album,
        ours: people.ours(deviceId),
        typedIn: world.typedIn.get(deviceId) ?? [],
        wasThere: (face) => facesThen.get(deviceId)?.has(faceKey(face)) === true,
        named: (employeeNo, name) => people.named(deviceId, employeeNo, name),
        personOf,
      };
    },
  };

  fleet.subscribe((event) => {
    people.see(event);
    const refusedTo = calls.see(event);
    // The worst moment to die: refused, counted, and not written down.
    if (refusedTo !== null && !world.quiet && moments.next() < plan.refusedDeaths)
      world.alive.find(({ name }) => name === refusedTo)?.mortal.kill('at a refused login');
    if (event.type !== 'request') return;
    tell(asLine(event.entry));
    const { deviceId, auth, target } = event.entry;
    const row = store.admin.device(deviceId);
    if (
      auth === 'ok' &&
      target !== PAGE_LOGIN &&
      row !== null &&
      !world.quiet &&
      world.pestered.has(deviceId)
    )
      void world.browser.mistype(row);
  });
  for (const { deviceId } of plan.devices)
    store.admin.putDevice({ deviceId, name: deviceId, host: `${deviceId}.test`, password: 'parola-1' });
  for (const person of plan.people) world.hire(person);
  return world;
}
