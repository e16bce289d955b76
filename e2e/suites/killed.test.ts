import { describe, expect, test } from 'vitest';
import { expectAgreement } from './support/agreement.ts';
import { finishedRun } from './support/runs.ts';
import { withStack } from './support/with-stack.ts';

describe('the daemon killed', () => {
  test.each([1, 4, 7])('after the %ith face: the next start takes the run up and ends it', (nth) =>
    withStack(
      {
        devices: 2,
        employees: 6,
        daemonEnv: { RATE_LIMIT_MS: '20', LEASE_MS: '2000', DEVICE_TIMEOUT_MS: '800' },
      },
      async (stack) => {
        const [gate] = stack.devices;
        const accepted = await stack.sync(
          'sync-all-to-all-devices',
          {},
          { headers: { prefer: 'respond-async' } },
        );
        let seen = 0;
        let after = 0;
        while (seen < Math.min(nth, 6)) {
          const entry = await gate!.waitForRequest({ endpoint: 'face-record', status: 200, after });
          after = entry.sequence;
          seen += 1;
        }
        await stack.daemon.kill();
        await stack.startDaemon();
        const body = await finishedRun(stack, accepted.body.run_id);
        expect(body.status).toBe('completed');
        expect(body.results).toHaveLength(12);
        for (const device of stack.devices) {
          expect(await device.persons()).toHaveLength(6);
          expect(await device.faces()).toHaveLength(6);
          expect(await device.requests({ auth: 'wrong-response' })).toHaveLength(0);
        }
        await expectAgreement(stack, body);
      },
    ),
  );
});
