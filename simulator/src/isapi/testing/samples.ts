import { readFileSync } from 'node:fs';

/** A payload of a real device, anonymised. */
export function sampleText(file: string): string {
  return readFileSync(new URL(`samples/${file}`, import.meta.url), 'utf8');
}

export function sampleJson(file: string): unknown {
  return JSON.parse(sampleText(file));
}

/** Keys in order and kinds of values; of a list, the shape of its first item. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.entries(value).map(([key, item]) => [key, shapeOf(item)]);
}
