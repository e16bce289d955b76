import { isIdentified, type Tracking } from '../../model/tracking.ts';
import { lookAtMany } from './look-at-many.ts';
import type { OpenLeg } from './open-leg.ts';
import { touches } from '../pair/pair.ts';
import { learn } from '../plan/learn.ts';
import { withSentName } from '../plan/pair-state.ts';
import { planPair } from '../plan/plan.ts';
import type { Session } from '../device/session.ts';
import { rulesFor, type Change } from './window.ts';

/**
 * Why rows are marked before a change, and not only written after it: a daemon may die between the device's change and
 * our write. Without the mark the row would still tell the old story, for instance that somebody is not there, and if
 * that person leaves the company before the next sync, nobody would ever close the access. With it the row says
 * "unknown": the next holder looks first, and a leaver with an unknown row is owed a closing. The mark is one write for
 * a whole window, made in the pause after the last call, and covers results that are on their way to the database.
 */
const UNKNOWN = { state: 'unknown' } as const;

/**
 * The device's list has been read, and all on it were ours: who has no row is not there. Where there were others, the
 * number may be one of theirs. A device without a search was never read, whatever its row says of when it was to be.
 */
const isAbsent = ({ device, abilities, strangers }: Session, { employeeNo }: Change): boolean =>
  device.memory.inventoriedAtMs !== null &&
  device.memory.strangers === 0 &&
  !strangers.has(employeeNo) &&
  !abilities.unsupported.has('look-person');

/** Where there was no row. That nobody has looked is no knowledge. */
const blankRow = (session: Session, change: Change): Tracking => ({
  deviceId: session.deviceId,
  employeeNo: change.employeeNo,
  biometricsId: change.wish.biometricsId,
  status: 'pending',
  person: isAbsent(session, change) ? { state: 'absent' } : UNKNOWN,
  face: isAbsent(session, change) ? { state: 'absent' } : UNKNOWN,
  accessClosed: false,
  identified: false,
  sentNames: [],
  syncedAtMs: null,
  errorCode: null,
  errorMessage: null,
});

function markOf(session: Session, change: Change): Tracking | null {
  const { row, steps } = change;
  const looks = steps.some(({ kind }) => kind === 'look-person');
  const { person, face } = touches(steps);
  const base = row ?? blankRow(session, change);
  const mark: Tracking = {
    ...base,
    status: 'pending',
    person: person || looks ? UNKNOWN : base.person,
    // A person who turns out to be missing takes the face along.
    face: face || person || looks ? UNKNOWN : base.face,
    // Opened again or not: the row must not claim that it is closed.
    accessClosed: person ? false : base.accessClosed,
    identified: isIdentified(base),
    // If our write arrives and its answer does not, this is what the person is called.
    sentNames:
      (person || looks) && !isIdentified(base)
        ? withSentName(base.sentNames, change.wish.person.name)
        : base.sentNames,
  };
  const same =
    row?.person.state === mark.person.state &&
    row.face.state === mark.face.state &&
    row.sentNames.length === mark.sentNames.length;
  return same && row.status === 'pending' ? null : mark;
}

/** Durable when it resolves: only then may the first of these pairs be changed. */
export async function markBeforeChange(session: Session, changes: readonly Change[]): Promise<void> {
  for (const { employeeNo, row } of changes) session.unmarked.set(employeeNo, row);
  const rows = changes.flatMap((change) => markOf(session, change) ?? []);
  if (rows.length === 0) return;
  await session.patience.run('mark what is about to change', () =>
    session.parts.store.writeTracking(session.lease.current, rows),
  );
}

/**
 * Takes the marks back from pairs that were not begun: what was known of them still holds. Where there was no row,
 * "not there" is known at best; else the unknown stays.
 */
export async function unmark(session: Session, changes: readonly Change[]): Promise<void> {
  const rows = changes.flatMap((change) => {
    const newer = session.touched.get(change.employeeNo);
    return newer ?? change.row ?? (isAbsent(session, change) ? blankRow(session, change) : []);
  });
  if (rows.length === 0) return;
  await session.patience.run('take the marks back', () =>
    session.parts.store.writeTracking(session.lease.current, rows),
  );
}

/**
 * Unknown is resolved first: one Search for all persons of a window of whom nobody knows what the device has.
 * @throws DeviceStoppedError
 */
export async function resolveUnknown(
  session: Session,
  leg: OpenLeg,
  changes: readonly Change[],
): Promise<void> {
  const unclear = changes.filter(({ steps }) => steps[0]?.kind === 'look-person');
  const numbers = unclear.map(({ employeeNo }) => employeeNo);
  const seen = await lookAtMany(session, numbers, 'unknown on device');
  const rules = rulesFor(session, leg);
  for (const change of unclear) {
    const person = seen.get(change.employeeNo);
    if (person === undefined) continue;
    change.state = learn(change.state, { step: 'look-person', heard: 'found', person }, change.wish, rules);
    change.steps = planPair(change.state, change.wish, rules);
  }
}
