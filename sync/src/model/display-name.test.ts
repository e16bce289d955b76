import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayName, fitName, MAX_NAME_BYTES } from './display-name.ts';

describe('displayName', () => {
  test.each([
    [{ lastName: 'Popescu', firstName: 'Ion', fullName: 'x' }, 'Popescu Ion'],
    [{ lastName: ' Popescu ', firstName: ' Ion  Vlad', fullName: null }, 'Popescu Ion Vlad'],
    [{ lastName: 'Popescu', firstName: '  ', fullName: 'Ion Popescu' }, 'Ion Popescu'],
    [{ lastName: null, firstName: 'Ion', fullName: 'Ion Popescu' }, 'Ion Popescu'],
    [{ lastName: null, firstName: 'Ion', fullName: ' ' }, 'Ion'],
    [{ lastName: null, firstName: null, fullName: null }, ''],
  ])('%j → %s', (parts, name) => {
    expect(displayName(parts)).toBe(name);
  });
});

describe('fitName', () => {
  test('never exceeds the bytes a terminal takes and never breaks a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
        const fitted = fitName(name);
        expect(Buffer.byteLength(fitted)).toBeLessThanOrEqual(MAX_NAME_BYTES);
        expect(name.startsWith(fitted)).toBe(true);
        expect(Buffer.from(fitted).toString()).toBe(fitted);
      }),
    );
  });

  test('leaves what fits as it is', () => {
    expect(fitName('ș'.repeat(64))).toBe('ș'.repeat(64));
    expect(fitName('ș'.repeat(65))).toBe('ș'.repeat(64));
  });
});
