import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { xmlDocument, type XmlTree } from './xml.ts';
import { parseXml } from './xml-reader.ts';

const VER20 = { xmlVersion: '2.0', xmlNamespace: 'http://www.isapi.org/ver20/XMLSchema' } as const;

/** Plain objects, without the missing prototype. */
const parsed = (text: string) => JSON.parse(JSON.stringify(parseXml(text))) as unknown;

describe('XML reader', () => {
  it.each([
    ['<a/>', { a: '' }],
    ['<a></a>', { a: '' }],
    ['<?xml version="1.0" encoding="UTF-8"?>\n<a>1</a>\n', { a: '1' }],
    ['<x:a xmlns:x="urn:x"><x:b> 1 </x:b></x:a>', { a: { b: '1' } }],
    ['<a v="1" w=\'>\'><b/><b>2</b><b><c/></b></a>', { a: { b: ['', '2', { c: '' }] } }],
    ['<a><!-- <b> --><![CDATA[<&>]]></a>', { a: '<&>' }],
    ['<a>&lt;&amp;&#65;&#x42;&apos;</a>', { a: "<&AB'" }],
    ['<constructor><__proto__>1</__proto__></constructor>', null],
  ])('%s', (text, expected) => {
    const document = parseXml(text);
    if (expected) expect(parsed(text)).toEqual(expected);
    else expect(Object.keys(document?.constructor ?? {})).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    '',
    'text',
    '{"a":1}',
    '<a>',
    '<a></b>',
    '</a>',
    '<a/><b/>',
    '<a/>text',
    '<a',
    '<a b=1/>',
    '<a b="<"/>',
    '<1/>',
    '<a>&unknown;</a>',
    '<a>&</a>',
    '<a>&#0;</a>',
    '<a>&#x110000;</a>',
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    '<!DOCTYPE a SYSTEM "http://example.com/a.dtd"><a/>',
    '<a><!-- </a>',
    '<a><![CDATA[</a>',
  ])('%j is not well-formed', (text) => {
    expect(parseXml(text)).toBeNull();
  });

  it('goes 32 elements deep and no deeper', () => {
    const nest = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    expect(parseXml(nest(32))).not.toBeNull();
    expect(parseXml(nest(33))).toBeNull();
    expect(parseXml('<a>'.repeat(100_000))).toBeNull();
  });

  it.each([
    `<a ${' '.repeat(100_000)}`,
    `<a>${'&lt;'.repeat(50_000)}</a>`,
    `<a>${'<b/>'.repeat(50_000)}</a>`,
    '<'.repeat(100_000),
  ])('is done with a long one at once', (text) => {
    const startedAt = performance.now();
    parseXml(text);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  it('reads back what the device writes', () => {
    const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,8}$/);
    const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((value) => value.trim());
    const { tree } = fc.letrec<{ tree: XmlTree; value: XmlTree | string }>((tie) => ({
      value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, text, tie('tree')),
      tree: fc.dictionary(name, tie('value'), { minKeys: 1, maxKeys: 4 }),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const root = { ...(parsed(xmlDocument(VER20, 'Root', value)) as { Root: object }).Root };
        expect(root).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('never throws', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '/',
      'a',
      '"',
      "'",
      '=',
      ' ',
      '&',
      ';',
      '#',
      '!',
      '--',
      '?',
      '[CDATA[',
      ']]>',
      '<a>',
      '</a>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        parseXml(pieces.join(''));
      }),
      { numRuns: 2000 },
    );
  });
});
