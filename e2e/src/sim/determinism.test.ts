import { expect, test } from 'vitest';
import { runSeed } from './run-seed.ts';
import { warmUp } from './warm-up.ts';

/** Among them worlds with several engines, kills and a database that fails now and then. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

test('the same seed has the same course, to the millisecond; another seed has another', async () => {
  const album = await warmUp();
  const fingerprints = new Set<string>();
  for (const seed of SEEDS) {
    const once = await runSeed(seed, album);
    const again = await runSeed(seed, album);
    expect(again, `seed ${seed}`).toEqual(once);
    expect(once.violations).toEqual([]);
    fingerprints.add(once.fingerprint);
  }
  expect(fingerprints.size).toBe(SEEDS.length);
}, 60_000);
