import { expect, test } from 'vitest';
import { createVirtualClock } from '../../testing/virtual-clock.ts';
import { createGate } from './gate.ts';

test('lets in so many at a time, in turn, and a failure makes room like a success', async () => {
  const clock = createVirtualClock(0);
  const gate = createGate(2);
  let inside = 0;
  let most = 0;
  const order: number[] = [];
  const work = (nth: number) =>
    gate(async () => {
      inside += 1;
      most = Math.max(most, inside);
      order.push(nth);
      await clock.sleep(10);
      inside -= 1;
      if (nth === 2) throw new Error('failed');
    });
  const all = Promise.allSettled([1, 2, 3, 4, 5].map(work));
  const results = await clock.run(all);
  expect(most).toBe(2);
  expect(order).toEqual([1, 2, 3, 4, 5]);
  expect(results.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
  await clock.run(gate(() => Promise.resolve()));
});
