import { Worker } from 'node:worker_threads';
import type { SeedResult } from './run-seed.ts';

/** What a worker is told: every `step`th seed of a range. */
export interface Share {
  from: number;
  count: number;
  first: number;
  step: number;
}

/** Runs a range of seeds on several threads; `take` hears of each as it is done. Rejects when a thread fails. */
export async function runSeeds(
  { from, count, workers }: { from: number; count: number; workers: number },
  take: (result: SeedResult) => void,
): Promise<void> {
  const step = Math.min(workers, count);
  const run = (first: number) =>
    new Promise<void>((resolve, reject) => {
      const workerData: Share = { from, count, first, step };
      const worker = new Worker(new URL('./seed-worker.ts', import.meta.url), { workerData });
      worker.on('message', take);
      worker.on('error', reject);
      worker.on('exit', (code) => {
        if (code === 0) resolve();
        else reject(new Error(`A thread of the simulation ended with code ${code}.`));
      });
    });
  await Promise.all(Array.from({ length: step }, (_, first) => run(first)));
}
