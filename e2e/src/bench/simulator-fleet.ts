import type { Bench } from './bench.ts';
import { startChild, type Ready } from './simulator-child.ts';
import { PERSONS, TERMINALS } from './simulator-fleet-size.ts';

/** What else the machine does only adds to a start: the quickest of these counts. */
const STARTS = 5;
const FLEET = `${TERMINALS} terminals with ${PERSONS} persons each, all listening, in one process`;

/** What a large fleet takes of memory. */
export const simulatorRss: Bench = {
  name: 'simulator.rssMiB1000x1000',
  measure: async () => [
    {
      name: 'simulator.rssMiB1000x1000',
      value: Math.max(...(await startedFleets()).map(({ rssMiB }) => rssMiB)),
      unit: 'MiB',
      comparedWith: `resident memory of ${FLEET}`,
      goal: { kind: 'at-most', value: 1024 },
    },
  ],
};

/** How long a large fleet takes to start. */
export const simulatorStart: Bench = {
  name: 'simulator.startMs1000',
  measure: async () => [
    {
      name: 'simulator.startMs1000',
      value: Math.min(...(await startedFleets()).map(({ startMs }) => startMs)),
      unit: 'ms',
      comparedWith: `${FLEET}: from the call of startFleet, quickest of ${STARTS}`,
      goal: { kind: 'at-most', value: 2000 },
    },
  ],
};

let started: Promise<Ready[]> | null = null;

/** Both figures come from the same starts, each in a process of its own. */
function startedFleets(): Promise<Ready[]> {
  started ??= startOneByOne();
  return started;
}

async function startOneByOne(): Promise<Ready[]> {
  const fleets: Ready[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const child = await startChild('fleet');
    fleets.push(child.ready);
    await child.stop();
  }
  return fleets;
}
