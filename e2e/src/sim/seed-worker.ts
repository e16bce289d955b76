import { parentPort, workerData } from 'node:worker_threads';
import { runSeed } from './run-seed.ts';
import type { Share } from './seed-pool.ts';
import { warmUp } from './warm-up.ts';

const { from, count, first, step } = workerData as Share;
const album = await warmUp();
for (let nth = first; nth < count; nth += step) parentPort?.postMessage(await runSeed(from + nth, album));
