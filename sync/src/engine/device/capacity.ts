import type { Inventory } from './inventory.ts';
import { doubtList } from './list-doubt.ts';
import type { Session } from './session.ts';

/**
 * How many new persons and faces the device has room for, known before the first of them is sent. What an inventory
 * counted costs nothing more; else one call asks.
 * @throws DeviceStoppedError
 */
export async function measureRoom(session: Session, inventory: Inventory | null): Promise<void> {
  if (session.roomMeasured) return;
  session.roomMeasured = true;
  const { client, ask, abilities } = session;
  const { maxPersons, maxFaces } = abilities.capabilities;
  if (maxFaces !== null && inventory?.faces != null) session.freeFaces = maxFaces - inventory.faces;
  if (maxPersons === null) return;
  let present = inventory?.persons ?? null;
  if (present === null) {
    const answer = await ask({ operation: 'countPersons', employeeNo: null, reason: 'capacity' }, (call) =>
      client.countPersons(call),
    );
    // A model without a count says itself when it is full.
    if (answer.verdict.class === 'unsupported') return;
    present = session.valueOf(answer);
    await compareWithRows(session, present);
  }
  session.freePersons = maxPersons - present;
  if (inventory === null) return;
  const { withNumber } = await session.patience.run('count the employees', () =>
    session.parts.store.countActiveEmployees(),
  );
  const missingPlaces = withNumber - inventory.ours - session.freePersons;
  if (missingPlaces > 0)
    session.parts.events.emit('device.capacity-short', {
      deviceId: session.deviceId,
      maxPersons,
      present,
      missingPlaces,
    });
}

/** Fewer than the rows say are there: some are gone, whoever they are. Nobody need be changed to notice that. */
async function compareWithRows(session: Session, present: number): Promise<void> {
  if (session.abilities.unsupported.has('look-person')) return;
  const known = await session.patience.run('count who is on the device', () =>
    session.parts.store.countPresent(session.deviceId),
  );
  if (present < known) await doubtList(session);
}

export const noRoomForPerson = (session: Session) => ({
  code: 'device_persons_full',
  message: `The terminal holds at most ${session.abilities.capabilities.maxPersons ?? 0} persons, and they are taken. Remove persons who left, or use a larger terminal.`,
});

export const noRoomForFace = (session: Session) => ({
  code: 'device_faces_full',
  message: `The terminal holds at most ${session.abilities.capabilities.maxFaces ?? 0} faces, and they are taken. Remove persons who left, or use a larger terminal.`,
});
