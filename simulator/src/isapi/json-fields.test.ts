import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  optionalBoolean,
  optionalInteger,
  optionalList,
  optionalObject,
  optionalString,
  readJson,
  requireBoolean,
  requireInteger,
  requireList,
  requireObject,
  requireString,
} from './json-fields.ts';
import { Refusal } from './refusal.ts';

function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return (error as Refusal).message;
  }
  throw new Error('Nothing was refused');
}

describe('readJson', () => {
  it('reads any JSON object back', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = JSON.stringify(value);
        expect(readJson(Buffer.from(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses bytes of any other kind, and never throws anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        let value: unknown;
        try {
          value = JSON.parse(Buffer.from(bytes).toString());
        } catch {
          value = undefined;
        }
        fc.pre(typeof value !== 'object' || value === null);
        expect(refusalOf(() => readJson(Buffer.from(bytes)))).toMatch(/^badJson(Format|Content)/);
      }),
    );
  });

  it('is not felled by a hundred thousand levels', () => {
    const deep = Buffer.from(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    expect(requireList(readJson(Buffer.from('{"a":[{}]}')), 'a', 1)).toHaveLength(1);
    expect(refusalOf(() => requireObject(readJson(deep), 'a'))).toBe('badJsonContent: a');
  });

  it('takes nothing from the prototype', () => {
    const body = readJson(Buffer.from('{"__proto__":{"UserInfo":{}}}'));
    expect(refusalOf(() => requireObject(body, 'UserInfo'))).toBe('MessageParametersLack: UserInfo');
    expect(refusalOf(() => requireString(body, 'toString'))).toBe('MessageParametersLack: toString');
  });
});

describe('fields', () => {
  const object = { text: 'a', number: 5, flag: true, object: {}, list: [{}, {}], none: null };

  it('give what is there and fits', () => {
    expect(requireString(object, 'text')).toBe('a');
    expect(requireInteger(object, 'number', 5, 5)).toBe(5);
    expect(requireBoolean(object, 'flag')).toBe(true);
    expect(requireObject(object, 'object')).toEqual({});
    expect(requireList(object, 'list', 2)).toHaveLength(2);
    expect(optionalString(object, 'x') ?? optionalBoolean(object, 'x')).toBeUndefined();
    expect(optionalInteger(object, 'x', 0, 1) ?? optionalObject(object, 'x')).toBeUndefined();
    expect(optionalList(object, 'x', 1)).toBeUndefined();
  });

  it.each([
    [() => requireString(object, 'number'), 'badJsonContent: number'],
    [() => requireString(object, 'none'), 'badJsonContent: none'],
    [() => requireString(object, 'x'), 'MessageParametersLack: x'],
    [() => requireInteger(object, 'number', 6, 9), 'badJsonContent: number'],
    [() => requireInteger({ number: 5.5 }, 'number', 0, 9), 'badJsonContent: number'],
    [() => requireBoolean(object, 'text'), 'badJsonContent: text'],
    [() => requireObject(object, 'list'), 'badJsonContent: list'],
    [() => requireList(object, 'list', 1), 'badJsonContent: list'],
    [() => requireList({ list: ['a'] }, 'list', 1), 'badJsonContent: list'],
  ])('refuse the rest (%#)', (act, message) => {
    expect(refusalOf(act)).toBe(message);
  });
});
