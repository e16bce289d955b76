import { expect, it } from 'vitest';
import { afterInput } from './after-input.ts';

const roundOver = () => new Promise((resolve) => setImmediate(resolve));

it('does everything that came in a round after it, in its order', async () => {
  const done: number[] = [];
  for (const number of [1, 2, 3]) afterInput(() => done.push(number));
  expect(done).toEqual([]);
  await roundOver();
  expect(done).toEqual([1, 2, 3]);
});

it('leaves what comes meanwhile to the next round', async () => {
  const done: string[] = [];
  afterInput(() => {
    done.push('first');
    afterInput(() => done.push('second'));
  });
  await roundOver();
  expect(done).toEqual(['first']);
  await roundOver();
  expect(done).toEqual(['first', 'second']);
});
