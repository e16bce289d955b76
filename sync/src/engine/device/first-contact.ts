import { DeviceStoppedError, findBar, isOverOnceMet, stopOf } from '../stop/device-stop.ts';
import { checkAddress } from './one-address.ts';
import { checkRemembered, claim } from './serial-number.ts';
import type { Session } from './session.ts';

/**
 * Makes sure, once per session and before anything else is sent, that the device answers, takes our login and is the
 * one we know. A session that has nothing to send never comes here: a device in step is not even greeted.
 * @throws DeviceStoppedError
 */
export async function meet(session: Session): Promise<void> {
  if (session.met) return;
  const { device, client, ask } = session;
  const bar = findBar(device, session.parts.clock.now());
  if (bar !== null) throw new DeviceStoppedError(bar);

  await checkRemembered(session);
  await checkAddress(session);
  const answer = await ask({ operation: 'readIdentity', employeeNo: null, reason: 'identity' }, (call) =>
    client.readIdentity(call),
  );
  // Whoever cannot even say who it is does not work, and may one day: that is no matter of what a terminal can do.
  if (answer.verdict.class === 'unsupported' || answer.verdict.class === 'full')
    throw new DeviceStoppedError({ ...stopOf(answer.verdict), about: 'answer' });
  const identity = session.valueOf(answer);
  const { memory } = device;
  const firstContact = memory.serialNumber === null;
  await claim(session, identity.serialNumber);
  session.met = true;
  const updated = memory.firmware !== null && memory.firmware !== identity.firmware;
  if (firstContact || updated || memory.model !== identity.model)
    // Another firmware may have other calls: what was learned of the former one is forgotten and asked again.
    session.note({ ...identity, ...(updated ? { capabilities: null } : {}) });
  session.dealtWithToMeet = session.wire.dealtWith;
  if (isOverOnceMet(device)) await session.recovered();
  if (!updated) return;
  session.abilities.forget();
  await learnAbilities(session);
}

/**
 * What the device can do and hold, asked once and remembered. A device that does not say is tried.
 * @throws DeviceStoppedError
 */
export async function learnAbilities(session: Session): Promise<void> {
  if (session.device.memory.capabilities !== null) return;
  await meet(session);
  const { client, ask, abilities } = session;
  const label = (operation: string) => ({ operation, employeeNo: null, reason: 'capabilities' });
  const persons = await ask(label('readPersonCapabilities'), (call) => client.readPersonCapabilities(call));
  const known = saysNothing.has(persons.verdict.class) ? {} : session.valueOf(persons);
  const faces = await ask(label('readFaceCapabilities'), (call) => client.readFaceCapabilities(call));
  abilities.told({ ...known, ...(saysNothing.has(faces.verdict.class) ? {} : session.valueOf(faces)) });
}

/** Answers after which a device is simply one that does not tell. */
const saysNothing: ReadonlySet<string> = new Set(['unsupported', 'item', 'missing', 'unknown']);
