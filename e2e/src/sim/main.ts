import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { readSimOptions } from './options.ts';
import { runSeed, type SeedResult } from './run-seed.ts';
import { runSeeds } from './seed-pool.ts';
import { warmUp } from './warm-up.ts';

/** Failing seeds told in full; the JSON line counts all of them. */
const MAX_TOLD = 20;

const options = readSimOptions(process.argv.slice(2));
const startedMs = performance.now();
const failed: number[] = [];
const totals = { seeds: 0, violations: 0, calls: 0, kills: 0, virtualHours: 0 };

function take(result: SeedResult): void {
  totals.seeds += 1;
  totals.violations += result.violations.length;
  totals.calls += result.calls;
  totals.kills += result.kills;
  totals.virtualHours += result.virtualMs / 3_600_000;
  if (result.violations.length === 0) return;
  failed.push(result.seed);
  if (failed.length > MAX_TOLD) return;
  console.log(`seed ${result.seed}:`);
  for (const what of result.violations) console.log(`  ${what}`);
  console.log(`  replay: npm run sim -- --seed ${result.seed} --trace`);
}

if (options.seed !== null)
  take(
    await runSeed(
      options.seed,
      await warmUp(),
      options.trace
        ? (what) => {
            console.log(what);
          }
        : undefined,
    ),
  );
else await runSeeds(options, take);

const seconds = (performance.now() - startedMs) / 1000;
console.log(
  JSON.stringify({
    ...totals,
    virtualHours: Math.round(totals.virtualHours),
    seconds: Number(seconds.toFixed(1)),
    failed: failed.sort((a, b) => a - b).slice(0, MAX_TOLD),
  }),
);
process.exitCode = totals.violations > 0 ? 1 : 0;
