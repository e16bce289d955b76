import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMs } from './retry.ts';

test('doubles, stays under its bound, and is spread over half to one and a half', () => {
  expect([1, 2, 3, 4].map((nth) => backoffMs(nth, 100, 500, () => 0.5))).toEqual([100, 200, 400, 500]);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (nth, random) => {
        const wait = backoffMs(nth, 100, 5000, () => random);
        expect(wait).toBeGreaterThanOrEqual(50);
        expect(wait).toBeLessThanOrEqual(7500);
      },
    ),
  );
});
