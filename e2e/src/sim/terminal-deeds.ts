import type { Deed } from './deed.ts';
import { acceptSerial, ROW_AWAY_MS } from './row-deeds.ts';
import { drawTypedIn, pick, traitsOf } from './world-plan.ts';

/** Builds of a firmware, as serial numbers tell them: which one makes another serial number under the same id. */
const BUILDS = ['build 250101', 'build 250202', 'build 250303', 'build 250404'];

/**
 * A terminal is restored to factory state: all people are gone, which a sync notices only when it changes one of them, or
 * when it verifies. That such a change is enough is shown at the end of every world: see `restore-one.ts`.
 */
const restoreFactory: Deed = (world, random) => {
  const { deviceId } = pick(random, world.plan.devices);
  if (!world.plan.edits || !world.isWhole(deviceId)) return;
  world.say(`${deviceId} is restored to factory state`);
  world.fleet.device(deviceId).reset();
  world.typedIn.set(deviceId, []);
};

/**
 * A terminal is exchanged for another one, with people of its own: switched off, taken down, and some time later somebody
 * accepts what stands there now. Until then nobody's data may go there.
 */
const exchangeTerminal: Deed = (world, random) => {
  const { deviceId, profile, mute } = pick(random, world.plan.devices);
  if (!world.isWhole(deviceId)) return;
  const { fleet } = world;
  const { password } = fleet.device(deviceId);
  const typedIn = drawTypedIn(random, world.plan.people);
  const build = pick(random, BUILDS);
  world.say(`${deviceId} is switched off and taken down`);
  world.begin(deviceId, 'in-use');
  void fleet.device(deviceId).powerOff();
  world.later.add(ROW_AWAY_MS, async () => {
    world.say(`another terminal is put up as ${deviceId}`);
    await fleet.removeDevice(deviceId);
    const traits = { ...traitsOf({ mute }), firmwareReleasedDate: build };
    const device = await fleet.addDevice({ id: deviceId, profile, password, traits, persons: typedIn });
    world.typedIn.set(deviceId, typedIn);
    world.forget(deviceId);
    world.later.add(random.int(ROW_AWAY_MS), () => {
      const remembered = world.store.admin.device(deviceId)?.memory.serialNumber ?? null;
      if (remembered !== null && remembered !== device.serialNumber) acceptSerial(world, deviceId);
      world.end(deviceId);
    });
  });
};

export const terminalDeeds: readonly Deed[] = [restoreFactory, restoreFactory, exchangeTerminal];
