import { describe, expect, it } from 'vitest';
import { RecentMap } from './recent-map.ts';

function filled(keeps: number, count: number): RecentMap<number> {
  const map = new RecentMap<number>(keeps);
  for (let index = 1; index <= count; index += 1) map.set(String(index), index);
  return map;
}

const kept = (map: RecentMap<number>, count: number) =>
  Array.from({ length: count }, (_, index) => index + 1).filter((key) => map.get(String(key)) !== undefined);

describe('RecentMap', () => {
  it('keeps the last so many, and never more than twice as many', () => {
    for (let count = 1; count <= 30; count += 1) {
      const all = kept(filled(4, count), count);
      expect(all.slice(-4)).toEqual(Array.from({ length: count }, (_, index) => index + 1).slice(-4));
      expect(all.length).toBeLessThanOrEqual(8);
    }
  });

  it('keeps what is set again', () => {
    const map = filled(4, 4);
    for (let index = 5; index <= 40; index += 1) {
      map.set('1', 1);
      map.set(String(index), index);
    }
    expect(map.get('1')).toBe(1);
    expect(map.get('2')).toBeUndefined();
  });

  it('forgets a deleted entry, old or young, and takes it again', () => {
    const map = filled(4, 6);
    for (const key of ['1', '6']) {
      map.delete(key);
      expect(map.get(key)).toBeUndefined();
    }
    map.set('6', 60);
    expect(map.get('6')).toBe(60);
  });
});
