import { meet } from './first-contact.ts';
import { readPersons } from './read-persons.ts';
import type { Session } from './session.ts';

/** The device has answered more than who it is. */
export const hasWorked = ({ met, wire, dealtWithToMeet }: Session): boolean =>
  met && wire.dealtWith > dealtWithToMeet;

/**
 * A device is shown as not working, and nothing is to be done on it: asked whether it works again, or it would stay so.
 * A terminal may tell who it is and fail at everything else, so one page of its list is read where letting us in is not
 * enough. Reading is all that can be asked of it: what it was to write is for a run to say.
 * @throws DeviceStoppedError InterruptedError
 */
export async function askWhetherItWorks(session: Session): Promise<void> {
  if (isOver(session) || hasWorked(session)) return;
  session.wire.mayGoOn = () => true;
  await meet(session);
  // Letting us in was what it had to show.
  if (!isOver(session)) await readPersons(session, 0, 'does it work again');
}

const isOver = ({ device }: Session): boolean => device.status !== 'eroare';
