import { describe, expect, test } from 'vitest';
import { JsonLines } from './json-lines.ts';

const never = new Promise<never>(() => undefined);

describe('what a program printed', () => {
  test('entries are the lines that are JSON; the text is everything', () => {
    const lines = new JsonLines();
    lines.push('{"msg":"listening"}');
    lines.push('Warning: something');
    expect(lines.entries()).toEqual([{ msg: 'listening' }]);
    expect(lines.text()).toBe('{"msg":"listening"}\nWarning: something');
  });

  test('a wait finds a past entry, or hears a later one, past the first so many', async () => {
    const lines = new JsonLines();
    lines.push('{"event":"a","nth":1}');
    expect(await lines.waitFor(({ event }) => event === 'a', 0, never)).toEqual({ event: 'a', nth: 1 });
    const later = lines.waitFor(({ event }) => event === 'a', 1, never);
    lines.push('{"event":"b"}');
    lines.push('{"event":"a","nth":2}');
    expect(await later).toEqual({ event: 'a', nth: 2 });
  });

  test('a wait ends with the program, and shows its last words', async () => {
    const lines = new JsonLines();
    lines.push('Error: no settings');
    await expect(lines.waitFor(() => true, 0, Promise.resolve(2))).rejects.toThrow(/no settings/);
  });

  test('keeps a bounded number of lines', () => {
    const lines = new JsonLines();
    for (let nth = 0; nth < 20_010; nth += 1) lines.push(String(nth));
    expect(lines.text().split('\n')).toHaveLength(20_000);
    expect(lines.text().startsWith('10\n')).toBe(true);
  });
});
