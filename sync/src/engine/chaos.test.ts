import { expect, test } from 'vitest';
import { runChaos } from './testing/chaos.ts';

/** Seeds run with every test; the big simulation against the simulator's terminals has thousands. */
const SEEDS = 60;

test(`${SEEDS} seeds of faults, kills and changes: once it is quiet, every terminal is as wished and the rows tell the truth`, async () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { violations, story } = await runChaos(seed);
    expect(violations, `seed ${seed}\n${story.join('\n')}`).toEqual([]);
  }
});
