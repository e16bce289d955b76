// `npm run bench [-- NAME… --json]`: measures, prints a table, and with --json one object as the last line.
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import type { Figure } from './bench.ts';
import { benches } from './benches.ts';
import { chooseBenches } from './choose.ts';

const { values, positionals } = readArguments();
if (values.help) {
  console.log(
    `Usage: npm run bench [-- NAME… --json]\n\nMeasures what the project claims about speed, as ratios side by side in one run.\nBenches: ${benches.map(({ name }) => name).join(', ')}`,
  );
  process.exit(0);
}

const figures: Figure[] = [];
for (const bench of chosen(positionals)) {
  process.stderr.write(`${bench.name} …\n`);
  const measured = await bench.measure();
  // Told at once: a later bench that fails must not take these along.
  for (const { name, value } of measured) process.stderr.write(`  ${name}: ${rounded(value)}\n`);
  figures.push(...measured);
}

const table = new Table({
  head: ['figure', 'value', 'unit', 'goal', 'compared with'],
  style: { head: [], border: [] },
});
for (const { name, value, unit, goal, comparedWith } of figures) {
  table.push([
    name,
    rounded(value),
    unit,
    goal ? `${goal.kind === 'at-most' ? '≤' : '≥'} ${goal.value}` : '',
    comparedWith,
  ]);
}
console.log(table.toString());
if (values.json)
  console.log(JSON.stringify(Object.fromEntries(figures.map(({ name, value }) => [name, rounded(value)]))));
process.exit(0);

function readArguments() {
  try {
    return parseArgs({
      options: { json: { type: 'boolean' }, help: { type: 'boolean' } },
      allowPositionals: true,
    });
  } catch (error) {
    console.error(`${(error as Error).message}\nnpm run bench -- --help lists what there is.`);
    return process.exit(2);
  }
}

function chosen(names: string[]) {
  try {
    return chooseBenches(benches, names);
  } catch (error) {
    console.error((error as Error).message);
    return process.exit(2);
  }
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
