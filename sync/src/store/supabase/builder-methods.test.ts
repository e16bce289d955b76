import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createClient } from '@supabase/supabase-js';
import { expect, test } from 'vitest';

const SOURCES = join(import.meta.dirname, '../..');

/** What the listed requests are made with; a second page of rows, which no test has the patience for, uses no more. */
const ALLOWED = new Set([
  ...['from', 'rpc', 'select', 'update'],
  ...['eq', 'gt', 'lt', 'in', 'not', 'or', 'order', 'limit', 'maybeSingle', 'overrideTypes'],
]);
/** Names that arrays, promises and maps have as well: their use says nothing. */
const EVERYDAY = new Set(['filter', 'then', 'match']);

/** Every method a query can be built with, asked of the library itself. */
function builderMethods(): Set<string> {
  const client = createClient('http://127.0.0.1:1', 'key');
  const start = client.from('x');
  const names = new Set<string>(['from', 'rpc', 'schema']);
  for (const builder of [start, start.select()])
    for (
      let level: unknown = Object.getPrototypeOf(builder);
      level !== Object.prototype;
      level = Object.getPrototypeOf(level)
    )
      for (const name of Object.getOwnPropertyNames(level)) names.add(name);
  names.delete('constructor');
  return names;
}

async function sourceFiles(): Promise<string[]> {
  const names = await readdir(SOURCES, { recursive: true });
  return names.filter((name) => name.endsWith('.ts') && !/\.(test|suite)\.ts$|testing\//.test(name));
}

test('queries are built with nothing but what PostgREST and the embedded API both do', async () => {
  const methods = builderMethods();
  expect([...ALLOWED].filter((name) => !methods.has(name))).toEqual([]);
  const used = new Map<string, string>();
  for (const file of (await sourceFiles()).filter((name) => name.startsWith('store/supabase/'))) {
    const text = await readFile(join(SOURCES, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/\.(\w+)\(/g))
      if (methods.has(name) && !EVERYDAY.has(name)) used.set(name, file);
  }
  expect(used.size).toBeGreaterThan(10);
  expect([...used].filter(([name]) => !ALLOWED.has(name))).toEqual([]);
});

test('supabase-js is spoken in store/supabase/ and nowhere else', async () => {
  const speakers: string[] = [];
  for (const file of await sourceFiles()) {
    const text = await readFile(join(SOURCES, file), 'utf8');
    if (/from '@supabase\/supabase-js'|\.rpc\(|client\s*\.from\(/.test(text)) speakers.push(file);
  }
  expect(speakers.length).toBeGreaterThan(5);
  expect(speakers.filter((file) => !file.startsWith('store/supabase/'))).toEqual([]);
});
