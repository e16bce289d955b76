import type { RunScope } from '../model/run.ts';
import type { StorePort } from './store-port.ts';
import { Problem } from './problem.ts';

async function checkEmployee(store: StorePort, scope: RunScope, employeeId: string): Promise<void> {
  const employee = await store.readEmployee(employeeId);
  if (employee === null)
    throw new Problem('employee_not_found', `There is no employee ${employeeId} in angajati.`);
  if (!employee.active)
    throw new Problem(
      'employee_inactive',
      `Employee ${employeeId} is not activ, and only active employees go to devices. Set the status to activ first.`,
    );
  if (employee.employeeNo === null)
    throw new Problem(
      'employee_number_missing',
      `Employee ${employeeId} has no employee_no. Create the row in angajati_biometrie: it is given a number by itself.`,
    );
  if (scope.work === 'face-only' && employee.photoUrl === null)
    throw new Problem(
      'photo_missing',
      `Employee ${employeeId} has no photo (foto_fata_url). Upload one in the Biometrie tab first.`,
    );
}

async function checkDevice(store: StorePort, deviceId: string): Promise<void> {
  const [device] = await store.readDevices({ deviceIds: [deviceId] });
  if (device === undefined)
    throw new Problem('device_not_found', `There is no device ${deviceId} in dispozitive_pontaj.`);
  if (device.status === 'inactiv')
    throw new Problem(
      'device_inactive',
      `Device ${deviceId} is inactiv. Set its status to activ first, if it is to be used.`,
    );
}

/** A device in `eroare` still belongs to the work: it is asked, and comes back by itself once it answers. */
async function checkAnyDevice(store: StorePort, siteId: string | null): Promise<void> {
  const devices = await store.readDevices({ siteId, statuses: ['activ', 'eroare'] });
  if (devices.length === 0)
    throw new Problem(
      'no_active_devices',
      siteId === null
        ? 'There is no active device in dispozitive_pontaj. Add one, or set the status of one to activ.'
        : `There is no active device on site ${siteId}. Check santier_id, or leave it out for all sites.`,
    );
}

/** Says no, in words, to what could not work anyway, before a run is made of it. */
export async function checkScope(store: StorePort, scope: RunScope): Promise<void> {
  if (scope.employeeId !== null) await checkEmployee(store, scope, scope.employeeId);
  if (scope.deviceId !== null) await checkDevice(store, scope.deviceId);
  else await checkAnyDevice(store, scope.siteId);
}
