// Not part of any run: suites/evidence.test.ts runs it to see what failing tests leave behind.
import { expect, test } from 'vitest';
import { useStack } from '../suites/support/use-stack.ts';
import { withStack } from '../suites/support/with-stack.ts';

const shared = useStack({ devices: 1, employees: 1 });

test('shared: fails on purpose', async () => {
  await shared.stack.sync('sync-all-to-all-devices');
  expect(await shared.stack.devices[0]!.persons()).toEqual([]);
});

test('shared: passes', () => {
  expect(shared.stack.employees).toHaveLength(1);
});

test('own: fails on purpose', () =>
  withStack({ devices: 2, employees: 2 }, async (stack) => {
    await stack.sync('sync-all-to-all-devices');
    await stack.daemon.kill();
    await stack.startDaemon();
    expect(await stack.devices[1]!.persons()).toEqual([]);
  }));
