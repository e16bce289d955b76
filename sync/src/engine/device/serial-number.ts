import type { Device } from '../../model/device.ts';
import { SerialTakenError } from '../../store/store-errors.ts';
import { DeviceStoppedError, SERIAL_CHANGED, SERIAL_TAKEN, type DeviceStop } from '../stop/device-stop.ts';
import { outranks } from './rivals.ts';
import type { Session } from './session.ts';

/** Stops about which terminal it is: only people know which of two is meant. */
const stop = (code: string, message: string): DeviceStoppedError => {
  const about: DeviceStop = {
    kind: 'fatal',
    about: 'identity',
    code,
    message,
    raw: null,
    unlockTimeS: null,
    sent: true,
  };
  return new DeviceStoppedError(about);
};

const changed = (found: string, expected: string): DeviceStoppedError =>
  stop(
    SERIAL_CHANGED,
    `Another terminal answers at this address: serial number ${found}, expected ${expected}. Correct ip_address, or accept the new terminal, so that nobody's face goes to the wrong one.`,
  );

const taken = (session: Session, serialNumber: string, other: Device | undefined): DeviceStoppedError =>
  stop(
    SERIAL_TAKEN,
    `The terminal with serial number ${serialNumber} is another row already: ${other === undefined ? 'look for it in dispozitive_pontaj' : `${other.name} (${other.deviceId})`}. One terminal is driven by one row, so nothing is sent for this one. Delete one of the two or set it to inactiv; if this row means another terminal, correct ip_address and run "devices accept-serial ${session.deviceId}".`,
  );

async function othersWith(session: Session, serialNumber: string): Promise<Device[]> {
  const devices = await session.patience.run('look for the terminal under another row', () =>
    session.parts.store.readDevices({ serialNumber, statuses: ['activ', 'eroare'] }),
  );
  return devices.filter(({ deviceId }) => deviceId !== session.deviceId);
}

/**
 * Before the first call: the terminal this row remembers must not be driven by another row at the same time.
 * @throws DeviceStoppedError
 */
export async function checkRemembered(session: Session): Promise<void> {
  const { serialNumber } = session.device.memory;
  if (serialNumber === null) return;
  const rival = (await othersWith(session, serialNumber)).find((other) => outranks(other, session.device));
  if (rival !== undefined) throw taken(session, serialNumber, rival);
}

/**
 * The terminal that answers must be the one this row means. At first contact it becomes that, unless another row has it:
 * of two that meet it at the same moment the database lets one have it.
 * @throws DeviceStoppedError
 */
export async function claim(session: Session, serialNumber: string): Promise<void> {
  const { memory } = session.device;
  if (memory.serialNumber !== null) {
    if (memory.serialNumber !== serialNumber) throw changed(serialNumber, memory.serialNumber);
    return;
  }
  // Apart from what else is to be written: that stays true whoever has the terminal.
  await session.flushNotes();
  try {
    await session.remember({ memory: { serialNumber } });
  } catch (error) {
    if (!(error instanceof SerialTakenError)) throw error;
    memory.serialNumber = null;
    throw taken(session, serialNumber, (await othersWith(session, serialNumber))[0]);
  }
}
