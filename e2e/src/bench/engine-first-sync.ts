import type { Bench, Figure } from './bench.ts';
import { leastMs } from './device-load.ts';
import { meanAnswerMs, measureFirstSync, type FleetSize } from './measure-first-sync.ts';

/** A full first sync: how long it takes over what the slowest terminal's own calls take at least. */
export const engineFirstSync: Bench = {
  name: 'engine.firstSync',
  measure: async () => [await figure(1), await figure(50), await figure(200)],
};

async function figure(size: FleetSize): Promise<Figure> {
  const run = await measureFirstSync(size);
  return {
    name: `engine.firstSync.d${size}`,
    value: run.wallMs / leastMs(run.slowest, run.pauseMs),
    unit: 'ratio',
    comparedWith: `slowest device: ${run.slowest.calls} calls × (pause ${run.pauseMs} ms + answer ${meanAnswerMs(run).toFixed(0)} ms); ${run.devices} devices × ${run.employees} employees`,
    goal: { kind: 'at-most', value: 1.03 },
  };
}
