import { seededRandom, type Random } from '@pontaj/simulator';
import {
  createDeviceClient,
  createEngine,
  createHttpTransport,
  createPhotoSource,
  StoreUnreachableError,
  type Engine,
  type FetchLike,
} from '@pontaj/sync';
import type { Album } from './album.ts';
import { createMortal, type Mortal, type MortalOptions } from './mortal.ts';
import type { World } from './world.ts';

export interface LivingEngine {
  name: string;
  engine: Engine;
  mortal: Mortal;
}

function storeTroubleOf(random: Random, rate: number, isQuiet: () => boolean): (method: string) => void {
  if (rate === 0) return () => undefined;
  return (method) => {
    if (!isQuiet() && random.next() < rate)
      throw new StoreUnreachableError(`The database did not answer ${method} (simulated).`);
  };
}

/** The server of the photos is away as often as the database. */
const shakyFetch =
  (album: Album, random: Random, rate: number, isQuiet: () => boolean): Album['fetch'] =>
  (url, init) =>
    rate > 0 && !isQuiet() && random.next() < rate
      ? Promise.reject(new TypeError('fetch failed'))
      : album.fetch(url, init);

/** An engine in this world, as a daemon is: its calls are watched, its database and photos are as shaky as planned, and it may die. */
export function startEngine(
  world: World,
  { name, fetch, ...life }: { name: string; fetch: FetchLike } & Pick<MortalOptions, 'dieAt' | 'onDeath'>,
): LivingEngine {
  const { plan, clock, store, album, calls, say } = world;
  const random = seededRandom(plan.seed).fork(name);
  const isQuiet = () => world.quiet;
  const mortal = createMortal(
    { store, clock, fetch },
    {
      ...life,
      storeTrouble: storeTroubleOf(random.fork('store'), plan.storeTrouble, isQuiet),
      onDeath: (where) => {
        say(`${name} dies ${where}`);
        world.kills += 1;
        calls.died(name);
        world.alive = world.alive.filter((one) => one.name !== name);
        life.onDeath?.(where);
      },
    },
  );
  say(`${name} starts`);
  const transportFor = calls.watched(createHttpTransport({ clock: mortal.clock, fetch: mortal.fetch }), name);
  const searchIds = random.fork('search');
  const engine = createEngine({
    store: mortal.store,
    clock: mortal.clock,
    clientFor: (device) => createDeviceClient(transportFor(device), { newSearchId: () => searchIds.hex(16) }),
    photoSource: createPhotoSource({
      clock: mortal.clock,
      fetch: shakyFetch(album, random.fork('photos'), plan.storeTrouble, isQuiet),
      prepare: album.prepare,
    }),
    random: () => random.next(),
    options: plan.options,
    owner: name,
  });
  engine.events.on('lane.failed', ({ deviceId, message }) => {
    world.defects.push(`${deviceId}: a lane of ${name} failed: ${message}`);
  });
  engine.events.on('device.stopped', ({ deviceId, code, message }) => {
    say(`${name} leaves ${deviceId}: ${code}: ${message}`);
  });
  const living = { name, engine, mortal };
  world.alive.push(living);
  return living;
}
