import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { readResults } from './run-results.ts';
import { createFakeEngine } from './testing/fake-engine.ts';
import { employee, furnishedStore, line } from './testing/furnish.ts';
import { deviceId } from './testing/ids.ts';

type Placed = 'line' | 'unchanged' | 'neither';

async function resultsOf(pairs: Placed[][]) {
  const store = furnishedStore(createVirtualClock());
  for (let n = 1; n <= 9; n += 1) store.admin.putEmployee(employee(n));
  for (let n = 1; n <= 3; n += 1) store.admin.putDevice({ deviceId: deviceId(n) });
  const engine = createFakeEngine(store);
  const { runId } = await engine.submit(
    {
      kind: 'sync-all-to-all-devices',
      employeeId: null,
      deviceId: null,
      siteId: null,
      work: 'person-and-face',
      mode: 'incremental',
      execution: 'perform',
    },
    'tester',
  );
  for (const [index, placed] of pairs.entries()) {
    const device = index + 1;
    const numbers = (what: Placed) => placed.flatMap((one, n) => (one === what ? [n + 1] : []));
    await engine.work(
      runId,
      deviceId(device),
      numbers('line').map((n) => line(n, device)),
      { unchanged: numbers('unchanged').map((n) => 1000 + n) },
    );
  }
  const run = await store.readRun(runId);
  const results = [];
  if (run !== null) for await (const result of readResults(store, run)) results.push(result);
  return results;
}

describe('readResults', () => {
  it('gives every pair once, by employee, then device, whether it was written or kept compact', async () => {
    const placed = fc.constantFrom<Placed>('line', 'unchanged', 'neither');
    const fleet = fc.array(fc.array(placed, { maxLength: 9 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fleet, async (pairs) => {
        const expected = pairs
          .flatMap((list, device) =>
            list.flatMap((what, n) =>
              what === 'neither'
                ? []
                : [{ employeeNo: 1001 + n, deviceId: deviceId(device + 1), changed: what === 'line' }],
            ),
          )
          .sort((a, b) => a.employeeNo - b.employeeNo || (a.deviceId < b.deviceId ? -1 : 1));
        const found = (await resultsOf(pairs)).map((one) => ({
          employeeNo: one.employeeNo,
          deviceId: one.deviceId,
          changed: one.person !== 'unchanged',
        }));
        expect(found).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});
