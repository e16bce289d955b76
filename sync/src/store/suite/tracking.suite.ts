import { describe, expect, it } from 'vitest';
import { only, tracked } from './samples.ts';
import type { SuiteTools } from './tools.ts';

/** What the engine relies on about tracking. */
export function describeTracking(t: SuiteTools): void {
  describe('tracking', () => {
    it('comes back as it was written, in pages and by number', async () => {
      const deviceId = await t.addDevice();
      await t.createRun(deviceId);
      const held = await t.leased(deviceId);
      const rows = [
        tracked(deviceId, 700_001),
        tracked(deviceId, 700_002, { person: { state: 'foreign' }, face: { state: 'unknown' } }),
        tracked(deviceId, 700_003, {
          status: 'eroare',
          person: { state: 'absent' },
          face: { state: 'absent' },
          syncedAtMs: null,
          accessClosed: true,
          errorCode: 'face_rejected',
          errorMessage: 'too dark',
        }),
      ];
      await t.store.writeTracking(held, rows);
      const page = await t.store.readTracking(deviceId, null, 2);
      expect(page).toEqual({ rows: rows.slice(0, 2), next: 700_002 });
      expect(await t.store.readTracking(deviceId, page.next, 2)).toEqual({ rows: rows.slice(2), next: null });
      expect(await t.store.readTrackingOf(deviceId, [700_003, 700_009])).toEqual(rows.slice(2));
      expect(await t.store.countPresent(deviceId)).toBe(2);
    });

    it('is one row per number: the last write holds', async () => {
      const deviceId = await t.addDevice();
      await t.createRun(deviceId);
      const held = await t.leased(deviceId);
      await t.store.writeTracking(held, [tracked(deviceId, 700_001, { status: 'pending' })]);
      await t.store.writeTracking(held, [tracked(deviceId, 700_001, { status: 'eroare', errorCode: 'x' })]);
      const { rows } = await t.store.readTracking(deviceId, null, 10);
      expect(rows.map(({ status, errorCode }) => [status, errorCode])).toEqual([['eroare', 'x']]);
    });

    it('is linked to the employee by the number, and outlives the employee', async () => {
      const { employeeId, employeeNo } = await t.addEmployee();
      const deviceId = await t.addDevice();
      await t.createRun(deviceId);
      await t.store.writeTracking(await t.leased(deviceId), [tracked(deviceId, employeeNo)]);
      const employee = await t.store.readEmployee(employeeId);
      expect(only(await t.store.readTrackingOf(deviceId, [employeeNo])).biometricsId).toBe(
        employee?.biometricsId,
      );
      await t.harness.deleteEmployee(employeeId);
      expect(only(await t.store.readTrackingOf(deviceId, [employeeNo])).biometricsId).toBeNull();
    });

    it('owes a closing for everybody who left and may still be let in', async () => {
      const deviceId = await t.addDevice();
      await t.createRun(deviceId);
      const held = await t.leased(deviceId);
      const stays = await t.addEmployee();
      const left = await t.addEmployee();
      const gone = await t.addEmployee();
      const closed = await t.addEmployee();
      const absent = await t.addEmployee();
      await t.store.writeTracking(held, [
        tracked(deviceId, stays.employeeNo),
        tracked(deviceId, left.employeeNo, { person: { state: 'unknown' } }),
        tracked(deviceId, gone.employeeNo),
        tracked(deviceId, closed.employeeNo, { accessClosed: true }),
        tracked(deviceId, absent.employeeNo, { person: { state: 'absent' } }),
      ]);
      for (const { employeeId } of [left, closed, absent]) await t.harness.deactivateEmployee(employeeId);
      await t.harness.deleteEmployee(gone.employeeId);
      const page = async (after: number | null, limit: number) => {
        const { rows, next } = await t.store.readOwedClosings(deviceId, after, limit);
        return { numbers: rows.map(({ employeeNo }) => employeeNo), next };
      };
      expect(await page(null, 10)).toEqual({ numbers: [left.employeeNo, gone.employeeNo], next: null });
      expect(await page(null, 1)).toEqual({ numbers: [left.employeeNo], next: left.employeeNo });
      expect(await page(left.employeeNo, 1)).toEqual({ numbers: [gone.employeeNo], next: null });
    });
  });
}
