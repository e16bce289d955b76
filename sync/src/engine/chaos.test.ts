import { expect, test } from 'vitest';
import { runChaos } from './testing/chaos.ts';

/** Seeds run with every test, in blocks; the big simulation against the simulator's terminals has thousands. */
const BLOCKS = 6;
const SEEDS = 10;

const blocks = Array.from({ length: BLOCKS }, (_, nth) => nth * SEEDS + 1);

test.each(blocks)(
  'faults, kills and changes, seeds from %i: once it is quiet, terminals are as wished and rows tell the truth',
  async (first) => {
    for (let seed = first; seed < first + SEEDS; seed += 1) {
      const { violations, story } = await runChaos(seed);
      expect(violations, `seed ${seed}\n${story.join('\n')}`).toEqual([]);
    }
  },
  60_000,
);
