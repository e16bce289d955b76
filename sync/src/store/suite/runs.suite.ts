import { describe, expect, it } from 'vitest';
import { SITE, counters, line, progress, scopeOf } from './samples.ts';
import type { SuiteTools } from './tools.ts';

/** What the engine relies on about runs. */
export function describeRuns(t: SuiteTools): void {
  describe('runs', () => {
    it('are created with a queued leg per device and read back whole', async () => {
      const deviceId = await t.addDevice();
      const runId = await t.createRun(deviceId, { mode: 'verify' });
      const run = await t.store.readRun(runId);
      expect(run).toMatchObject({
        runId,
        scope: scopeOf(deviceId, { mode: 'verify' }),
        state: 'queued',
        requestedBy: 'tester',
        startedAtMs: null,
        finishedAtMs: null,
        cancelRequested: false,
        employeesInScope: 3,
        employeesWithoutNumber: 1,
      });
      expect(run?.requestedAtMs).toBeGreaterThan(0);
      expect(run?.legs).toEqual([
        {
          runId,
          deviceId,
          deviceName: 'Poarta',
          state: 'queued',
          reason: null,
          reasonCode: null,
          cursorEmployeeNo: null,
          counters: counters({}),
          unchanged: [],
          strangers: null,
        },
      ]);
      expect(await t.store.readRun('00000000-0000-4000-8000-00000000dead')).toBeNull();
    });

    it('of the same scope exist once while open, and again afterwards', async () => {
      const deviceId = await t.addDevice();
      const counts = { employeesInScope: 0, employeesWithoutNumber: 0 };
      const ask = () => t.store.createRun(scopeOf(deviceId), 'tester', [deviceId], counts);
      const both = await Promise.all([ask(), ask()]);
      expect(both.map(({ created }) => created).sort()).toEqual([false, true]);
      expect(both[0].runId).toBe(both[1].runId);
      const other = await t.store.createRun(scopeOf(deviceId, { mode: 'full' }), 'x', [deviceId], counts);
      expect(other.created).toBe(true);

      await t.store.writeOutcomes(await t.leased(deviceId), [], [progress(both[0].runId, { state: 'ok' })]);
      await t.store.finishRun(both[0].runId);
      expect((await ask()).created).toBe(true);
    });

    it('without devices are over at once', async () => {
      const counts = { employeesInScope: 0, employeesWithoutNumber: 0 };
      const { runId } = await t.store.createRun(scopeOf('none', { siteId: SITE }), 'tester', [], counts);
      expect(await t.store.readRun(runId)).toMatchObject({ state: 'completed', legs: [] });
    });

    it('are listed newest first, in pages', async () => {
      const deviceId = await t.addDevice();
      const older = await t.createRun(deviceId);
      const newer = await t.createRun(deviceId, { mode: 'full' });
      const [first] = await t.store.listRuns(null, 1);
      expect(first?.runId).toBe(newer);
      expect(first?.legs).toHaveLength(1);
      const next = await t.store.listRuns(first?.requestedAtMs ?? 0, 1);
      expect(next.map(({ runId }) => runId)).toEqual([older]);
    });

    it.each([
      ['completed', ['ok', 'ok'], []],
      ['partial', ['ok', 'stopped'], []],
      ['failed', ['stopped', 'stopped'], []],
      ['partial', ['ok', 'ok'], ['eroare']],
      ['partial', ['partial', 'ok'], ['partial']],
    ] as const)('end as %s with legs %j and lines %j', async (state, legStates, statuses) => {
      const devices = [await t.addDevice(), await t.addDevice()] as const;
      const { runId } = await t.store.createRun(scopeOf(devices[0]), 'tester', [...devices], {
        employeesInScope: 1,
        employeesWithoutNumber: 0,
      });
      const first = await t.leased(devices[0]);
      const lines = statuses.map((status) => line(devices[0], 700_001, { status }));
      await t.store.writeOutcomes(
        first,
        lines.map((one) => ({ runId, line: one, tracking: null })),
        [progress(runId, { state: legStates[0] })],
      );
      expect(await t.store.finishRun(runId)).toEqual({ finished: false, state: 'running' });
      await t.harness.expireLease(devices[1]);
      await t.store.writeOutcomes(
        await t.leased(devices[1]),
        [],
        [progress(runId, { state: legStates[1], reason: 'why', reasonCode: 'code' })],
      );
      const ended = await Promise.all([t.store.finishRun(runId), t.store.finishRun(runId)]);
      expect(ended.map(({ finished }) => finished).sort()).toEqual([false, true]);
      expect((await t.store.readRun(runId))?.state).toBe(state);
    });

    it('are cancelled when asked and a leg was cut short', async () => {
      const deviceId = await t.addDevice();
      const runId = await t.createRun(deviceId);
      const other = await t.createRun(deviceId, { mode: 'full' });
      expect(await t.store.readCancelled([runId, other])).toEqual([]);
      await t.store.requestCancel(runId);
      expect(await t.store.readCancelled([runId, other])).toEqual([runId]);
      expect((await t.store.readRun(runId))?.cancelRequested).toBe(true);
      await t.store.writeOutcomes(await t.leased(deviceId), [], [progress(runId, { state: 'cancelled' })]);
      expect(await t.store.finishRun(runId)).toEqual({ finished: true, state: 'cancelled' });
      await t.store.requestCancel(runId);
      expect((await t.store.readRun(runId))?.state).toBe('cancelled');
    });

    it('do not wait for a device that was deleted', async () => {
      const deviceId = await t.addDevice();
      const runId = await t.createRun(deviceId);
      await t.harness.deleteDevice(deviceId);
      expect(await t.store.readRun(runId)).toMatchObject({
        state: 'failed',
        legs: [{ state: 'stopped', reasonCode: 'device_deleted' }],
      });
    });
  });
}
