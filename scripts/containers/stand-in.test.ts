import { expect, test } from 'vitest';
import { keyOf } from './stand-in.ts';

test('a stand-in with another Node is another one; PostgreSQL has none in it', () => {
  expect(keyOf('node', '22.1.0')).toBe(keyOf('node', '22.1.0'));
  expect(keyOf('node', '22.1.0')).not.toBe(keyOf('node', '22.2.0'));
  expect(keyOf('postgres', '22.1.0')).toBe(keyOf('postgres', '22.2.0'));
  expect(keyOf('postgres', '22.1.0')).not.toBe(keyOf('node', '22.1.0'));
});
