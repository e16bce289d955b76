import type { Device, DeviceAddress, DeviceMemory, DeviceStatus } from '../model/device.ts';
import type { Employee } from '../model/employee.ts';
import type { Leg, LegState, Line, Run, RunScope, RunState, Strangers } from '../model/run.ts';
import type { Tracking } from '../model/tracking.ts';

/** Right to drive one device, held by one daemon until `expiresAtMs`. The fence grows with every new holder. */
export interface Lease {
  deviceId: string;
  fence: number;
  /** In this process's time, already less the time the question took: later than this nothing may be sent. */
  expiresAtMs: number;
}

export interface TakenLease extends Lease {
  /** Whoever had the device before never gave it back: killed, or cut off from the database. */
  abandoned: boolean;
}

export interface Page<Row> {
  rows: Row[];
  /** Pass as `after` to read on; null on the last page. */
  next: number | null;
}

/** What came of one pair, written in one transaction: tracking row, line and the leg's cursor and counters. */
export interface Outcome {
  runId: string;
  line: Line;
  /** Null: the tracking row stays as it is (skipped, not attempted). */
  tracking: Tracking | null;
}

export interface LegProgress {
  runId: string;
  state: LegState;
  cursorEmployeeNo: number | null;
  reason: string | null;
  reasonCode: string | null;
  /** Added to the leg's list. */
  unchanged: number[];
  /** Absent: as they were. */
  strangers?: Strangers;
}

/** What the daemon writes on a device's row; absent keys stay. */
export interface DevicePatch {
  status?: DeviceStatus;
  memory?: Partial<DeviceMemory>;
}

/**
 * The database as the engine sees it. Every write for a device carries the lease it was made under and fails with
 * `LeaseLostError` when another daemon has taken the device since. Database failures throw `StoreUnreachableError`
 * (no answer, 5xx, refused) or `StoreRejectedError` (wrong key, a bug): see `store-errors.ts`.
 * Implementations: `supabase/` (supabase-js) and `memory/` (tests, virtual time); both pass `store.suite.ts`.
 */
export interface Store {
  checkReachable(): Promise<void>;

  readDevices(filter: {
    deviceIds?: string[];
    siteId?: string | null;
    statuses?: DeviceStatus[];
    serialNumber?: string;
  }): Promise<Device[]>;
  /** Where the devices in use (`activ`, `eroare`) are, as people entered it: for looking for two at one place. */
  readAddresses(): Promise<DeviceAddress[]>;
  readEmployee(employeeId: string): Promise<Employee | null>;
  /** Active employees with a number, ordered by it, `after` exclusive. */
  readActiveEmployees(after: number | null, limit: number): Promise<Page<Employee>>;
  countActiveEmployees(): Promise<{ withNumber: number; withoutNumber: number }>;
  /** By employee number, whatever their status: to tell a leaver from somebody new. Numbers nobody has are absent. */
  readEmployeesByNumber(employeeNos: number[]): Promise<Employee[]>;
  /** A device's tracking rows ordered by employee number, `after` exclusive. */
  readTracking(deviceId: string, after: number | null, limit: number): Promise<Page<Tracking>>;
  readTrackingOf(deviceId: string, employeeNos: number[]): Promise<Tracking[]>;
  /** How many persons the rows say are on the device, ours or found there. */
  countPresent(deviceId: string): Promise<number>;
  /**
   * Rows whose access is owed to be closed on the device: tracked there with a person not known absent, not closed
   * yet, and the employee no longer `activ` or gone. Ordered by employee number, `after` exclusive.
   */
  readOwedClosings(deviceId: string, after: number | null, limit: number): Promise<Page<Tracking>>;

  /**
   * Creates a run with one queued leg per device, unless a run with the same scope is still queued or running: then
   * `created` is false and the id is that run's.
   */
  createRun(
    scope: RunScope,
    requestedBy: string,
    deviceIds: string[],
    counts: { employeesInScope: number; employeesWithoutNumber: number },
  ): Promise<{ runId: string; created: boolean }>;
  readRun(runId: string): Promise<Run | null>;
  /**
   * The same without the numbers found unchanged (`Leg.unchanged` is empty): for whoever asks again and again how a
   * run stands. They are as many as the pairs, a million in a large fleet.
   */
  readRunProgress(runId: string): Promise<Run | null>;
  listRuns(before: number | null, limit: number): Promise<Run[]>;
  /** A run's lines ordered by employee number then device, for answers and audit. */
  readLines(
    runId: string,
    after: { employeeNo: number; deviceId: string } | null,
    limit: number,
  ): Promise<Line[]>;
  /** The lines of one leg alone, ordered by employee number, `after` exclusive. */
  readLegLines(runId: string, deviceId: string, after: number | null, limit: number): Promise<Page<Line>>;
  requestCancel(runId: string): Promise<void>;
  /** Of these runs, the ones somebody asked to cancel. */
  readCancelled(runIds: string[]): Promise<string[]>;
  /** Closes a run whose legs are all over; true for the one caller that closed it. The state is derived from the legs. */
  finishRun(runId: string): Promise<{ finished: boolean; state: RunState }>;

  /** Takes free devices that have queued or abandoned legs, at most `limit`. */
  leaseDevicesWithWork(owner: string, ttlMs: number, limit: number): Promise<TakenLease[]>;
  /** The leases still held, renewed; those missing from the answer are lost. */
  renewLeases(owner: string, leases: Lease[], ttlMs: number): Promise<Lease[]>;
  /** The device can be taken by another daemon only after `pauseMs`: the pause between two calls holds across daemons. */
  releaseLease(lease: Lease, pauseMs: number): Promise<void>;
  /** Open legs of the leased device, single-employee runs first, then by age. */
  readOpenLegs(lease: Lease): Promise<(Leg & { scope: RunScope; requestedAtMs: number })[]>;

  writeOutcomes(lease: Lease, outcomes: Outcome[], progress: LegProgress[]): Promise<void>;
  /** Tracking learned from the device itself (inventory), without a run's line. */
  writeTracking(lease: Lease, rows: Tracking[]): Promise<void>;
  /** A serial number that another device in use has is refused as a whole: `SerialTakenError`. */
  writeDevice(lease: Lease, patch: DevicePatch): Promise<void>;
}
