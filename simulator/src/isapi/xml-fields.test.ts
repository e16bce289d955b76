import { describe, expect, it } from 'vitest';
import {
  child,
  children,
  optionalFlag,
  optionalNumber,
  optionalText,
  readXml,
  requireChoice,
  requireNumber,
  requireText,
} from './xml-fields.ts';

const read = (text: string, root = 'Root') => readXml(Buffer.from(text), root);
const body = read('<Root><a>1</a><b>true</b><c><d>x</d></c><c/><e/><big>70000</big></Root>');

describe('fields of an XML body', () => {
  it.each([
    ['<Root', 'badXmlFormat'],
    ['{"Root":{}}', 'badXmlFormat'],
    ['<Other/>', 'badXmlContent'],
    ['<Root>text</Root>', 'badXmlContent'],
    ['<Root/><Root/>', 'badXmlContent'],
    [`<Root>${'<a>x</a>'.repeat(40_000)}</Root>`, 'badXmlFormat'],
  ])('%.30s is %s', (text, code) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ subStatusCode: code }) as Error);
  });

  it('take a byte order mark and an empty root', () => {
    expect(read('\uFEFF<Root/>')).toEqual({});
  });

  it('are read by kind', () => {
    expect(requireText(body, 'a')).toBe('1');
    expect(requireNumber(body, 'a', 0, 9)).toBe(1);
    expect(optionalFlag(body, 'b')).toBe(true);
    expect(requireChoice(body, 'b', ['true', 'maybe'])).toBe('true');
    expect(children(body, 'c')).toHaveLength(2);
    expect(requireText(child(body, 'c')!, 'd')).toBe('x');
    expect(optionalText(body, 'e')).toBe('');
    expect(child(body, 'nothing')).toBeUndefined();
    expect(optionalText(body, 'toString')).toBeUndefined();
  });

  it.each([
    ['a missing text', () => requireText(body, 'z'), 'MessageParametersLack', 'z'],
    ['a missing number', () => requireNumber(body, 'z', 0, 9), 'MessageParametersLack', 'z'],
    ['elements for a text', () => requireText(body, 'c'), 'badXmlContent', 'c'],
    ['a long text', () => requireText(body, 'b', 3), 'badXmlContent', 'b'],
    ['a big number', () => optionalNumber(body, 'big', 0, 65_535), 'badXmlContent', 'big'],
    ['a word for a number', () => optionalNumber(body, 'b', 0, 9), 'badXmlContent', 'b'],
    ['a number for a flag', () => optionalFlag(body, 'a'), 'badXmlContent', 'a'],
    ['another choice', () => requireChoice(body, 'a', ['2']), 'badXmlContent', 'a'],
  ])('%s is refused by name', (_, act, subStatusCode, errorMsg) => {
    expect(act).toThrow(expect.objectContaining({ subStatusCode, errorMsg }) as Error);
  });
});
