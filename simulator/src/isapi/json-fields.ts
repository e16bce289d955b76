import { utf8Text } from '../utf8-text.ts';
import { Refusal } from './refusal.ts';

/** Any JSON object. Keys nobody asks for are ignored, as terminals do. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The JSON object of a body. Anything else, broken UTF-8 included, is badJsonFormat. */
export function readJson(body: Buffer): JsonObject {
  const text = utf8Text(body);
  if (text === null) throw new Refusal('badJsonFormat');
  let value: unknown;
  try {
    value = JSON.parse(withoutMark(text));
  } catch {
    throw new Refusal('badJsonFormat');
  }
  if (!isObject(value)) throw new Refusal('badJsonContent');
  return value;
}

/** Some clients begin their text with a byte order mark. */
function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(key: string): Refusal {
  return new Refusal('badJsonContent', key);
}

function present<Value>(value: Value | undefined, key: string): Value {
  if (value === undefined) throw new Refusal('MessageParametersLack', key);
  return value;
}

/** The value of a key; undefined when it is not there. */
export function valueOf(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

export function optionalObject(object: JsonObject, key: string): JsonObject | undefined {
  const value = valueOf(object, key);
  if (value !== undefined && !isObject(value)) throw wrong(key);
  return value;
}

/** A missing object is MessageParametersLack naming it, another kind of value badJsonContent. So for all below. */
export function requireObject(object: JsonObject, key: string): JsonObject {
  return present(optionalObject(object, key), key);
}

export function optionalString(object: JsonObject, key: string): string | undefined {
  const value = valueOf(object, key);
  if (value !== undefined && typeof value !== 'string') throw wrong(key);
  return value;
}

export function requireString(object: JsonObject, key: string): string {
  return present(optionalString(object, key), key);
}

export function optionalBoolean(object: JsonObject, key: string): boolean | undefined {
  const value = valueOf(object, key);
  if (value !== undefined && typeof value !== 'boolean') throw wrong(key);
  return value;
}

export function requireBoolean(object: JsonObject, key: string): boolean {
  return present(optionalBoolean(object, key), key);
}

/** A whole number from `min` to `max`; others are badJsonContent. */
export function optionalInteger(
  object: JsonObject,
  key: string,
  min: number,
  max: number,
): number | undefined {
  const value = valueOf(object, key);
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) throw wrong(key);
  return value;
}

export function requireInteger(object: JsonObject, key: string, min: number, max: number): number {
  return present(optionalInteger(object, key, min, max), key);
}

/** A list of objects of at most `max`; a longer one is badJsonContent. */
export function optionalList(object: JsonObject, key: string, max: number): JsonObject[] | undefined {
  const value = valueOf(object, key);
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.length > max) throw wrong(key);
  return value.map((item: unknown) => {
    if (!isObject(item)) throw wrong(key);
    return item;
  });
}

export function requireList(object: JsonObject, key: string, max: number): JsonObject[] {
  return present(optionalList(object, key, max), key);
}
