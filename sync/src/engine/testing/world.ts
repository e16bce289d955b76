import type { Device } from '../../model/device.ts';
import type { Employee } from '../../model/employee.ts';
import { personFingerprint, photoFingerprint } from '../../model/fingerprints.ts';
import type { Line, Run } from '../../model/run.ts';
import type { Tracking } from '../../model/tracking.ts';
import type { DeviceClient } from '../../isapi/device-client.ts';
import { createMemoryStore, type MemoryStore } from '../../store/memory/memory-store.ts';
import { createVirtualClock, type VirtualClock } from '../../testing/virtual-clock.ts';
import { createEngine, type Engine, type EngineSetup } from '../engine.ts';
import { defaultEngineOptions, type EngineOptions } from '../options.ts';
import { wishFor } from '../plan/wish.ts';
import { ModelTerminal, type Quirks } from './model-terminal.ts';
import { seeded } from './seeded.ts';

export interface WorldPlan {
  employees?: number;
  devices?: number;
  quirks?: Partial<Quirks>;
  options?: Partial<EngineOptions>;
  seed?: number;
}

/** A company in memory: employees, terminals, the database, and engines to bring them together in virtual time. */
export interface World {
  clock: VirtualClock;
  store: MemoryStore;
  terminals: Map<string, ModelTerminal>;
  terminal: (nth?: number) => ModelTerminal;
  options: EngineOptions;
  startEngine: (more?: Partial<EngineSetup>) => Engine;
  employee: (employeeNo: number) => Employee;
  change: (employeeNo: number, change: Partial<Employee>) => void;
  /** Submits and waits; gives the run as it ended. */
  finish: (engine: Engine, submitted: Promise<{ runId: string }>) => Promise<Run>;
  lines: (runId: string) => Promise<Line[]>;
  /** Where a terminal differs from the wish of the database; empty when everybody is in step. */
  differences: (nth?: number) => string[];
  /** Where a tracking row claims what is not so on the terminal; `unknown` claims nothing. */
  lies: (nth?: number) => string[];
  clientFor: (device: Device) => DeviceClient;
}

export const FIRST_NUMBER = 1000;
export const photoOf = (employeeNo: number): string => `https://photos.test/${employeeNo}.jpg`;

export const anEmployee = (employeeNo: number, more: Partial<Employee> = {}): Employee => ({
  employeeId: `e-${employeeNo}`,
  biometricsId: `b-${employeeNo}`,
  employeeNo,
  displayName: `Nume ${employeeNo}`,
  photoUrl: photoOf(employeeNo),
  active: true,
  ...more,
});

export const deviceId = (nth: number): string => `d-${nth}`;

function liesOf(row: Tracking, { persons, faces }: ModelTerminal): string[] {
  const key = String(row.employeeNo);
  const person = persons.get(key);
  const face = faces.get(key);
  const lies: string[] = [];
  if (row.person.state === 'absent' && person !== undefined) lies.push(`${key} is said to be absent`);
  if (row.person.state === 'foreign' && person === undefined) lies.push(`${key} is said to be there`);
  if (row.person.state === 'confirmed' && row.person.fingerprint !== (person && personFingerprint(person)))
    lies.push(`${key} is said to be in step`);
  if (row.accessClosed && person?.valid.enable !== false) lies.push(`${key} is said to be closed out`);
  if (row.face.state === 'absent' && face !== undefined) lies.push(`${key} is said to have no face`);
  if (row.face.state === 'confirmed' && row.face.fingerprint !== (face && photoFingerprint(face)))
    lies.push(`${key} is said to have its face`);
  return lies;
}

export function createWorld(plan: WorldPlan = {}): World {
  const clock = createVirtualClock();
  const store = createMemoryStore({ clock });
  const options: EngineOptions = { ...defaultEngineOptions, ...plan.options };
  const terminals = new Map<string, ModelTerminal>();
  for (let nth = 1; nth <= (plan.devices ?? 1); nth += 1) {
    store.admin.putDevice({ deviceId: deviceId(nth), name: `Poarta ${nth}` });
    terminals.set(deviceId(nth), new ModelTerminal(clock, options.pauseMs, plan.quirks, `DS-${nth}`));
  }
  for (let nth = 0; nth < (plan.employees ?? 3); nth += 1)
    store.admin.putEmployee(anEmployee(FIRST_NUMBER + nth));

  const terminalOf = (device: Device): ModelTerminal => {
    const found = terminals.get(device.deviceId);
    if (found === undefined) throw new Error(`No terminal for ${device.deviceId}.`);
    return found;
  };
  const terminal = (nth = 1): ModelTerminal => {
    const found = terminals.get(deviceId(nth));
    if (found === undefined) throw new Error(`There is no terminal ${nth}.`);
    return found;
  };
  const employee = (employeeNo: number): Employee => {
    const found = store.admin.employees().find((one) => one.employeeNo === employeeNo);
    if (found === undefined) throw new Error(`There is no employee ${employeeNo}.`);
    return found;
  };
  let engines = 0;

  return {
    clock,
    store,
    terminals,
    terminal,
    clientFor: (device) => terminalOf(device).clientFor(device),
    lies: (nth = 1) => store.admin.tracking(deviceId(nth)).flatMap((row) => liesOf(row, terminal(nth))),
    options,
    startEngine(more = {}) {
      engines += 1;
      return createEngine({
        store,
        clientFor: (device) => terminalOf(device).clientFor(device),
        clock,
        random: seeded((plan.seed ?? 1) + engines),
        options,
        owner: `daemon-${engines}`,
        ...more,
      });
    },
    employee,
    change: (employeeNo, change) => {
      store.admin.putEmployee({ ...employee(employeeNo), ...change });
    },
    async finish(engine, submitted) {
      const finished = async () => {
        const { runId } = await submitted;
        await engine.whenFinished(runId);
        return store.readRun(runId);
      };
      const run = await clock.run(finished());
      if (run === null) throw new Error('The run is gone.');
      return run;
    },
    lines: (runId) => store.readLines(runId, null, 10_000),
    differences(nth = 1) {
      const { persons, faces } = terminal(nth);
      return store.admin.employees().flatMap((one): string[] => {
        const wish = wishFor(one, options.validity);
        if (wish === null) return [];
        const key = String(wish.employeeNo);
        const person = persons.get(key);
        if (!one.active) return person?.valid.enable === true ? [`${key} left and can still pass`] : [];
        if (person === undefined) return [`${key} is missing`];
        const found: string[] = [];
        if (person.name !== wish.person.name) found.push(`${key} is called ${person.name}`);
        if (!person.valid.enable) found.push(`${key} cannot pass`);
        if (wish.photo !== null && faces.get(key) !== wish.photo.url)
          found.push(`${key} has face ${faces.get(key) ?? 'none'}`);
        return found;
      });
    },
  };
}
