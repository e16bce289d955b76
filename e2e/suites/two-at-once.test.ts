import { describe, expect, test } from 'vitest';
import { expectAgreement } from './support/agreement.ts';
import { expectOneAtATime } from './support/calls.ts';
import { withStack } from './support/with-stack.ts';

describe('two requests at once', () => {
  test('the same work is refused with the id of the run that does it', () =>
    withStack({ devices: 2, employees: 4, daemonEnv: { RATE_LIMIT_MS: '50' } }, async (stack) => {
      const first = await stack.sync('sync-all-to-all-devices', {}, { headers: { prefer: 'respond-async' } });
      expect(first.status).toBe(202);
      const second = await stack.sync('sync-all-to-all-devices');
      expect(second.status).toBe(409);
      expect(second.body.run_id).toBe(first.body.run_id);
    }));

  test('different work shares the devices: never two calls at once, and the pause between any two is kept', () =>
    withStack({ devices: 2, employees: 4, daemonEnv: { RATE_LIMIT_MS: '40' } }, async (stack) => {
      const [all, one] = await Promise.all([
        stack.sync('sync-all-to-all-devices'),
        stack.sync('sync-angajat-all-devices', { angajat_id: stack.employees[3]!.employeeId }),
      ]);
      expect([all.status, one.status]).toEqual([200, 200]);
      expect(all.body.summary).toMatchObject({ success: 8 });
      for (const device of stack.devices) {
        await expectOneAtATime(device, 40);
        expect(await device.persons()).toHaveLength(4);
      }
      await expectAgreement(stack, all.body);
    }));
});
