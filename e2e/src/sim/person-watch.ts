import type { Clock, FleetEvent, SimulatedDevice } from '@pontaj/simulator';
import type { MemoryAdmin } from '@pontaj/sync';

/** Endpoints that write a person's data. */
const WRITES = new Set(['person-record', 'person-modify', 'person-setup']);
/** Endpoints that change what a terminal holds of people. */
const CHANGES = new Set([
  ...WRITES,
  'person-delete',
  'face-record',
  'face-modify',
  'face-setup',
  'face-delete',
  'face-search-delete',
]);
/** An employee who came back this long ago is no longer under way of being closed out. */
const SETTLED_MS = 60_000;

export interface PersonWatch {
  readonly violations: readonly string[];
  /** Whose data was written last, on whichever terminal. */
  readonly lastWritten: string | null;
  /** The engine has given the person with this number this name on a terminal. */
  named(deviceId: string, employeeNo: string, name: string): boolean;
  /** Numbers that the engine itself has written or closed on a terminal. */
  ours(deviceId: string): ReadonlySet<string>;
  /** To be called with every event of the fleet. */
  see(event: FleetEvent): void;
  /** Another terminal stands there, or nobody knows any more what was done there. */
  forget(deviceId: string): void;
  /** To be called when somebody's status changes. */
  changed(employeeNo: number): void;
}

/**
 * Watches what happens to people on the terminals while it happens: who was closed out stays out as long as they are
 * not active, nobody who stays is ever deleted, and nothing of anybody goes to a terminal that is not the one remembered.
 */
export function createPersonWatch(parts: {
  admin: MemoryAdmin;
  clock: Clock;
  deviceOf: (deviceId: string) => SimulatedDevice;
}): PersonWatch {
  const { admin, clock, deviceOf } = parts;
  const violations: string[] = [];
  const ours = new Map<string, Set<string>>();
  const closed = new Set<string>();
  const names = new Set<string>();
  const changedAtMs = new Map<string, number>();
  let lastWritten: string | null = null;

  const written = (deviceId: string): Set<string> => {
    const known = ours.get(deviceId) ?? new Set<string>();
    ours.set(deviceId, known);
    return known;
  };
  const isActive = (employeeNo: string): boolean =>
    admin.employees().some((one) => String(one.employeeNo) === employeeNo && one.active);

  return {
    violations,
    get lastWritten() {
      return lastWritten;
    },
    named: (deviceId, employeeNo, name) => names.has(`${deviceId} ${employeeNo} ${name}`),
    ours: written,
    forget(deviceId) {
      ours.delete(deviceId);
      for (const known of [closed, names])
        for (const key of known) if (key.startsWith(`${deviceId} `)) known.delete(key);
    },
    changed(employeeNo) {
      changedAtMs.set(String(employeeNo), clock.now());
      for (const key of closed) if (key.endsWith(` ${employeeNo}`)) closed.delete(key);
    },
    see(event) {
      if (event.type !== 'request' || !event.entry.done) return;
      const { deviceId, endpoint, employeeNo } = event.entry;
      const remembered = admin.device(deviceId)?.memory.serialNumber ?? null;
      if (
        CHANGES.has(endpoint ?? '') &&
        remembered !== null &&
        remembered !== deviceOf(deviceId).serialNumber
      )
        violations.push(`${deviceId}: ${endpoint ?? ''} at ${clock.now()} went to another terminal`);
      if (employeeNo === null || endpoint === null) return;
      const key = `${deviceId} ${employeeNo}`;
      if (endpoint === 'person-delete') {
        const sinceMs = clock.now() - (changedAtMs.get(employeeNo) ?? -Infinity);
        if (isActive(employeeNo) && sinceMs > SETTLED_MS)
          violations.push(`${deviceId}: ${employeeNo}, who is active, was deleted at ${clock.now()}`);
        if (!isActive(employeeNo)) closed.add(key);
        return;
      }
      if (!WRITES.has(endpoint)) return;
      written(deviceId).add(employeeNo);
      lastWritten = employeeNo;
      const person = deviceOf(deviceId)
        .persons()
        .find((one) => one.employeeNo === employeeNo);
      if (person !== undefined) names.add(`${key} ${person.name}`);
      if (isActive(employeeNo)) return;
      if (person?.valid.enable === true && closed.has(key))
        violations.push(
          `${deviceId}: ${employeeNo}, who left and was closed out, was let in again at ${clock.now()}`,
        );
      if (person?.valid.enable === false) closed.add(key);
    },
  };
}
