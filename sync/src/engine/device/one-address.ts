import { DeviceStoppedError, ADDRESS_TAKEN } from '../stop/device-stop.ts';
import { outranks } from './rivals.ts';
import type { Session } from './session.ts';

/**
 * Before the first call: of the rows with this address one is driven, or the terminal there would see two calls at once
 * before anybody could ask it who it is.
 * @throws DeviceStoppedError
 */
export async function checkAddress(session: Session): Promise<void> {
  const { device, parts, patience } = session;
  const others = await patience.run('look for other rows with this address', async () => {
    const deviceIds = await parts.addresses.othersAt(device);
    return deviceIds.length === 0 ? [] : parts.store.readDevices({ deviceIds });
  });
  const rivals = others.filter(({ status }) => status !== 'inactiv');
  if (rivals.length === 0) return;
  const winner = rivals.find((other) => outranks(other, device));
  if (winner === undefined) {
    // One that made way just now may have called a moment ago.
    session.wire.rest();
    return;
  }
  throw new DeviceStoppedError({
    kind: 'device',
    about: 'identity',
    code: ADDRESS_TAKEN,
    message: `Another row has the same address, ${device.host} with port ${device.port}: ${winner.name} (${winner.deviceId}). One terminal is driven by one row, so nothing is sent for this one. Correct ip_address and port of the row that means another terminal, or delete one of the two or set it to inactiv; this row is looked at again by itself.`,
    raw: null,
    unlockTimeS: null,
    sent: false,
  });
}
