import { expect, test } from 'vitest';
import { OutputTail } from './output-tail.ts';

test('keeps the last lines, whole even when they come in pieces', () => {
  const tail = new OutputTail(2);
  tail.push('one\ntw');
  tail.push('o\n\nthree\nfo');
  expect(tail.text()).toBe('two\nthree\nfo');
});

test('is bounded by the length of lines as well', () => {
  const tail = new OutputTail(3);
  for (let i = 0; i < 1_000; i += 1) tail.push(`${'x'.repeat(1_000)}\n${'y'.repeat(1_000)}`);
  expect(tail.text().length).toBeLessThan(3_000);
});
