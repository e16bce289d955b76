import { describe, expect, it } from 'vitest';
import type { RunScope } from '../model/run.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { checkScope } from './prechecks.ts';
import { deviceId, employeeId, NOBODY, SITE } from './testing/ids.ts';
import { employee, furnishedStore } from './testing/furnish.ts';

const scope = (more: Partial<RunScope>): RunScope => ({
  kind: 'sync-all-to-all-devices',
  employeeId: null,
  deviceId: null,
  siteId: null,
  work: 'person-and-face',
  mode: 'incremental',
  execution: 'perform',
  ...more,
});

const furnished = () => {
  const store = furnishedStore(createVirtualClock());
  store.admin.putEmployee(employee(4, { active: false }));
  store.admin.putEmployee(employee(5, { employeeNo: null, biometricsId: null, photoUrl: null }));
  store.admin.putDevice({ deviceId: deviceId(3), status: 'inactiv' });
  store.admin.putDevice({ deviceId: deviceId(4), status: 'eroare' });
  return store;
};

describe('checkScope', () => {
  it.each([
    ['employee_not_found', { employeeId: NOBODY }],
    ['employee_inactive', { employeeId: employeeId(4) }],
    ['employee_number_missing', { employeeId: employeeId(5) }],
    ['photo_missing', { employeeId: employeeId(3), work: 'face-only' }],
    ['device_not_found', { deviceId: NOBODY }],
    ['device_inactive', { deviceId: deviceId(3) }],
    ['no_active_devices', { siteId: SITE }],
  ] as const)('%s', async (code, more) => {
    await expect(checkScope(furnished(), scope(more))).rejects.toMatchObject({ code });
  });

  it.each([
    ['everybody everywhere', {}],
    ['an employee without photo, person and face', { employeeId: employeeId(3) }],
    ['a device in eroare: asking it is how it comes back', { deviceId: deviceId(4) }],
  ])('lets through %s', async (_what, more) => {
    await expect(checkScope(furnished(), scope(more))).resolves.toBeUndefined();
  });

  it('says no when every device is switched off', async () => {
    const store = furnished();
    for (const n of [1, 2, 3, 4]) store.admin.putDevice({ deviceId: deviceId(n), status: 'inactiv' });
    await expect(checkScope(store, scope({}))).rejects.toMatchObject({ code: 'no_active_devices' });
  });
});
