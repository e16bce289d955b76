import type { Store } from '../store/store.ts';

/** What the API reads of the database. It writes nothing: that is the engine's. */
export type StorePort = Pick<
  Store,
  | 'checkReachable'
  | 'readDevices'
  | 'readEmployeesByNumber'
  | 'readRun'
  | 'readRunProgress'
  | 'listRuns'
  | 'readLines'
>;
