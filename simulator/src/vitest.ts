import { afterAll, beforeAll, beforeEach } from 'vitest';
import { startFleet } from './fleet.ts';
import type { Fleet, FleetOptions, SimulatedDevice } from './fleet-types.ts';

export interface FleetInTests {
  /** The fleet. @throws Error outside of tests and hooks, where it does not run */
  readonly fleet: Fleet;
  /** A device by its id; without one the first. */
  device(id?: string): SimulatedDevice;
}

/**
 * Simulated terminals for the tests of a file or a `describe`: started before them, emptied before each, stopped after.
 *
 * @example
 * const terminals = useFleet({ devices: 2 });
 * test('stores the person', async () => {
 *   await mySync(terminals.device().url);
 *   expect(terminals.device().persons()).toMatchObject([{ employeeNo: '1000' }]);
 * });
 */
export function useFleet(options: FleetOptions = { devices: 1 }): FleetInTests {
  let running: Fleet | null = null;
  let fresh: Map<string, unknown> | null = null;
  beforeAll(async () => {
    running = await startFleet(options);
    fresh = new Map(running.devices.map((device) => [device.id, device.snapshot()]));
  });
  beforeEach(async () => {
    for (const device of running?.devices ?? []) {
      device.reset();
      const snapshot = fresh?.get(device.id);
      if (snapshot !== undefined) device.restore(snapshot);
      await device.powerOn();
    }
  });
  afterAll(async () => {
    await running?.stop();
    running = null;
  });
  const fleet = () => {
    if (!running)
      throw new Error(
        'The fleet runs only during tests: use it inside test() or a hook, not while tests are collected.',
      );
    return running;
  };
  return {
    get fleet() {
      return fleet();
    },
    device: (id) => {
      if (id !== undefined) return fleet().device(id);
      const [first] = fleet().devices;
      if (!first) throw new Error('This fleet has no device; start it with devices: 1 or more.');
      return first;
    },
  };
}
