import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('samples/', import.meta.url);

/** Every payload there is. */
export function sampleFiles(): string[] {
  return readdirSync(FOLDER).sort();
}

/** A payload of a real device, anonymised. */
export function sampleText(file: string): string {
  return readFileSync(new URL(file, FOLDER), 'utf8');
}

export function sampleJson(file: string): unknown {
  return JSON.parse(sampleText(file));
}

/** Keys in order and kinds of values; of a list, the different shapes of its items in order. */
export function shapeOf(value: unknown): unknown {
  return shape(value, (entries) => entries);
}

/** The same where the order of keys differs between devices, or was never compared. */
export function unorderedShapeOf(value: unknown): unknown {
  return shape(value, (entries) => entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Entries = [string, unknown][];

function shape(value: unknown, arrange: (entries: Entries) => Entries): unknown {
  if (Array.isArray(value)) {
    const shapes = value.map((item) => shape(item, arrange));
    const texts = shapes.map((item) => JSON.stringify(item));
    return shapes.filter((_, index) => texts.indexOf(texts[index] ?? '') === index);
  }
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return arrange(Object.entries(value)).map(([key, item]) => [key, shape(item, arrange)]);
}

/** An XML document without its texts: declaration, elements in order, attributes. */
export function skeletonOf(xml: string): string {
  return xml.replaceAll(/>[^<]*<\//g, '></');
}
