import type { Fault, FaultWhat } from './fault.ts';
import type { PersonEdit } from '../terminal/person-edit.ts';

/** What a fault can look at when it decides whether to take part. */
export interface Exchange {
  /** `connection`: a client connects; `unsigned`: a request without accepted credentials; `signed`: with them. */
  stage: 'connection' | 'unsigned' | 'signed';
  method: string;
  /** Path with query as it came. */
  target: string;
  /** Name of the endpoint that will answer; null when none fits. */
  endpoint: string | null;
  employeeNo: string | null;
  /**
   * Signed requests are looked at twice where it matters: when the head has come, by faults that cut the line before the
   * body is there, and when it is whole, by all others. Absent: whole.
   */
  part?: 'head';
}

/** A fault that takes part in this exchange. */
export interface AppliedFault {
  id: string;
  what: FaultWhat;
  /** In [0, 1), drawn from the fleet's seed for this exchange: spread delays are computed from it. */
  roll: number;
}

/** A fault in a set: it always has an id. */
export type NamedFault = Fault & { id: string };

/** What a fault may do to the device itself. The device implements it; every method acts at once. */
export interface StateEffects {
  changePassword(password: string): void;
  /** The device went away at `atMs` (epoch) for `awayMs`, or for the profile's time when absent. `atMs` may lie in the past. */
  reboot(options: { awayMs: number | undefined; atMs: number }): void;
  editAtTerminal(change: PersonEdit): void;
  setClockOffset(offsetMs: number): void;
}
