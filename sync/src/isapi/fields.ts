import { storableText } from './storable-text.ts';

/** Lenient reading of what terminals send: numbers as texts, one object where a list is due, booleans as `"true"`. */

export type Fields = Record<string, unknown>;

/** How deep `findField` looks: capability documents are wrapped once or twice, or not at all. */
const MAX_SEARCH_DEPTH = 4;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** The way of every text from a device to whoever stores it. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return storableText(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** A whole number, also as decimal text or `0x…`; null for anything else. */
export function integerOf(value: unknown): number | null {
  if (typeof value === 'string' && !/^\s*(-?\d{1,15}|0x[0-9a-f]{1,12})\s*$/i.test(value)) return null;
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

export function booleanOf(value: unknown): boolean | null {
  const text = textOf(value)?.trim().toLowerCase();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : null;
}

/** A list; a single object counts as a list of one, an absent one as empty (`NO MATCH` leaves the key out). */
export function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return isFields(value) ? [value] : [];
}

/** The tokens of a capability: `"a,b"`, `{"@opt":"a,b"}`, `{"@opt":["a","b"]}`; null when it names none. */
export function optionsOf(value: unknown): string[] | null {
  const options = isFields(value) ? value['@opt'] : value;
  if (Array.isArray(options)) return options.map((option) => textOf(option)?.trim() ?? '');
  return typeof options === 'string' ? options.split(',').map((option) => option.trim()) : null;
}

/** The upper limit of a capability: `{"@max": 30}` or a plain number. */
export function maximumOf(value: unknown): number | null {
  return integerOf(isFields(value) ? value['@max'] : value);
}

/** The first field of that name, nearest to the top. */
export function findField(value: unknown, name: string, depth = 0): unknown {
  if (!isFields(value) || depth > MAX_SEARCH_DEPTH) return undefined;
  if (Object.hasOwn(value, name)) return value[name];
  for (const child of Object.values(value)) {
    const found = findField(child, name, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
