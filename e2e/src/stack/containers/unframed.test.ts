import { expect, test } from 'vitest';
import { unframed } from './unframed.ts';

const frame = (text: string) => {
  const body = Buffer.from(text);
  const header = Buffer.alloc(8);
  header[0] = 1;
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
};

test('the pieces of an output are put together, letters of several bytes too', () => {
  expect(unframed(Buffer.concat([frame('Poarta '), frame('și ușa\n'), frame('')]))).toBe('Poarta și ușa\n');
  expect(unframed(Buffer.alloc(0))).toBe('');
});
