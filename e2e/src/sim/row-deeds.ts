import type { Deed } from './deed.ts';
import type { World } from './world.ts';
import { pick } from './world-plan.ts';

/** Long enough for whoever was working with the former row to have noticed. */
export const ROW_AWAY_MS = 60_000;

const inUse = (world: World, deviceId: string): boolean =>
  world.isWhole(deviceId) && world.store.admin.device(deviceId) !== null;

/** Somebody takes a terminal out of use while it is brought in step, and puts it back. */
const takeOutOfUse: Deed = (world, random) => {
  const { deviceId } = pick(random, world.plan.devices);
  if (!inUse(world, deviceId)) return;
  const awayMs = ROW_AWAY_MS + random.int(60_000);
  world.begin(deviceId, 'in-use');
  world.say(`${deviceId} is to be brought in step in full`);
  const engine = world.alive.at(-1)?.engine;
  void engine?.syncAllEmployeesToDevice(deviceId, 'sim', { mode: 'full' }).catch(() => undefined);
  world.later.add(1, () => {
    world.say(`${deviceId} is set to inactiv`);
    world.begin(deviceId, 'out-of-use');
    world.store.admin.putDevice({ deviceId, status: 'inactiv' });
    world.later.add(awayMs, () => {
      world.say(`${deviceId} is set to activ`);
      world.store.admin.putDevice({ deviceId, status: 'activ' });
      world.end(deviceId);
    });
  });
};

/** The row of a terminal is deleted, and entered anew: nothing is known any more of who is on it. */
const enterAnew: Deed = (world, random) => {
  const { deviceId } = pick(random, world.plan.devices);
  if (!inUse(world, deviceId)) return;
  world.say(`the row of ${deviceId} is deleted`);
  world.begin(deviceId, 'out-of-use');
  world.store.admin.removeDevice(deviceId);
  world.forget(deviceId);
  world.later.add(ROW_AWAY_MS + random.int(60_000), () => {
    world.say(`the row of ${deviceId} is entered anew`);
    const { password } = world.fleet.device(deviceId);
    world.store.admin.putDevice({ deviceId, name: deviceId, host: `${deviceId}.test`, password });
    world.end(deviceId);
  });
};

/** Somebody types a wrong address, and corrects it: the terminal comes back by itself. */
const mistypeAddress: Deed = (world, random) => {
  const { deviceId } = pick(random, world.plan.devices);
  if (!inUse(world, deviceId)) return;
  world.say(`a wrong address in the row of ${deviceId}`);
  world.begin(deviceId, 'in-use');
  world.store.admin.putDevice({ deviceId, host: 'nimeni.test' });
  world.later.add(random.int(ROW_AWAY_MS), () => {
    world.say(`the address of ${deviceId} is corrected`);
    world.store.admin.putDevice({ deviceId, host: `${deviceId}.test` });
    world.end(deviceId);
  });
};

export const rowDeeds: readonly Deed[] = [takeOutOfUse, takeOutOfUse, enterAnew, mistypeAddress];

/** As the operator's `devices accept-serial` and `retry-credentials` do: whoever stands there is met anew. */
export function acceptSerial(world: World, deviceId: string): void {
  const row = world.store.admin.device(deviceId);
  if (row === null) return;
  world.say(`an operator accepts the terminal at ${deviceId}`);
  for (const tracking of world.store.admin.tracking(deviceId))
    world.store.admin.putTracking({
      ...tracking,
      person: { state: 'unknown' },
      face: { state: 'unknown' },
      accessClosed: false,
      identified: false,
      sentNames: [],
      status: 'pending',
    });
  world.store.admin.putDevice({
    deviceId,
    memory: {
      ...row.memory,
      serialNumber: null,
      model: null,
      firmware: null,
      capabilities: null,
      faceDelivery: null,
      refusedCredentials: [],
      provenCredentials: null,
      unsettledCredentials: null,
      loginTriesLeft: null,
      inventoriedAtMs: null,
      strangers: null,
      lastErrorCode: null,
      lastErrorMessage: null,
      consecutiveFailures: 0,
      nextProbeAtMs: null,
    },
  });
  world.calls.accepted(deviceId);
}
