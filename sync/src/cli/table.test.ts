import { expect, it } from 'vitest';
import { formatTable, formatTime } from './table.ts';

it('lines columns up, numbers to the right', () => {
  expect(
    formatTable(
      ['device', 'done'],
      [
        ['Poarta 1', 5],
        ['Șantier', 120],
      ],
    ),
  ).toBe(['device    done', 'Poarta 1     5', 'Șantier    120'].join('\n'));
});

it('a table without rows is its head', () => {
  expect(formatTable(['a', 'b'], [])).toBe('a  b');
});

it('a moment is shown to the second, and none as a dash', () => {
  expect(formatTime(Date.UTC(2026, 0, 2, 3, 4, 5, 999))).toBe('2026-01-02 03:04:05');
  expect(formatTime(null)).toBe('-');
});
