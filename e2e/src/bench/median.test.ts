import { expect, test } from 'vitest';
import { median } from './median.ts';

test('median is the middle, between two of them their mean, whatever the order', () => {
  expect(median([9, 1, 2])).toBe(2);
  expect(median([10, 1, 2, 100])).toBe(6);
  expect(() => median([])).toThrow(/at least one value/);
});
