import { expect, test } from 'vitest';
import { createVirtualClock } from '../../testing/virtual-clock.ts';
import { displayName } from '../../model/display-name.ts';
import { describeStore } from '../store.suite.ts';
import { createMemoryStore } from './memory-store.ts';

const uuid = (family: string, nth: number): string =>
  `00000000-0000-4000-${family}-${String(nth).padStart(12, '0')}`;

describeStore('memory store', () => {
  // Each look at the clock is a millisecond later, as two requests to a real database are.
  let nowMs = Date.UTC(2026, 0, 5);
  const clock = { ...createVirtualClock(), now: () => (nowMs += 1) };
  const store = createMemoryStore({ clock });
  const { admin } = store;
  let employees = 0;
  let devices = 0;
  return Promise.resolve({
    store,
    addEmployee: ({ lastName, firstName, active, photoUrl, number }) => {
      employees += 1;
      const employee = {
        employeeId: uuid('9000', employees),
        biometricsId: number ? uuid('9001', employees) : null,
        employeeNo: number ? 999 + employees : null,
        displayName: displayName({ lastName, firstName, fullName: null }),
        photoUrl,
        active,
      };
      admin.putEmployee(employee);
      return Promise.resolve({ employeeId: employee.employeeId, employeeNo: employee.employeeNo });
    },
    deactivateEmployee: async (employeeId) => {
      const employee = await store.readEmployee(employeeId);
      if (employee !== null) admin.putEmployee({ ...employee, active: false });
    },
    deleteEmployee: (employeeId) => {
      admin.removeEmployee(employeeId);
      return Promise.resolve();
    },
    addDevice: ({ name, status, siteId, address }) => {
      devices += 1;
      const deviceId = uuid('9002', devices);
      admin.putDevice({ deviceId, name, status, siteId, ...address });
      return Promise.resolve(deviceId);
    },
    changePassword: (deviceId, password) => {
      admin.putDevice({ deviceId, password });
      return Promise.resolve();
    },
    deactivateDevice: (deviceId) => {
      admin.putDevice({ deviceId, status: 'inactiv', memory: admin.device(deviceId)!.memory });
      return Promise.resolve();
    },
    deleteDevice: (deviceId) => {
      admin.removeDevice(deviceId);
      return Promise.resolve();
    },
    expireLease: (deviceId) => {
      admin.expireLease(deviceId);
      return Promise.resolve();
    },
  });
});

test('a device that did not answer is leased for a probe when that is due, and not before', async () => {
  const clock = createVirtualClock(0);
  const store = createMemoryStore({ clock });
  store.admin.putDevice({ deviceId: 'd', status: 'eroare' });
  const lease = async () => (await store.leaseDevicesWithWork('a', 1000, 10)).length;
  expect(await lease()).toBe(0);
  const { memory } = store.admin.device('d')!;
  store.admin.putDevice({ deviceId: 'd', memory: { ...memory, nextProbeAtMs: 500 } });
  expect(await lease()).toBe(0);
  await clock.advance(500);
  expect(await lease()).toBe(1);
});
