import { expect, test } from 'vitest';
import { withRefused } from './refused-credentials.ts';

test('what was refused is remembered once each, the latest last, and not without end', () => {
  expect(withRefused({ refusedCredentials: [] }, 'a')).toEqual(['a']);
  expect(withRefused({ refusedCredentials: ['a', 'b'] }, 'a')).toEqual(['b', 'a']);
  const many = Array.from({ length: 1000 }, (_, nth) => `no-${nth}`);
  const kept = withRefused({ refusedCredentials: many }, 'a');
  expect(kept.length).toBeLessThan(100);
  expect(kept.slice(-2)).toEqual(['no-999', 'a']);
});
