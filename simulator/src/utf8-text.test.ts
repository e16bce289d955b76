import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Text } from './utf8-text.ts';

test('text comes back as it was, whatever it is and how often it is asked for', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 2000 }), { maxLength: 4 }), (texts) => {
      const bodies = texts.map((text) => Buffer.from(text));
      for (const [index, body] of bodies.entries()) {
        expect(utf8Text(body)).toBe(texts[index]);
        expect(utf8Text(body)).toBe(texts[index]);
      }
      expect(bodies.map(utf8Text)).toEqual(texts);
    }),
  );
});

test('bytes that are no UTF-8 are no text', () => {
  for (const bytes of [[0xff], [0x41, 0xc3], [0xed, 0xa0, 0x80]]) {
    const body = Buffer.from(bytes);
    expect(utf8Text(body)).toBeNull();
    expect(utf8Text(body)).toBeNull();
  }
});

test('two bodies with the same bytes are two', () => {
  const first = Buffer.from('{"a":1}');
  expect(utf8Text(first)).toBe('{"a":1}');
  expect(utf8Text(Buffer.from('{"a":2}'))).toBe('{"a":2}');
  expect(utf8Text(first)).toBe('{"a":1}');
});
