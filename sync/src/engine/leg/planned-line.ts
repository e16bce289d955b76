import type { ItemError, Line } from '../../model/run.ts';
import type { Tracking } from '../../model/tracking.ts';
import type { Step } from '../plan/step.ts';
import type { Wish } from '../plan/wish.ts';

const line = (
  deviceId: string,
  employeeNo: number,
  employeeId: string | null,
  status: Line['status'],
  result: 'skipped' | 'not_attempted',
  reasons: string[],
  error: ItemError | null,
): Line => ({ employeeId, employeeNo, deviceId, status, person: result, face: result, reasons, error });

/** Nothing is sent for an employee without a name; whoever has the number on the device stays as they are. */
export const namelessLine = (
  deviceId: string,
  employeeNo: number,
  employeeId: string,
  error: ItemError,
  dry: boolean,
): Line =>
  dry
    ? line(deviceId, employeeNo, employeeId, 'omis', 'skipped', [], error)
    : { ...line(deviceId, employeeNo, employeeId, 'eroare', 'not_attempted', [], error), person: 'failed' };

/** Known before anything is sent: the device is full. */
export const noRoomLine = (deviceId: string, wish: Wish, error: ItemError): Line => ({
  ...line(deviceId, wish.employeeNo, wish.employeeId, 'eroare', 'not_attempted', ['no room'], error),
  person: 'failed',
});

/** Whether a line of somebody whose turn has not come says so. */
export const isNoRoomLine = ({ status, person, error }: Line): boolean =>
  status === 'eroare' && person === 'failed' && error?.code === 'device_persons_full';

/**
 * A dry run's result: the steps with their reasons, nothing sent.
 * @param notes What is to be known about them beside.
 * @param noRoom Why the person would not get on the device; null: there is a place, as far as is known.
 */
export const plannedLine = (
  deviceId: string,
  wish: Wish,
  steps: readonly Step[],
  notes: readonly string[],
  noRoom: ItemError | null,
): Line =>
  line(
    deviceId,
    wish.employeeNo,
    wish.employeeId,
    'omis',
    'skipped',
    [...steps.map(({ kind, reason }) => `${kind}: ${reason}`), ...notes],
    noRoom,
  );

/** A leaver whose access a run would close. */
export const plannedClosing = (deviceId: string, employeeNo: number): Line =>
  line(deviceId, employeeNo, null, 'omis', 'skipped', ['close-access: leaver'], null);

/** In step without a call, where a line stood before. */
export const inStepLine = (deviceId: string, employeeNo: number, employeeId: string | null): Line => ({
  ...line(deviceId, employeeNo, employeeId, 'sincronizat', 'skipped', [], null),
  person: 'unchanged',
  face: 'unchanged',
});

/** Not active any more when the turn came. */
export const skippedLine = (deviceId: string, employeeNo: number, employeeId: string | null): Line =>
  line(deviceId, employeeNo, employeeId, 'omis', 'skipped', ['no longer active'], null);

export const notAttemptedLine = (
  deviceId: string,
  employeeNo: number,
  employeeId: string | null,
  error: ItemError | null,
): Line => line(deviceId, employeeNo, employeeId, 'neincercat', 'not_attempted', [], error);

/**
 * Somebody who left and is still let in when a run of the whole device ends.
 * @param tried The device was asked, and did not confirm it.
 */
export const owedLine = (row: Tracking, employeeId: string | null, tried: boolean): Line => ({
  employeeId,
  employeeNo: row.employeeNo,
  deviceId: row.deviceId,
  status: tried ? 'eroare' : 'neincercat',
  person: tried ? 'failed' : 'not_attempted',
  face: tried ? 'skipped' : 'not_attempted',
  reasons: ['leaver'],
  error: row.errorCode === null ? null : { code: row.errorCode, message: row.errorMessage ?? '' },
});
