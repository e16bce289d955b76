import { isIdentified, type Tracking } from '../../model/tracking.ts';
import type { Session } from './session.ts';

/** Of a run that ends while nobody knows whom the device has lost. Stable. */
const PEOPLE_GONE = 'device_people_gone';

/**
 * Whether this pair's person being gone is a sign that a terminal was restored or emptied, or that people were removed
 * at it: they were known to be there. Known is who was found to be ours and never seen gone since: a row marked
 * before a change says no more, should the daemon that heard of it be killed. Whom its list did not show is no news.
 */
export const wasKnownThere = ({ missed }: Session, row: Tracking | null): boolean =>
  row !== null && isIdentified(row) && !missed.has(row.employeeNo);

/** What was read of the device's list holds no more: the next leg of everybody reads it first. Durable when it resolves. */
export async function doubtList(session: Session): Promise<void> {
  session.doubts += 1;
  if (session.device.memory.inventoriedAtMs === null) return;
  session.note({ inventoriedAtMs: null });
  await session.flushNotes();
  session.parts.events.emit('device.list-doubted', { deviceId: session.deviceId });
}

/** What a leg of everybody that ends now must say of the device's list; null: it is as it was read. */
export function reasonOfDoubt({ device, abilities }: Session): { code: string; message: string } | null {
  if (device.memory.inventoriedAtMs !== null) return null;
  const what =
    'People whom we had put on this terminal are gone from it: somebody restored, emptied or exchanged it.';
  const then = abilities.unsupported.has('look-person')
    ? 'Its firmware does not tell who is left. Run a full sync of it (--full), which sends everybody again.'
    : 'The next sync of all employees reads its list first and brings back who is missing.';
  return { code: PEOPLE_GONE, message: `${what} ${then}` };
}
