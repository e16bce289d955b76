import type { Line } from '../../model/run.ts';
import type { Tracking } from '../../model/tracking.ts';
import type { Page } from '../../store/store.ts';
import { noRoomForPerson } from '../device/capacity.ts';
import type { LegLog } from './leg-log.ts';
import type { OpenLeg } from './open-leg.ts';
import { noRoomLine, plannedLine } from './planned-line.ts';
import type { Session } from '../device/session.ts';
import { changesAfter, type Change } from './window.ts';

const ROWS_PAGE = 500;

/** Somebody else has the person's number there, and a place with it. */
const isConflict = (row: Tracking | null): boolean => row?.errorCode === 'person_conflict';

/** Whether nobody is known to have the person's number on the device: a place is needed. */
export const needsPlace = ({ row, steps }: Change): boolean =>
  !isConflict(row) && steps.some(({ kind }) => kind === 'record-person');

/**
 * Who does not fit has a line before the first of the new ones is sent: in the order of numbers, everybody after the
 * last free place. Should a place become free until their turn comes, they take it, and another line replaces this one.
 * @param window The changes at hand, about which more is known than their rows say.
 * @param reached The last number of that window.
 */
export async function tellWhoDoesNotFit(
  session: Session,
  leg: OpenLeg,
  log: LegLog,
  window: readonly Change[],
  reached: number | null,
  notBeforeMs: number,
): Promise<void> {
  const { freePersons } = session;
  if (freePersons === null) return;
  const { withNumber } = await session.patience.run('count the employees', () =>
    session.parts.store.countActiveEmployees(),
  );
  if (withNumber <= freePersons) return;
  let left = freePersons;
  const tell = async (changes: readonly Change[]) => {
    for (const change of changes.filter(needsPlace)) {
      left -= 1;
      if (left >= 0) continue;
      const line = noRoomLine(session.deviceId, change.wish, noRoomForPerson(session));
      log.ahead({ line, tracking: null });
    }
    await session.writer.drain();
  };
  await tell(window);
  for await (const changes of changesAfter(session, leg, reached, notBeforeMs)) await tell(changes);
}

/** Free places as a dry run knows them, counted down as they are planned for. */
export interface Places {
  left: number;
  /** Whether people on the device who are not ours are among those who have the others. */
  strangersCounted: boolean;
}

const takesPlace = (row: Tracking): boolean =>
  row.person.state === 'confirmed' || row.person.state === 'foreign' || isConflict(row);

/**
 * Free places as far as they are known without asking the device, for a dry run: as measured in this session, or what it
 * said it holds less those the rows say are on it, and the strangers its list showed when it was last read. Null: nothing
 * is known.
 */
export async function placesKnown(session: Session): Promise<Places | null> {
  if (session.freePersons !== null) return { left: session.freePersons, strangersCounted: true };
  const { maxPersons } = session.abilities.capabilities;
  if (maxPersons === null) return null;
  const { strangers } = session.device.memory;
  let left = maxPersons - (strangers ?? 0);
  for (let after: number | null = null; ;) {
    const from: number | null = after;
    const page: Page<Tracking> = await session.patience.run('count who is on the device', () =>
      session.parts.store.readTracking(session.deviceId, from, ROWS_PAGE),
    );
    left -= page.rows.filter(takesPlace).length;
    if (page.next === null) return { left, strangersCounted: strangers !== null };
    after = page.next;
  }
}

/** A dry run's line for a change; takes a place where one is needed. */
export function plannedChange(session: Session, change: Change, places: Places | null): Line {
  const { wish, steps } = change;
  if (places === null || !needsPlace(change)) return plannedLine(session.deviceId, wish, steps, [], null);
  places.left -= 1;
  const noRoom = places.left < 0 ? noRoomForPerson(session) : null;
  const notes = [
    ...(noRoom === null ? [] : ['no room']),
    ...(places.strangersCounted ? [] : ['people at the terminal who are not ours are not counted']),
  ];
  return plannedLine(session.deviceId, wish, steps, notes, noRoom);
}
