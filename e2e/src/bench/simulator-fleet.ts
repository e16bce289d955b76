import type { Bench } from './bench.ts';
import { median } from './median.ts';
import { startChild, type MeasuredChild } from './simulator-child.ts';
import { PERSONS, TERMINALS } from './simulator-fleet-size.ts';

const STARTS = 3;

/** Size and start of a large fleet in one process of its own. */
export const simulatorFleet: Bench = {
  name: 'simulator.fleet',
  measure: async () => {
    const children: Pick<MeasuredChild, 'ready' | 'startMs'>[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      const child = await startChild('fleet');
      children.push(child);
      await child.stop();
    }
    const fleet = `${TERMINALS} terminals with ${PERSONS} persons each, all listening, in one process`;
    return [
      {
        name: 'simulator.rssMiB1000x1000',
        value: Math.max(...children.map(({ ready }) => ready.rssMiB)),
        unit: 'MiB',
        comparedWith: `resident memory of ${fleet}`,
        goal: { kind: 'at-most', value: 1024 },
      },
      {
        name: 'simulator.startMs1000',
        value: median(children.map(({ startMs }) => startMs)),
        unit: 'ms',
        comparedWith: `from the fork to ${fleet}; the start of Node included`,
        goal: { kind: 'at-most', value: 2000 },
      },
    ];
  },
};
