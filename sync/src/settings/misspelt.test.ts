import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, findMisspelt } from './misspelt.ts';

describe('editDistance', () => {
  it('is zero for the same text and symmetric', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(editDistance(a, a, 0)).toBe(0);
        expect(editDistance(a, b, 12)).toBe(editDistance(b, a, 12));
      }),
    );
  });

  it('counts one for each character dropped', () => {
    expect(editDistance('RATE_LIMIT_MS', 'RATE_LIMT_MS', 2)).toBe(1);
    expect(editDistance('RATE_LIMIT_MS', 'RATELIMITMS', 2)).toBe(2);
  });
});

describe('findMisspelt', () => {
  it.each(['LEAVER', 'LEAVRS', 'leavers'])('guesses at %s, one letter off', (name) => {
    expect(findMisspelt([name], ['LEAVERS'])).toEqual([expect.stringContaining('Did you mean LEAVERS?')]);
  });

  it('does not take another short name for one of ours', () => {
    expect(findMisspelt(['SERVERS', 'LESSERS'], ['LEAVERS'])).toEqual([]);
  });

  it('does not guess at short names', () => {
    expect(findMisspelt(['SORT', 'HOSTS'], ['PORT', 'HOST'])).toEqual([]);
  });
});
