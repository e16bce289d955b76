import type { Store } from '../store.ts';

/** What other programs do to the database, and what time does: each implementation brings its own. */
export interface StoreHarness {
  store: Store;
  /** `photoUrl` null: none. `number: false`: an employee without biometrics. */
  addEmployee(employee: {
    lastName: string;
    firstName: string;
    active: boolean;
    photoUrl: string | null;
    number: boolean;
  }): Promise<{ employeeId: string; employeeNo: number | null }>;
  deactivateEmployee(employeeId: string): Promise<void>;
  /** Deletes the employee with the biometrics. */
  deleteEmployee(employeeId: string): Promise<void>;
  addDevice(device: {
    name: string;
    status: 'activ' | 'inactiv' | 'eroare';
    siteId: string | null;
    address?: { host: string; port: number };
  }): Promise<string>;
  /** Somebody enters another password. */
  changePassword(deviceId: string, password: string): Promise<void>;
  deactivateDevice(deviceId: string): Promise<void>;
  deleteDevice(deviceId: string): Promise<void>;
  /** Makes every lease and every pause of the device be over, as if its time had passed. */
  expireLease(deviceId: string): Promise<void>;
}
