import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainNumber } from './plain-number.ts';

it.each(['', '007', '00', 'A1', '1a', '-1', '+1', '1.0', '1e3', ' 1', '12345678', '١'])(
  '%j is no plain number',
  (id) => {
    expect(plainNumber(id)).toBe(-1);
  },
);

it('is the number whose text is the id', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_999_999 }), (number) => {
      expect(plainNumber(String(number))).toBe(number);
    }),
  );
});

it('never takes two ids for one', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 9 }), (id) => {
      const number = plainNumber(id);
      expect(number === -1 || String(number) === id).toBe(true);
    }),
  );
});
