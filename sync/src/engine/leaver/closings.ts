import type { FoundPerson } from '../../isapi/device-client.ts';
import type { Line } from '../../model/run.ts';
import { isIdentified, type Tracking } from '../../model/tracking.ts';
import type { Page } from '../../store/store.ts';
import { closeOne, type Closed } from './closing.ts';
import { DeviceStoppedError } from '../stop/device-stop.ts';
import { meet } from '../device/first-contact.ts';
import type { LegLog } from '../leg/leg-log.ts';
import { owedLine } from '../leg/planned-line.ts';
import { lookAtMany } from '../leg/look-at-many.ts';
import { nextClosingStep, startClosing, type ClosingRules } from '../plan/closing.ts';
import type { Session } from '../device/session.ts';

/** Owed closings read at a time: as many as one Search takes. */
const CLOSINGS_PAGE = 30;

/** What one session does about people who left and whom its device still lets in. */
export interface Closings {
  /**
   * Closes the access of everybody who left and is still open on the device; before all other work, and however small
   * that is. Who cannot be closed stays owed, with the reason; each is tried once per session.
   * @param write Writes what came of one.
   * @throws DeviceStoppedError InterruptedError
   */
  close(write: (closed: Closed) => Promise<void> | void): Promise<void>;
  /** Lines for everybody who is still let in, as this moment knows them: no run of a whole device ends without. */
  report(log: LegLog): Promise<void>;
  /** Calls `plan` for the number of everybody whose access is to be closed. */
  list(plan: (employeeNo: number) => void): Promise<void>;
}

const beingClosed = (row: Tracking): Tracking => ({
  ...row,
  identified: isIdentified(row),
  person: { state: 'unknown' },
  status: 'pending',
});

export function createClosings(session: Session): Closings {
  const { store, options, events, desk } = session.parts;
  const { deviceId, patience } = session;
  /** Tried in this session, and still owed. */
  const failed = new Set<number>();

  const writeRows = (rows: Tracking[]) =>
    patience.run('write tracking', () => store.writeTracking(session.lease.current, rows));

  async function* owedPages(): AsyncGenerator<Tracking[]> {
    if (options.leavers === 'ignore') return;
    // Whoever was closed a moment ago is owed until that is written.
    await session.writer.drain();
    for (let after: number | null = null; ;) {
      const from: number | null = after;
      const page: Page<Tracking> = await patience.run('read whose access is to be closed', () =>
        store.readOwedClosings(deviceId, from, CLOSINGS_PAGE),
      );
      if (page.rows.length > 0) yield page.rows;
      if (page.next === null) return;
      after = page.next;
    }
  }

  /** Those of whom the device must be asked first what it has. */
  async function unclear(rows: readonly Tracking[], rules: ClosingRules): Promise<number[]> {
    const numbers = rows.map(({ employeeNo }) => employeeNo);
    const employees = await patience.run('read who left', () => store.readEmployeesByNumber(numbers));
    const nameOf = new Map(employees.map((one) => [one.employeeNo, one.displayName]));
    const first = (row: Tracking) =>
      nextClosingStep(startClosing(row, nameOf.get(row.employeeNo) ?? null, options.adoptPersons), rules);
    return rows.filter((row) => first(row) === 'look-person').map(({ employeeNo }) => employeeNo);
  }

  async function closeRow(
    row: Tracking,
    rules: ClosingRules,
    looked: FoundPerson | null | undefined,
    write: (closed: Closed) => Promise<void> | void,
  ): Promise<void> {
    const { employeeNo } = row;
    const employee = await patience.run('read who left', () => desk.fresh(employeeNo));
    // Active again since the list was read: nobody to close.
    if (employee?.active === true) {
      await writeRows([row]);
      return;
    }
    const { closed, stop } = await closeOne(session, row, employee, rules, looked);
    const { error } = closed.line;
    if (error !== null) failed.add(employeeNo);
    session.touched.set(employeeNo, closed.tracking);
    await write(closed);
    const code = error?.code ?? null;
    events.emit('leaver.handled', { deviceId, employeeNo, closed: error === null, code });
    if (stop !== null) throw new DeviceStoppedError(stop);
  }

  return {
    async close(write) {
      if (options.leavers === 'ignore') return;
      const { leavers, validity: template } = options;
      const rules: ClosingRules = { leavers, template, unsupported: session.abilities.unsupported };
      session.wire.mayGoOn = () => true;
      for await (const owed of owedPages()) {
        const rows = owed.filter(({ employeeNo }) => !failed.has(employeeNo));
        if (rows.length === 0) continue;
        await meet(session);
        const seen = await lookAtMany(session, await unclear(rows, rules), 'leaver');
        // Before the first change: after a crash nobody can say whether access is open or closed.
        await patience.run('note whose access is being closed', () =>
          store.writeTracking(session.lease.current, rows.map(beingClosed)),
        );
        let begun = 0;
        try {
          for (const row of rows) {
            begun += 1;
            await closeRow(row, rules, seen.get(row.employeeNo), write);
          }
        } catch (error) {
          // Nothing was sent for these: what was known of them still holds.
          await writeRows(rows.slice(begun)).catch(() => undefined);
          throw error;
        }
      }
    },
    async report(log) {
      for await (const rows of owedPages()) {
        const numbers = rows.map(({ employeeNo }) => employeeNo);
        const employees = await patience.run('read who left', () => store.readEmployeesByNumber(numbers));
        const idOf = new Map(employees.map((one) => [one.employeeNo, one.employeeId]));
        for (const row of rows) {
          const line: Line = owedLine(row, idOf.get(row.employeeNo) ?? null, failed.has(row.employeeNo));
          log.aside({ line, tracking: null });
        }
        await session.writer.drain();
      }
    },
    async list(plan) {
      for await (const rows of owedPages()) for (const { employeeNo } of rows) plan(employeeNo);
    },
  };
}
