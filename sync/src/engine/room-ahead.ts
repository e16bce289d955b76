import type { Tracking } from '../model/tracking.ts';
import type { Page } from '../store/store.ts';
import { noRoomForPerson } from './capacity.ts';
import type { LegLog } from './leg-log.ts';
import type { OpenLeg } from './open-leg.ts';
import { noRoomLine } from './planned-line.ts';
import type { Session } from './session.ts';
import { changesAfter, type Change } from './window.ts';

const ROWS_PAGE = 500;

/** Whether the person is known not to be on the device: a place is needed. */
export const needsPlace = ({ steps }: Change): boolean => steps.some(({ kind }) => kind === 'record-person');

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

/**
 * Free places as far as they are known without asking the device, for a dry run: as measured in this session, or what it
 * said it holds less those the rows say are on it. Strangers on it are not known; null: nothing is.
 */
export async function placesKnown(session: Session): Promise<number | null> {
  if (session.freePersons !== null) return session.freePersons;
  const { maxPersons } = session.abilities.capabilities;
  if (maxPersons === null) return null;
  let left = maxPersons;
  for (let after: number | null = null; ;) {
    const from: number | null = after;
    const page: Page<Tracking> = await session.patience.run('count who is on the device', () =>
      session.parts.store.readTracking(session.deviceId, from, ROWS_PAGE),
    );
    left -= page.rows.filter(
      ({ person }) => person.state === 'confirmed' || person.state === 'foreign',
    ).length;
    if (page.next === null) return left;
    after = page.next;
  }
}
