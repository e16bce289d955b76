import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunks, cutPage, MAX_ROWS, readAll } from './pages.ts';

describe('readAll', () => {
  it.each([0, 1, MAX_ROWS - 1, MAX_ROWS, MAX_ROWS + 1, 3 * MAX_ROWS])(
    'reads %i rows, each once',
    async (count) => {
      const table = Array.from({ length: count }, (_, id) => id);
      const rows = await readAll((last: number | null) =>
        Promise.resolve(table.filter((id) => id > (last ?? -1)).slice(0, MAX_ROWS)),
      );
      expect(rows).toEqual(table);
    },
  );

  it('does not go in a circle', async () => {
    const stuck = Array.from({ length: MAX_ROWS }, () => 0);
    let pages = 0;
    const same = () => {
      pages += 1;
      return Promise.resolve(pages > 1 ? stuck.slice(0, 0) : stuck);
    };
    expect(await readAll(same)).toHaveLength(MAX_ROWS);
  });
});

describe('cutPage', () => {
  it('says where to read on only when there is more', () => {
    expect(cutPage([1, 2, 3], 2, (n) => n)).toEqual({ rows: [1, 2], next: 2 });
    expect(cutPage([1, 2], 2, (n) => n)).toEqual({ rows: [1, 2], next: null });
    expect(cutPage([], 2, (n: number) => n)).toEqual({ rows: [], next: null });
  });
});

it('chunks put together are what was cut', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (values, size) => {
      const parts = chunks(values, size);
      expect(parts.flat()).toEqual(values);
      expect(parts.every((part) => part.length > 0 && part.length <= size)).toBe(true);
    }),
  );
});
