import { describe, expect, test } from 'vitest';
import type { Bench } from './bench.ts';
import { chooseBenches } from './choose.ts';

const bench = (name: string): Bench => ({ name, measure: () => Promise.resolve([]) });
const benches = ['firstSync', 'simulator.writesVsBareHttp', 'simulator.fleet'].map(bench);
const chosen = (...names: string[]) => chooseBenches(benches, names).map(({ name }) => name);

describe('chooseBenches', () => {
  test('no name chooses all', () => {
    expect(chosen()).toEqual(['firstSync', 'simulator.writesVsBareHttp', 'simulator.fleet']);
  });
  test('a figure chooses its bench, a prefix everything below it', () => {
    expect(chosen('firstSync.d50')).toEqual(['firstSync']);
    expect(chosen('simulator')).toEqual(['simulator.writesVsBareHttp', 'simulator.fleet']);
  });
  test('an unknown name is refused with the known ones', () => {
    expect(() => chosen('fristSync')).toThrow(/no bench named fristSync.*firstSync, simulator/);
  });
});
