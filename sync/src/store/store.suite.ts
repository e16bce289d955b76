import { beforeAll, describe, expect, it } from 'vitest';
import { describeDevices } from './suite/devices.suite.ts';
import { describeEmployees } from './suite/employees.suite.ts';
import { describeLeases } from './suite/leases.suite.ts';
import { describeResults } from './suite/results.suite.ts';
import { describeRuns } from './suite/runs.suite.ts';
import { describeTracking } from './suite/tracking.suite.ts';
import type { StoreHarness } from './suite/harness.ts';
import { createTools } from './suite/tools.ts';

export type { StoreHarness } from './suite/harness.ts';

/**
 * The behaviour that the engine relies on, held against every implementation of `Store`. `start` may be slow: it is
 * called once, and the tests share what it gives, each with devices of its own.
 */
export function describeStore(name: string, start: () => Promise<StoreHarness>): void {
  describe(name, () => {
    let harness: StoreHarness | undefined;
    beforeAll(async () => {
      harness = await start();
    });
    const tools = createTools(() => {
      if (harness === undefined) throw new Error('The store is there only once the tests run.');
      return harness;
    });

    it('is there', async () => {
      await expect(tools.store.checkReachable()).resolves.toBeUndefined();
    });
    describeDevices(tools);
    describeEmployees(tools);
    describeTracking(tools);
    describeRuns(tools);
    describeLeases(tools);
    describeResults(tools);
  });
}
