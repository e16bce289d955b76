import type { Clock } from '../../clock.ts';
import type { Employee } from '../../model/employee.ts';
import type { Line } from '../../model/run.ts';
import { createMemoryStore, type MemoryStore } from '../../store/memory/memory-store.ts';
import { deviceId, employeeId } from './ids.ts';

export const employee = (n: number, more: Partial<Employee> = {}): Employee => ({
  employeeId: employeeId(n),
  biometricsId: employeeId(n),
  employeeNo: 1000 + n,
  displayName: `Nume Prenume ${n}`,
  photoUrl: `http://photos/${n}.jpg`,
  active: true,
  ...more,
});

export const line = (n: number, device: number, more: Partial<Line> = {}): Line => ({
  employeeId: employeeId(n),
  employeeNo: 1000 + n,
  deviceId: deviceId(device),
  status: 'sincronizat',
  person: 'created',
  face: 'set',
  reasons: ['new'],
  error: null,
  ...more,
});

/** Two devices and three employees; the third has no photo. */
export function furnishedStore(clock: Clock): MemoryStore {
  const store = createMemoryStore({ clock });
  for (const n of [1, 2]) store.admin.putDevice({ deviceId: deviceId(n), name: `Poarta ${n}` });
  for (const n of [1, 2]) store.admin.putEmployee(employee(n));
  store.admin.putEmployee(employee(3, { photoUrl: null }));
  return store;
}
