import { sep } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ObjectKeyError, objectPath } from './object-path.ts';

test('a key becomes one file in its bucket’s folder', () => {
  expect(objectPath('/data', 'pontaj-photos', 'șantier/ion 1.jpg')).toBe(
    '/data/pontaj-photos/%C8%99antier%2Fion%201.jpg',
  );
});

test.each([
  '',
  '..',
  '.',
  '../a',
  'a/../b',
  'a/..',
  '/etc/passwd',
  'a//b',
  'a/',
  '..\\a',
  'a\0b',
  '\ud800',
  'x'.repeat(231),
])('the key %j is refused', (key) => {
  expect(() => objectPath('/data', 'pontaj-photos', key)).toThrow(ObjectKeyError);
  expect(() => objectPath('/data', key, 'a.jpg')).toThrow(ObjectKeyError);
});

test('no key at all leaves the bucket’s folder, and different keys are different files', () => {
  const path = (key: string): string | null => {
    try {
      return objectPath('/data', 'b', key);
    } catch (error) {
      if (error instanceof ObjectKeyError) return null;
      throw error;
    }
  };
  const key = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[./\\%a2eEfF]{1,12}$/));
  fc.assert(
    fc.property(key, key, (one, other) => {
      const file = path(one);
      if (file === null) return;
      expect(file.split(sep)).toHaveLength(4);
      expect(file.startsWith('/data/b/')).toBe(true);
      if (one !== other) expect(path(other)).not.toBe(file);
    }),
  );
});
