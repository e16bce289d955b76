// `npm test`: every check of the repository, one after the other, none skipped because an earlier one failed.
// The last line is `N passed, N failed`, summed over all runners; a check that is no test runner counts as one.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand, type StageResult } from './check/command.ts';
import { runContainers } from './check/containers-stage.ts';
import { stages, type Stage } from './check/stages.ts';
import { runVitest } from './check/vitest-stage.ts';

const root = path.dirname(import.meta.dirname);
const names = stages.map((stage) => stage.name);
const { values } = parseArgs({
  options: { only: { type: 'string' }, help: { type: 'boolean' } },
  allowPositionals: false,
});
if (values.help) {
  console.log(
    `Usage: npm test [-- --only NAME[,NAME…]]\n\nChecks, in this order: ${names.join(', ')}.\nCONTAINERS=required: without a docker engine the check containers fails.`,
  );
  process.exit(0);
}
const wanted = values.only?.split(',') ?? names;
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`There is no check named ${unknown.join(', ')}. The checks are: ${names.join(', ')}.`);
  process.exit(2);
}

let passed = 0;
let failed = 0;
const overview: string[] = [];
for (const stage of stages.filter(({ name }) => wanted.includes(name))) {
  console.log(`\n── ${stage.name}: ${stage.what}`);
  const startedMs = performance.now();
  const result = await run(stage);
  if ('notRun' in result) {
    console.log(result.notRun);
    overview.push(`-      ${stage.name.padEnd(12)} ${result.notRun}`);
    continue;
  }
  passed += result.passed;
  failed += result.failed;
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  overview.push(
    `${result.failed === 0 ? 'ok    ' : 'FAILED'} ${stage.name.padEnd(12)} ${seconds.padStart(6)} s   ${result.passed} passed, ${result.failed} failed`,
  );
}
console.log(`\n${overview.join('\n')}\n`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function run(stage: Stage): Promise<StageResult | { notRun: string }> {
  if (stage.kind === 'containers') return runContainers(stage.name, root);
  return stage.kind === 'vitest' ? runVitest(stage.name, root) : runCommand(stage.command, root);
}
