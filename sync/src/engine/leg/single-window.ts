import type { Line } from '../../model/run.ts';
import type { Tracking } from '../../model/tracking.ts';
import type { Session } from '../device/session.ts';
import type { LegLog } from './leg-log.ts';
import type { OpenLeg } from './open-leg.ts';
import { skippedLine } from './planned-line.ts';
import { itemFor, type Window } from './window.ts';

/** Not active any more; that their access was closed is the better word, where it was told. */
export const skippedUnlessTold = (
  { deviceId }: Session,
  log: LegLog,
  employeeNo: number,
  employeeId: string | null,
): { line: Line; tracking: null }[] =>
  log.tellsOf(employeeNo) ? [] : [{ line: skippedLine(deviceId, employeeNo, employeeId), tracking: null }];

/** What this session knows comes before what the row says: the row may be marked for a bulk leg's window. */
async function knownRow(session: Session, employeeNo: number): Promise<Tracking | null> {
  const newer = session.touched.get(employeeNo) ?? session.unmarked.get(employeeNo);
  if (newer !== undefined) return newer;
  const rows = await session.patience.run('read the tracking row', () =>
    session.parts.store.readTrackingOf(session.deviceId, [employeeNo]),
  );
  return rows[0] ?? null;
}

/** The window of a leg of one employee: one pair, or none where they have left or have no number. */
export async function readSingleWindow(session: Session, leg: OpenLeg, log: LegLog): Promise<Window> {
  const none: Window = { items: [], reached: null, end: true, nextLimit: 1 };
  const employee = await session.patience.run('read the employee', () =>
    session.parts.store.readEmployee(leg.scope.employeeId ?? ''),
  );
  if (employee?.employeeNo == null) return none;
  const { employeeNo } = employee;
  if (!employee.active) {
    log.write(skippedUnlessTold(session, log, employeeNo, employee.employeeId), [], employeeNo);
    return none;
  }
  await session.writer.drain();
  const item = itemFor(session, leg, employee, await knownRow(session, employeeNo));
  return { ...none, items: item === null ? [] : [item], reached: employeeNo };
}
