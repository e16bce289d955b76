import { describe, expect, it } from 'vitest';
import type { SuiteTools } from './tools.ts';

/** What the engine relies on about employees. */
export function describeEmployees(t: SuiteTools): void {
  describe('employees', () => {
    it('are read one by one, with biometrics or without', async () => {
      const numbered = await t.addEmployee();
      const bare = await t.harness.addEmployee({
        lastName: 'Ene',
        firstName: 'Ana',
        active: false,
        photoUrl: null,
        number: false,
      });
      expect(await t.store.readEmployee(numbered.employeeId)).toMatchObject({
        ...numbered,
        displayName: 'Popescu Ion',
        photoUrl: 'http://photos/1.jpg',
        active: true,
      });
      expect(await t.store.readEmployee(bare.employeeId)).toMatchObject({
        biometricsId: null,
        employeeNo: null,
        photoUrl: null,
        active: false,
      });
      expect(await t.store.readEmployee('00000000-0000-4000-8000-00000000dead')).toBeNull();
    });

    it('come in pages by number, the active ones only, each once', async () => {
      const first = await t.addEmployee();
      await t.addEmployee(false);
      const second = await t.addEmployee();
      const third = await t.addEmployee();
      const numbers: number[] = [];
      let after: number | null = first.employeeNo - 1;
      for (let page = 0; page < 4 && after !== null; page += 1) {
        const { rows, next } = await t.store.readActiveEmployees(after, 2);
        expect(rows.length).toBeLessThanOrEqual(2);
        numbers.push(...rows.map((row) => row.employeeNo ?? 0));
        after = next;
      }
      expect(after).toBeNull();
      expect(numbers).toEqual([first, second, third].map(({ employeeNo }) => employeeNo));
    });

    it('are counted with and without a number', async () => {
      const before = await t.store.countActiveEmployees();
      await t.addEmployee();
      await t.addEmployee(false);
      await t.harness.addEmployee({
        lastName: 'Ene',
        firstName: 'Ana',
        active: true,
        photoUrl: null,
        number: false,
      });
      expect(await t.store.countActiveEmployees()).toEqual({
        withNumber: before.withNumber + 1,
        withoutNumber: before.withoutNumber + 1,
      });
    });

    it('are found by number whatever their status, and the others are absent', async () => {
      const active = await t.addEmployee();
      const left = await t.addEmployee(false);
      const found = await t.store.readEmployeesByNumber([999_999, left.employeeNo, active.employeeNo]);
      expect(found.map((one) => [one.employeeNo, one.active])).toEqual([
        [active.employeeNo, true],
        [left.employeeNo, false],
      ]);
    });
  });
}
