import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_RAW_CHARS, redactAnswer } from './redact-answer.ts';

const redact = (text: string, hidden: string[] = []) => redactAnswer(Buffer.from(text), hidden);

test.each([
  ['a name in JSON', '{"employeeNo":"1000","name":"Popescu Ion"}', '{"employeeNo":"1000","name":"…"}'],
  ['an escaped one', '{"name":"Ion \\"Nelu\\" P","a":1}', '{"name":"…","a":1}'],
  ['a longer key', '{"userName" : "Popescu"}', '{"userName" : "…"}'],
  ['a number', '{"password":1234,"a":1}', '{"password":"…","a":1}'],
  ['one cut short', '{"a":1,"name":"Popes', '{"a":1,"name":"…"'],
  ['a card', '{"cardNo":"0001234567"}', '{"cardNo":"…"}'],
  [
    'XML',
    '<name>Popescu Ion</name><n:userName a="b">x</n:userName>',
    '<name>…</name><n:userName a="b">…</n:userName>',
  ],
  ['a login', 'got Digest username="admin", response="abc"', 'got …'],
  ['parameters', 'x?password=Parola-123&a=1', 'x?password=…&a=1'],
  ['a picture address', '{"faceURL":"http://192.0.2.1/popescu.jpg"}', '{"faceURL":"…"}'],
  ['any address', 'see http://192.0.2.1/LOCALS/popescu.jpg@WEB1 there', 'see http://192.0.2.1/… there'],
  ['control characters', 'a\r\n\u0000\u001b[31mb', 'a [31mb'],
])('%s', (_, text, expected) => {
  expect(redact(text)).toBe(expected);
});

test('known personal texts go wherever they stand', () => {
  expect(redact('no such person: Popescu Ion!', ['Popescu Ion', ' '])).toBe('no such person: …!');
});

test('long answers are cut, and nothing slips through at the cut', () => {
  const name = 'Popescu Ion';
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5_000 }), (padding) => {
      const text = redact(`{"a":"${'x'.repeat(padding)}","name":"${name}"}`);
      expect(text.length).toBeLessThanOrEqual(MAX_RAW_CHARS);
      expect(text).not.toContain('Popescu');
    }),
  );
});
