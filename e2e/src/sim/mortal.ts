import type { Clock, FetchLike, Store } from '@pontaj/sync';

/** What an engine touches of the world. */
export interface Surroundings {
  store: Store;
  clock: Clock;
  fetch: FetchLike;
}

/**
 * Surroundings with an end: once dead, nothing the engine waits for ever comes, as after kill -9. What it had begun at
 * that moment is done or not, depending on where it was killed.
 */
export interface Mortal extends Surroundings {
  /** Passed so far: before and after each request to a terminal and each question to the database. */
  readonly passages: number;
  readonly dead: boolean;
  kill(where?: string): void;
}

export interface MortalOptions {
  /** Number of the passage at which it dies; odd ones lie before a deed, even ones after it. Default: never. */
  dieAt?: number;
  onDeath?: (where: string) => void;
  /** Called before and after each question to the database; what it throws is what the engine sees. */
  storeTrouble?: (method: string) => void;
}

const never = <Value>(): Promise<Value> => new Promise(() => undefined);

/** @param world What lives on after the engine's death. */
export function createMortal(world: Surroundings, options: MortalOptions = {}): Mortal {
  const { dieAt = Infinity, onDeath = () => undefined, storeTrouble = () => undefined } = options;
  const state = { passages: 0, dead: false };
  // A function, because the compiler does not see that a passage may kill.
  const isDead = () => state.dead;

  const kill = (where = 'killed') => {
    if (state.dead) return;
    state.dead = true;
    onDeath(where);
  };

  const pass = (where: string) => {
    if (state.dead) return;
    state.passages += 1;
    if (state.passages === dieAt) kill(where);
  };

  async function passage<Value>(what: string, deed: () => Promise<Value>): Promise<Value> {
    pass(`before ${what}`);
    if (isDead()) return never();
    try {
      return await deed();
    } finally {
      pass(`after ${what}`);
      if (isDead()) await never();
    }
  }

  const store = new Proxy(world.store, {
    get(of, key) {
      const value: unknown = Reflect.get(of, key);
      if (typeof value !== 'function') return value;
      const method = String(key);
      return (...input: unknown[]) =>
        passage(method, async () => {
          storeTrouble(method);
          const result: unknown = await Reflect.apply(value, of, input);
          storeTrouble(method);
          return result;
        });
    },
  });

  return {
    store,
    clock: {
      now: () => world.clock.now(),
      async sleep(ms, signal) {
        await world.clock.sleep(ms, signal);
        if (isDead()) await never();
      },
    },
    fetch: (url, init) =>
      passage(
        `${'Authorization' in init.headers ? 'signed ' : ''}${init.method} ${new URL(url).pathname}`,
        () => world.fetch(url, init),
      ),
    get passages() {
      return state.passages;
    },
    get dead() {
      return state.dead;
    },
    kill,
  };
}
