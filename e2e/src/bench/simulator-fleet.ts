import type { Bench } from './bench.ts';
import { startChild, type Ready } from './simulator-child.ts';
import { PERSONS, TERMINALS } from './simulator-fleet-size.ts';

/** What else the machine does only adds to a start: the quickest of these counts. */
const STARTS = 5;

/** Size and start of a large fleet in one process of its own. */
export const simulatorFleet: Bench = {
  name: 'simulator.fleet',
  measure: async () => {
    const starts: Ready[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      const child = await startChild('fleet');
      starts.push(child.ready);
      await child.stop();
    }
    const fleet = `${TERMINALS} terminals with ${PERSONS} persons each, all listening, in one process`;
    return [
      {
        name: 'simulator.rssMiB1000x1000',
        value: Math.max(...starts.map(({ rssMiB }) => rssMiB)),
        unit: 'MiB',
        comparedWith: `resident memory of ${fleet}`,
        goal: { kind: 'at-most', value: 1024 },
      },
      {
        name: 'simulator.startMs1000',
        value: Math.min(...starts.map(({ startMs }) => startMs)),
        unit: 'ms',
        comparedWith: `${fleet}: from the call of startFleet, quickest of ${STARTS}`,
        goal: { kind: 'at-most', value: 2000 },
      },
    ];
  },
};
