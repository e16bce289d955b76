import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, similarWord } from './similar-word.ts';

test('counts insertions, deletions and replacements', () => {
  expect(editDistance('', 'abc')).toBe(3);
  expect(editDistance('kitten', 'sitting')).toBe(3);
  expect(editDistance('same', 'same')).toBe(0);
});

test('distance is symmetric and no longer than the longer word', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (left, right) => {
      const distance = editDistance(left, right);
      expect(distance).toBe(editDistance(right, left));
      expect(distance).toBeLessThanOrEqual(Math.max(left.length, right.length));
      expect(distance === 0).toBe(left === right);
    }),
  );
});

test('finds what was meant, whatever the case, and nothing when nothing is near', () => {
  expect(similarWord('flakyvpn', ['silent', 'flaky-vpn'])).toBe('flaky-vpn');
  expect(similarWord('DELAY', ['delay', 'busy'])).toBe('delay');
  expect(similarWord('zzzzzzzz', ['delay', 'busy'])).toBeNull();
  expect(similarWord('d'.repeat(500), ['delay'])).toBeNull();
});
