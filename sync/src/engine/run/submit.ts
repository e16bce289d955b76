import type { RunScope } from '../../model/run.ts';
import type { Store } from '../../store/store.ts';
import { namelessError } from '../plan/wish.ts';

/** What was asked for cannot be done, and trying it would tell no more. `code` is stable. */
export class ScopeError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

async function checkEmployee(store: Store, scope: RunScope, employeeId: string): Promise<void> {
  const employee = await store.readEmployee(employeeId);
  if (employee === null) throw new ScopeError('employee_not_found', `There is no employee ${employeeId}.`);
  if (!employee.active)
    throw new ScopeError(
      'employee_inactive',
      `Employee ${employeeId} is not activ, and only active employees go to devices.`,
    );
  if (employee.employeeNo === null)
    throw new ScopeError(
      'employee_no_missing',
      `Employee ${employeeId} has no employee_no. Create the biometrics row.`,
    );
  const nameless = namelessError(employee);
  if (nameless !== null) throw new ScopeError(nameless.code, nameless.message);
  if (scope.work === 'face-only' && employee.photoUrl === null)
    throw new ScopeError(
      'photo_missing',
      `Employee ${employeeId} has no photo (foto_fata_url). Upload one first.`,
    );
}

/** Devices in `eroare` belong to the work: they are asked once, and come back by themselves when they answer. */
async function devicesOf(store: Store, scope: RunScope): Promise<string[]> {
  if (scope.deviceId === null) {
    const devices = await store.readDevices({ siteId: scope.siteId, statuses: ['activ', 'eroare'] });
    return devices.map(({ deviceId }) => deviceId);
  }
  const [device] = await store.readDevices({ deviceIds: [scope.deviceId] });
  if (device === undefined) throw new ScopeError('device_not_found', `There is no device ${scope.deviceId}.`);
  if (device.status === 'inactiv')
    throw new ScopeError(
      'device_inactive',
      `Device ${scope.deviceId} is inactiv. Set its status to activ first.`,
    );
  return [device.deviceId];
}

/**
 * Makes a run of a scope. One with the same scope that is still open answers instead, unless its daemon died after
 * the last leg and before closing it: then it is closed and a new one made.
 * @throws ScopeError, StoreUnreachableError
 */
export async function createRun(
  store: Store,
  scope: RunScope,
  requestedBy: string,
): Promise<{ runId: string; created: boolean; devices: number; employees: number }> {
  if (scope.employeeId !== null) await checkEmployee(store, scope, scope.employeeId);
  const deviceIds = await devicesOf(store, scope);
  const counted =
    scope.employeeId === null ? await store.countActiveEmployees() : { withNumber: 1, withoutNumber: 0 };
  const counts = { employeesInScope: counted.withNumber, employeesWithoutNumber: counted.withoutNumber };
  const create = () => store.createRun(scope, requestedBy, deviceIds, counts);
  let run = await create();
  if (!run.created && (await store.finishRun(run.runId)).finished) run = await create();
  return { ...run, devices: deviceIds.length, employees: counted.withNumber };
}
