import type { DeviceIdentity } from '../device-client.ts';
import { findField, textOf } from '../fields.ts';
import { type Operation, readPayloadAnswer } from './operation.ts';

/** Who is at this address. XML on every model, whatever is asked for. */
export const readIdentity: Operation<DeviceIdentity> = {
  request: { method: 'GET', path: '/ISAPI/System/deviceInfo' },
  read: (answer) => readPayloadAnswer(answer, readDeviceInfo),
};

function readDeviceInfo(document: unknown): DeviceIdentity | null {
  const text = (name: string): string => textOf(findField(document, name))?.trim() ?? '';
  const serialNumber = text('serialNumber');
  // Without a serial number the terminal cannot be told from another one.
  return serialNumber === ''
    ? null
    : { serialNumber, model: text('model'), firmware: text('firmwareVersion') };
}
