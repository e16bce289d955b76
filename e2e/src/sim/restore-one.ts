import type { Random } from '@pontaj/simulator';
import { expectedIn } from './check-terminal.ts';
import type { World } from './world.ts';
import { BLIND, type PlannedDevice } from './world-plan.ts';

/**
 * Once all is in step, a terminal is restored to factory state and somebody on it gets another name: the next plain run
 * must hear of it and bring everybody back. Null: nobody is known to be on any terminal that can be read.
 */
export function restoreOne(world: World, random: Random): PlannedDevice | null {
  // One that once said it has no search is taken at its word.
  const isRead = ({ deviceId, profile }: PlannedDevice) =>
    !BLIND.has(profile) && world.store.admin.device(deviceId)?.memory.capabilities?.personSearch !== 'no';
  const devices = world.plan.devices.filter(isRead);
  const able = devices.flatMap((planned) => {
    const evidence = world.evidence(planned.deviceId);
    const there = new Set(
      evidence.rows.flatMap(({ employeeNo, person }) => (person.state === 'confirmed' ? [employeeNo] : [])),
    );
    const employee = expectedIn(evidence).find(({ employeeNo }) => there.has(employeeNo ?? 0));
    return employee === undefined ? [] : [{ planned, employee }];
  });
  const chosen = able[random.int(Math.max(1, able.length))];
  if (chosen === undefined) return null;
  const { planned, employee } = chosen;
  world.say(`--- ${planned.deviceId} is restored to factory state, and ${employee.employeeNo ?? ''} renamed`);
  world.fleet.device(planned.deviceId).reset();
  world.typedIn.set(planned.deviceId, []);
  world.change(employee, { displayName: `${employee.displayName} Nou` });
  return planned;
}
