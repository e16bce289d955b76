import { expect, test } from 'vitest';
import { givenAt, shownValue } from './shown-value.ts';

test('a value is shown short', () => {
  expect(shownValue(undefined)).toBe('nothing');
  expect(shownValue('high')).toBe('"high"');
  expect(shownValue('x'.repeat(1000))).toHaveLength(58);
});

test('what was given is found by its place, unless it is a secret', () => {
  const document = { devices: [{ port: 'high', password: 'Parola-123' }] };
  expect(givenAt(document, ['devices', 0, 'port'])).toBe('"high"');
  expect(givenAt(document, ['devices', 7, 'port'])).toBe('nothing');
  expect(givenAt(document, ['devices', 0, 'password'])).toBeNull();
  expect(givenAt(document, [])).not.toContain('Parola');
});
