import type { Bench, Figure } from './bench.ts';
import { meanAnswerMs, measureFirstSync, type FleetSize } from './measure-first-sync.ts';

/**
 * A full first sync: how long it takes over two calls for each employee, each with its answer time and the pause
 * before the next. What the daemon asks a terminal beyond that counts against it.
 */
export const firstSync: Bench = {
  name: 'firstSync',
  measure: async () => [await figure(1), await figure(50)],
};

async function figure(size: FleetSize): Promise<Figure> {
  const run = await measureFirstSync(size);
  const answerMs = meanAnswerMs(run);
  return {
    name: `firstSync.d${size}`,
    value: run.wallMs / (2 * run.employees * (run.pauseMs + answerMs)),
    unit: 'ratio',
    comparedWith: `2 × ${run.employees} employees × (pause ${run.pauseMs} ms + answer ${answerMs.toFixed(0)} ms)`,
    goal: { kind: 'at-most', value: 1.1 },
  };
}
