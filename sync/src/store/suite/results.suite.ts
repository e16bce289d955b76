import { describe, expect, it } from 'vitest';
import type { Line } from '../../model/run.ts';
import { counters, line, only, progress, scopeOf, tracked } from './samples.ts';
import type { SuiteTools } from './tools.ts';

/** What the engine relies on about results. */
export function describeResults(t: SuiteTools): void {
  describe('results', () => {
    it('are written together: lines, tracking, counters, cursor and the state of the run', async () => {
      const deviceId = await t.addDevice();
      const { employeeId, employeeNo } = await t.addEmployee();
      const runId = await t.createRun(deviceId);
      const held = await t.leased(deviceId);
      const statuses = ['sincronizat', 'partial', 'omis', 'eroare', 'neincercat'] as const;
      const lines = [
        line(deviceId, employeeNo, { employeeId, person: 'already_exists' }),
        ...statuses.map((status, nth) =>
          line(deviceId, 800_000 + nth, {
            status,
            error: status === 'eroare' ? { code: 'person_rejected', message: 'no' } : null,
          }),
        ),
      ];
      await t.store.writeOutcomes(
        held,
        lines.map((one) => ({ runId, line: one, tracking: tracked(deviceId, one.employeeNo ?? 0) })),
        [progress(runId, { cursorEmployeeNo: 800_004, unchanged: [900_001, 900_002] })],
      );
      const leg = await t.legOf(runId);
      expect(leg).toMatchObject({ state: 'running', cursorEmployeeNo: 800_004 });
      expect(leg.unchanged.toSorted()).toEqual([900_001, 900_002]);
      expect(leg.counters).toEqual(
        counters({ success: 4, alreadyExisting: 1, partial: 1, skipped: 1, failed: 1, notAttempted: 1 }),
      );
      expect(await t.store.readLines(runId, null, 100)).toEqual(lines);
      const run = await t.store.readRun(runId);
      expect(run?.state).toBe('running');
      expect(run?.startedAtMs).not.toBeNull();
      const withoutNumbers = { ...run, legs: run?.legs.map((one) => ({ ...one, unchanged: [] })) };
      expect(await t.store.readRunProgress(runId)).toEqual(withoutNumbers);
      expect((await t.store.readTracking(deviceId, null, 100)).rows).toHaveLength(6);
    });

    it('who is on the device and is not ours is told once, and stays told', async () => {
      const deviceId = await t.addDevice();
      const runId = await t.createRun(deviceId);
      const held = await t.leased(deviceId);
      expect((await t.legOf(runId)).strangers).toBeNull();
      const strangers = { count: 101, employeeNos: ['7', 'A12'] };
      await t.store.writeOutcomes(held, [], [{ ...progress(runId), strangers }]);
      await t.store.writeOutcomes(held, [], [progress(runId)]);
      expect((await t.legOf(runId)).strangers).toEqual(strangers);
      expect(await t.store.readOpenLegs(held)).toMatchObject([{ strangers }]);
    });

    it('written twice after a lost answer count once', async () => {
      const deviceId = await t.addDevice();
      const runId = await t.createRun(deviceId);
      const held = await t.leased(deviceId);
      const write = () =>
        t.store.writeOutcomes(
          held,
          [{ runId, line: line(deviceId, 700_001), tracking: tracked(deviceId, 700_001) }],
          [progress(runId, { cursorEmployeeNo: 700_001, unchanged: [700_002] })],
        );
      await write();
      await write();
      const leg = await t.legOf(runId);
      expect(leg.counters).toEqual(counters({ success: 2 }));
      expect(leg.unchanged).toEqual([700_002]);
    });

    it('replace an earlier result of the same pair', async () => {
      const deviceId = await t.addDevice();
      const runId = await t.createRun(deviceId);
      const held = await t.leased(deviceId);
      const write = (one: Line) => t.store.writeOutcomes(held, [{ runId, line: one, tracking: null }], []);
      await write(line(deviceId, 700_001, { status: 'eroare' }));
      await write(line(deviceId, 700_001));
      expect((await t.legOf(runId)).counters).toEqual(counters({ success: 1 }));
    });

    it('never move a cursor back nor a leg out of its end', async () => {
      const deviceId = await t.addDevice();
      const runId = await t.createRun(deviceId);
      const held = await t.leased(deviceId);
      const end = progress(runId, { state: 'stopped', cursorEmployeeNo: 9, reason: 'r', reasonCode: 'c' });
      await t.store.writeOutcomes(held, [], [end]);
      await t.store.writeOutcomes(held, [], [progress(runId, { cursorEmployeeNo: 5 })]);
      expect(await t.legOf(runId)).toMatchObject({
        state: 'stopped',
        cursorEmployeeNo: 9,
        reason: 'r',
        reasonCode: 'c',
      });
    });

    it('leave the tracking row alone where there is none to write', async () => {
      const deviceId = await t.addDevice();
      const runId = await t.createRun(deviceId);
      const held = await t.leased(deviceId);
      await t.store.writeOutcomes(held, [{ runId, line: line(deviceId, 700_001), tracking: null }], []);
      expect((await t.store.readTracking(deviceId, null, 10)).rows).toEqual([]);
    });

    it('come in pages by employee, then device', async () => {
      const devices = [await t.addDevice(), await t.addDevice()].toSorted() as [string, string];
      const { runId } = await t.store.createRun(scopeOf(devices[0]), 'tester', devices, {
        employeesInScope: 2,
        employeesWithoutNumber: 0,
      });
      const expected: [number, string][] = [];
      for (const deviceId of devices) {
        await t.harness.expireLease(deviceId);
        const held = await t.leased(deviceId);
        const outcomes = [700_001, 700_002].map((no) => ({
          runId,
          line: line(deviceId, no),
          tracking: null,
        }));
        await t.store.writeOutcomes(held, outcomes, []);
      }
      for (const employeeNo of [700_001, 700_002])
        for (const deviceId of devices) expected.push([employeeNo, deviceId]);
      const found: [number, string][] = [];
      let after: { employeeNo: number; deviceId: string } | null = null;
      for (let page = 0; page < 4; page += 1) {
        const lines: Line[] = await t.store.readLines(runId, after, 1);
        const one = only(lines);
        after = { employeeNo: one.employeeNo ?? 0, deviceId: one.deviceId };
        found.push([after.employeeNo, after.deviceId]);
      }
      expect(found).toEqual(expected);
      expect(await t.store.readLines(runId, after, 1)).toEqual([]);
      const [deviceId] = devices;
      const ofLeg = (from: number | null, limit: number) =>
        t.store.readLegLines(runId, deviceId, from, limit);
      const first = await ofLeg(null, 1);
      expect(first).toMatchObject({ rows: [{ employeeNo: 700_001, deviceId }], next: 700_001 });
      expect(await ofLeg(first.next, 1)).toMatchObject({
        rows: [{ employeeNo: 700_002, deviceId }],
        next: null,
      });
      expect((await ofLeg(null, 10)).rows).toHaveLength(2);
    });
  });
}
