import { expect, test } from 'vitest';
import { expectAgreement } from './support/agreement.ts';
import { callsOf, changesOf, mark } from './support/calls.ts';
import { deviceRow } from './support/rows.ts';
import { cancelRun, finishedRun, startRun } from './support/runs.ts';
import { withStack } from './support/with-stack.ts';

test('cancel stops after the calls in flight, and the next run goes on from there', () =>
  withStack({ devices: 2, employees: 8, daemonEnv: { RATE_LIMIT_MS: '150' } }, async (stack) => {
    const started = Promise.all(
      stack.devices.map((device) => device.waitForRequest({ endpoint: 'face-record', status: 200 })),
    );
    const runId = await startRun(stack, 'sync-all-to-all-devices');
    await started;
    expect(await cancelRun(stack, runId)).toBeLessThan(300);
    const marks = await Promise.all(stack.devices.map(mark));
    const body = await finishedRun(stack, runId);
    expect(body.status).toBe('cancelled');
    expect(body.results).toHaveLength(16);
    expect(body.summary.not_attempted).toBeGreaterThan(0);
    expect(body.summary.success).toBeGreaterThan(0);
    for (const [index, device] of stack.devices.entries()) {
      // The one that was on its way when cancel was answered.
      expect((await callsOf(device, marks[index])).length).toBeLessThanOrEqual(1);
      expect((await deviceRow(stack, device)).ultima_sincronizare).toBeNull();
    }
    await expectAgreement(stack, body);

    const next = await stack.sync('sync-all-to-all-devices');
    expect(next.body).toMatchObject({ status: 'completed', summary: { success: 16 } });
    for (const device of stack.devices) {
      expect(await device.persons()).toHaveLength(8);
      expect(await device.faces()).toHaveLength(8);
      const added = (await changesOf(device)).filter(({ endpoint }) => endpoint === 'person-record');
      expect(added).toHaveLength(8);
    }
    await expectAgreement(stack, next.body);
    // What is over cannot be stopped.
    expect(await cancelRun(stack, runId)).toBe(409);
  }));
