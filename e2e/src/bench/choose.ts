import type { Bench } from './bench.ts';

/**
 * The benches somebody named; all when nothing is named. A name chooses what it is, what is above it and what is
 * below it: `firstSync.d50` and `firstSync` both choose the bench `firstSync`. An unknown name is an error that lists
 * the known ones.
 */
export function chooseBenches(benches: Bench[], names: string[]): Bench[] {
  const fits = (bench: Bench, name: string) =>
    bench.name === name || bench.name.startsWith(`${name}.`) || name.startsWith(`${bench.name}.`);
  const unknown = names.filter((name) => !benches.some((bench) => fits(bench, name)));
  if (unknown.length > 0) {
    throw new Error(
      `There is no bench named ${unknown.join(', ')}. The benches are: ${benches.map(({ name }) => name).join(', ')}.`,
    );
  }
  return names.length === 0 ? benches : benches.filter((bench) => names.some((name) => fits(bench, name)));
}
