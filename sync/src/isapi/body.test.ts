import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBody } from './body.ts';

const read = (text: string) => readBody(Buffer.from(text));

test.each([
  ['JSON', '{"a":1}', { kind: 'json', value: { a: 1 } }],
  ['JSON after a byte order mark and blanks', '\uFEFF \n{"a":1}\n', { kind: 'json', value: { a: 1 } }],
  ['nothing', '', { kind: 'empty' }],
  ['blanks', ' \r\n', { kind: 'empty' }],
  ['JSON cut short', '{"statusCode":1,"statusStr', { kind: 'unreadable' }],
  ['plain text', 'Unauthorized', { kind: 'unreadable' }],
  ['a page', '<!DOCTYPE html><html><br><body>x</html>', { kind: 'html' }],
  ['a page without a type', '<HTML><title>Document Error: Unauthorized</title>', { kind: 'html' }],
  [
    'XML with a declaration, a namespace and a prefix',
    '<?xml version="1.0" encoding="UTF-8" ?>\n<n:a xmlns:n="http://www.isapi.org/ver20/XMLSchema"><n:b>0007</n:b></n:a>',
    { kind: 'xml', root: 'a', value: { b: '0007' } },
  ],
  [
    'attributes',
    '<a><b opt="x,y">z</b></a>',
    { kind: 'xml', root: 'a', value: { b: { '@opt': 'x,y', '#text': 'z' } } },
  ],
  ['comments', '<!-- <x> --><a><!-- y --><b>1</b></a>', { kind: 'xml', root: 'a', value: { b: '1' } }],
  ['an element without content', '<a><b></b><c/></a>', { kind: 'xml', root: 'a', value: { b: '', c: '' } }],
  ['XML cut short', '<ResponseStatus><statusCode>1</statusCode>', { kind: 'unreadable' }],
  ['XML cut in a tag', '<ResponseStatus><statusCode>1</statusCode></Respo', { kind: 'unreadable' }],
  ['XML wrongly nested', '<a><b></a></b>', { kind: 'unreadable' }],
  ['two roots', '<a></a><b></b>', { kind: 'unreadable' }],
  ['a comment without end', '<a><!-- </a>', { kind: 'unreadable' }],
])('%s', (_, text, expected) => {
  expect(read(text)).toMatchObject(expected);
});

test('entities are not expanded', () => {
  const bomb = '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>';
  expect(read(bomb)).toEqual({ kind: 'unreadable' });
  expect(read('<a>&lt;b&gt; &amp;</a>')).toMatchObject({ kind: 'xml', value: '&lt;b&gt; &amp;' });
});

test('deep documents are refused before they cost the stack', () => {
  expect(read(`${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`)).toEqual({ kind: 'unreadable' });
});

test.each([
  ['a name without end', `<${'a'.repeat(1_000_000)}`],
  ['tags without end', '<a '.repeat(300_000)],
  ['comments without end', '<!--'.repeat(250_000)],
])('a megabyte of %s is refused at once', (_, text) => {
  const startMs = performance.now();
  expect(read(text)).toEqual({ kind: 'unreadable' });
  expect(performance.now() - startMs).toBeLessThan(2_000);
});

test('any bytes are read without an error', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '/',
    'a',
    '{',
    '}',
    '"',
    ':',
    '<a>',
    '</a>',
    '<!--',
    '-->',
    '&',
    '\0',
  );
  const texts = fc.array(pieces).map((list) => Buffer.from(list.join('')));
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array().map((bytes) => Buffer.from(bytes)),
        texts,
      ),
      (bytes) => {
        expect(readBody(bytes)).toHaveProperty('kind');
      },
    ),
  );
});
