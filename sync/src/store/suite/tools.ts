import type { Leg, RunScope } from '../../model/run.ts';
import type { Lease, Store, TakenLease } from '../store.ts';
import type { StoreHarness } from './harness.ts';
import { only, scopeOf, TTL_MS } from './samples.ts';

/** What the tests of the suite have in common: the store, and short ways to bring it where a test begins. */
export interface SuiteTools {
  readonly store: Store;
  readonly harness: StoreHarness;
  addDevice(status?: 'activ' | 'inactiv' | 'eroare', siteId?: string | null): Promise<string>;
  addEmployee(active?: boolean): Promise<{ employeeId: string; employeeNo: number }>;
  /** A run over the one device. */
  createRun(deviceId: string, more?: Partial<RunScope>): Promise<string>;
  /** Takes this device, whatever others have work too; undefined when somebody else has it. */
  lease(deviceId: string, owner?: string): Promise<TakenLease | undefined>;
  /** The same where it must be free. */
  leased(deviceId: string, owner?: string): Promise<Lease>;
  /** The only leg of a run. */
  legOf(runId: string): Promise<Leg>;
}

/** @param started gives the harness; it is there before the first test runs. */
export function createTools(started: () => StoreHarness): SuiteTools {
  const tools: SuiteTools = {
    get store() {
      return started().store;
    },
    get harness() {
      return started();
    },
    addDevice: (status = 'activ', siteId = null) =>
      tools.harness.addDevice({ name: 'Poarta', status, siteId }),
    async addEmployee(active = true) {
      const added = await tools.harness.addEmployee({
        lastName: 'Popescu',
        firstName: 'Ion',
        active,
        photoUrl: 'http://photos/1.jpg',
        number: true,
      });
      return { employeeId: added.employeeId, employeeNo: added.employeeNo ?? 0 };
    },
    async createRun(deviceId, more = {}) {
      const counts = { employeesInScope: 3, employeesWithoutNumber: 1 };
      const run = await tools.store.createRun(scopeOf(deviceId, more), 'tester', [deviceId], counts);
      return run.runId;
    },
    async lease(deviceId, owner = 'daemon-a') {
      const taken = await tools.store.leaseDevicesWithWork(owner, TTL_MS, 1_000);
      return taken.find((one) => one.deviceId === deviceId);
    },
    async leased(deviceId, owner = 'daemon-a') {
      const taken = await tools.lease(deviceId, owner);
      if (taken === undefined) throw new Error(`device ${deviceId} could not be taken`);
      return taken;
    },
    legOf: async (runId) => only((await tools.store.readRun(runId))?.legs ?? []),
  };
  return tools;
}
