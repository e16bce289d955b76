import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offsetMinutesAt, parsePosixZone } from './posix-zone.ts';

const BUCHAREST = 'CST-2:00:00DST01:00:00,M3.5.0/03:00:00,M10.5.0/04:00:00';
const SAO_PAULO_ONCE = 'CST+3:00:00DST01:00:00,M10.3.0/00:00:00,M2.3.0/00:00:00';

function offset(zone: string, time: string): number {
  const parsed = parsePosixZone(zone);
  if (!parsed) throw new Error(`${zone} cannot be read`);
  return offsetMinutesAt(parsed, Date.parse(time));
}

describe('posix zone', () => {
  it.each([
    ['CST-3:00:00', 180],
    ['CST+3:00:00', -180],
    ['CST-5:30:00', 330],
    ['CST+0:00:00', 0],
    ['GMT-12:45:00', 765],
  ])('%s is %i minutes east: the sign is inverted', (zone, minutes) => {
    expect(parsePosixZone(zone)).toEqual({ standardMinutes: minutes, summer: null });
  });

  it.each(['', '+03:00', 'CST', 'CST-3', 'CST-15:00:00', 'CST-3:75:00', 'Europe/Bucharest', `${BUCHAREST}x`])(
    '%j cannot be read',
    (zone) => {
      expect(parsePosixZone(zone)).toBeNull();
    },
  );

  it.each(['M13.5.0', 'M3.6.0', 'M3.5.7', 'M0.1.0'])('a change on %s cannot be read', (rule) => {
    expect(parsePosixZone(`CST-2:00:00DST01:00:00,${rule}/03:00:00,M10.5.0/04:00:00`)).toBeNull();
  });

  it.each([
    ['2026-03-29T00:59:59Z', 120],
    ['2026-03-29T01:00:00Z', 180],
    ['2026-10-25T00:59:59Z', 180],
    ['2026-10-25T01:00:00Z', 120],
    ['2026-12-31T23:00:00Z', 120],
  ])('Bucharest at %s is %i minutes east', (time, minutes) => {
    expect(offset(BUCHAREST, time)).toBe(minutes);
  });

  it.each([
    ['2026-01-15T12:00:00Z', -120],
    ['2026-02-15T01:59:59Z', -120],
    ['2026-02-15T02:00:00Z', -180],
    ['2026-07-15T12:00:00Z', -180],
    ['2026-10-18T03:00:00Z', -120],
  ])('south of the equator summer spans the new year: %s', (time, minutes) => {
    expect(offset(SAO_PAULO_ONCE, time)).toBe(minutes);
  });

  it('agrees with the ICU rules of Bucharest at any hour', () => {
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Bucharest',
      timeZoneName: 'longOffset',
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 24 * 365 * 12 }), (hours) => {
        const time = new Date(Date.UTC(2020, 0, 1, hours));
        const name = format.formatToParts(time).find((part) => part.type === 'timeZoneName')?.value;
        expect(offset(BUCHAREST, time.toISOString())).toBe(name === 'GMT+03:00' ? 180 : 120);
      }),
    );
  });
});
