import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { msToTimestamp, timestampToMs } from './timestamp.ts';

describe('timestampToMs', () => {
  it.each([
    ['2026-01-02T03:04:05.123456+00:00', Date.UTC(2026, 0, 2, 3, 4, 5, 123) + 0.456],
    ['2026-01-02 03:04:05.123456+00', Date.UTC(2026, 0, 2, 3, 4, 5, 123) + 0.456],
    ['2026-01-02 03:04:05+02', Date.UTC(2026, 0, 2, 1, 4, 5)],
    ['2026-01-02 03:04:05.5-03:30', Date.UTC(2026, 0, 2, 6, 34, 5, 500)],
    ['2026-01-02T03:04:05Z', Date.UTC(2026, 0, 2, 3, 4, 5)],
  ])('%s', (text, ms) => {
    expect(timestampToMs(text)).toBeCloseTo(ms, 3);
  });

  it('knows no moment for null and the infinities', () => {
    expect([null, 'infinity', '-infinity'].map(timestampToMs)).toEqual([null, null, null]);
  });

  it('says what it could not read', () => {
    expect(() => timestampToMs('2026-01-02')).toThrow('"2026-01-02" is no timestamp');
  });

  it('comes back from what was written', () => {
    const ms = fc.integer({ min: 0, max: 4_000_000_000_000 });
    fc.assert(
      fc.property(ms, (moment) => {
        expect(timestampToMs(msToTimestamp(moment))).toBe(moment);
      }),
    );
  });

  it('keeps microseconds both ways, so that a page can begin after exactly one row', () => {
    const text = '2026-01-02T03:04:05.123456+00:00';
    expect(msToTimestamp(timestampToMs(text))).toBe('2026-01-02T03:04:05.123456Z');
  });
});
