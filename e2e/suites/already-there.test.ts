import { describe, expect, test } from 'vitest';
import { displayName, expectAgreement } from './support/agreement.ts';
import { withStack } from './support/with-stack.ts';

describe('persons and faces that are there already', () => {
  test('persons typed in by hand are brought in step and never shown as errors', () =>
    withStack(
      {
        devices: [
          {
            persons: [
              { employeeNo: '1000', name: 'Typed By Hand' },
              { employeeNo: '1001', name: 'Another One' },
            ],
          },
          {},
        ],
        employees: 3,
      },
      async (stack) => {
        const { status, body } = await stack.sync('sync-all-to-all-devices');
        expect(status).toBe(200);
        expect(body).toMatchObject({ status: 'completed', errors: [] });
        expect(body.summary).toMatchObject({ success: 6, already_existing: 2, failed: 0, partial: 0 });
        await expectAgreement(stack, body);
      },
    ));

  test('with UPDATE_EXISTING=false such persons keep the name the device has', () =>
    withStack(
      {
        devices: [{ persons: [{ employeeNo: '1000', name: 'Typed By Hand' }] }],
        employees: 2,
        daemonEnv: { UPDATE_EXISTING: 'false' },
      },
      async (stack) => {
        const { body } = await stack.sync('sync-all-to-all-devices');
        expect(body.summary).toMatchObject({ success: 2, already_existing: 1 });
        const names = (await stack.devices[0]!.persons()).map(({ name }) => name);
        expect(names).toEqual(['Typed By Hand', displayName(stack.employees[1]!)]);
        expect(await stack.devices[0]!.faces()).toHaveLength(2);
      },
    ));

  test('a face that we did not put there is replaced by ours', () =>
    withStack(
      {
        devices: [{ persons: [{ employeeNo: '1000', name: 'Typed By Hand', face: true }] }],
        employees: 1,
      },
      async (stack) => {
        const [before] = await stack.devices[0]!.faces();
        const { body } = await stack.sync('sync-all-to-all-devices');
        expect(body.status).toBe('completed');
        const [after] = await stack.devices[0]!.faces();
        expect(after?.sha256).not.toBe(before?.sha256);
        await expectAgreement(stack, body);
      },
    ));

  test('full sends everything again; persons and faces already there are no errors', () =>
    withStack({ devices: 2, employees: 2 }, async (stack) => {
      await stack.sync('sync-all-to-all-devices');
      const { body } = await stack.sync('sync-all-to-all-devices', { full: true });
      expect(body).toMatchObject({ status: 'completed', errors: [] });
      expect(body.summary).toMatchObject({ success: 4, failed: 0 });
      await expectAgreement(stack, body);
    }));
});
