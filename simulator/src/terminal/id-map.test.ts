import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdMap } from './id-map.ts';

/** Plain numbers, and what only looks like them. */
const id = fc
  .tuple(fc.integer({ min: 0, max: 100 }), fc.constantFrom('', '0', 'A'))
  .map(([number, before]) => `${before}${number}`);
const step = fc.oneof(
  fc.record({ set: id }),
  fc.record({ remove: id }),
  fc.constant({ clear: true as const }),
);

describe('IdMap', () => {
  it('is a Map to whoever uses it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 600, size: 'max' }), (steps) => {
        const ids = new IdMap<{ value: number }>();
        const plain = new Map<string, { value: number }>();
        steps.forEach((one, value) => {
          if ('set' in one) {
            ids.set(one.set, { value });
            plain.set(one.set, { value });
          } else if ('remove' in one) expect(ids.delete(one.remove)).toBe(plain.delete(one.remove));
          else if (value % 50 === 0) {
            ids.clear();
            plain.clear();
          }
        });
        expect(ids.size).toBe(plain.size);
        for (let number = 0; number <= 100; number += 1)
          for (const one of [`${number}`, `0${number}`, `A${number}`]) {
            expect(ids.get(one)).toEqual(plain.get(one));
            expect(ids.has(one)).toBe(plain.has(one));
          }
      }),
      { numRuns: 50 },
    );
  });
});
