import type { Clock } from '../../clock.ts';
import type { DeviceClient } from '../../isapi/device-client.ts';
import type { Device } from '../../model/device.ts';
import type { Store } from '../../store/store.ts';

/**
 * What an engine sees of the world, with an end: once it is dead, nothing it waits for ever comes, as after kill -9.
 * What it had begun at that moment is done or not, depending on where it was killed.
 */
export interface Mortal {
  store: Store;
  clock: Clock;
  clientFor: (device: Device) => DeviceClient;
  /** Passages so far: before and after each database question and each call to a device. */
  readonly passages: number;
  readonly dead: boolean;
  kill(): void;
}

const never = <Value>(): Promise<Value> => new Promise(() => undefined);

/** @param dieAt Number of the passage at which it dies; odd ones lie before a deed, even ones after it. */
export function createMortal(
  world: { store: Store; clock: Clock; clientFor: (device: Device) => DeviceClient },
  dieAt = Infinity,
  onDeath: () => void = () => undefined,
): Mortal {
  let passages = 0;
  let dead = false;
  // Asked again after every wait: somebody may have killed it meanwhile.
  const isDead = (): boolean => dead;
  const kill = () => {
    if (dead) return;
    dead = true;
    onDeath();
  };
  const pass = () => {
    passages += 1;
    if (passages === dieAt) kill();
  };

  async function passage(deed: () => unknown): Promise<unknown> {
    if (!isDead()) pass();
    if (isDead()) return never();
    try {
      return await deed();
    } finally {
      if (!isDead()) pass();
      if (isDead()) await never();
    }
  }

  const mortalised = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get(of, key) {
        const value: unknown = Reflect.get(of, key);
        if (typeof value !== 'function') return value;
        return (...input: unknown[]) => passage(() => Reflect.apply(value, of, input) as unknown);
      },
    });

  return {
    store: mortalised(world.store),
    clock: {
      now: () => world.clock.now(),
      async sleep(ms, signal) {
        await world.clock.sleep(ms, signal);
        if (isDead()) await never();
      },
    },
    clientFor: (device) => mortalised(world.clientFor(device)),
    get passages() {
      return passages;
    },
    get dead() {
      return dead;
    },
    kill,
  };
}
