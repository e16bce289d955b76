import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import process from 'node:process';
import { systemClock, type Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import type { EngineOptions } from '../engine/options.ts';
import type { Random } from '../engine/random.ts';
import { createDeviceClient } from '../isapi/client.ts';
import type { DeviceClient } from '../isapi/device-client.ts';
import { createHttpTransport } from '../isapi/http-transport.ts';
import type { Device } from '../model/device.ts';
import { createPhotoSource } from '../photo/photo-source.ts';
import type { Store } from '../store/store.ts';
import { createDatabaseClient } from '../store/supabase/client.ts';
import { createSupabaseStore } from '../store/supabase/supabase-store.ts';

/** What tests put in place of the world. */
export interface Overrides {
  clock?: Clock;
  random?: Random;
  store?: Store;
  clientFor?: (device: Device) => DeviceClient;
  engineOptions?: Partial<EngineOptions>;
}

export interface Parts {
  clock: Clock;
  store: Store;
  /** Starts working at once: open legs that nobody drives are taken up. */
  startEngine(): Engine;
}

/** Names this daemon in leases: for people by machine and process, for the database by chance. */
const newOwner = (): string => `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;

/** Store and engine as the configuration says, not started. */
export function assembleParts(config: Config, overrides: Overrides = {}): Parts {
  const clock = overrides.clock ?? systemClock;
  const store =
    overrides.store ?? createSupabaseStore(createDatabaseClient(config.supabase), () => clock.now());
  const transportFor = createHttpTransport({ clock });
  return {
    clock,
    store,
    startEngine: () =>
      createEngine({
        store,
        clientFor: overrides.clientFor ?? ((device) => createDeviceClient(transportFor(device))),
        photoSource: createPhotoSource({ clock }),
        clock,
        random: overrides.random ?? Math.random,
        options: { ...config.engine, ...overrides.engineOptions },
        owner: newOwner(),
      }),
  };
}
