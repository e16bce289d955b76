import { expect, test } from 'vitest';
import type { Device, DeviceAddress } from '../../model/device.ts';
import { createMemoryStore } from '../../store/memory/memory-store.ts';
import { createVirtualClock } from '../../testing/virtual-clock.ts';
import { createAddressDesk } from './address-desk.ts';

const rows: DeviceAddress[] = [
  { deviceId: 'a', host: 'Gate.Local', port: 80 },
  { deviceId: 'b', host: 'gate.local', port: 80 },
  { deviceId: 'c', host: 'gate.local', port: 443 },
  { deviceId: 'd', host: '', port: 80 },
  { deviceId: 'e', host: '', port: 80 },
];
const store = createMemoryStore({ clock: createVirtualClock() });
for (const row of rows) store.admin.putDevice(row);
const device = (deviceId: string): Device => store.admin.device(deviceId)!;

/** A desk whose questions are answered by the test. */
function desk() {
  const asked: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const readAddresses = () =>
    new Promise<DeviceAddress[]>((resolve, reject) => {
      asked.push({
        reject,
        resolve: () => {
          resolve(rows);
        },
      });
    });
  return { asked, desk: createAddressDesk({ readAddresses }) };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('lanes that ask at the same time share a question; one that asks later gets a later answer', async () => {
  const { asked, desk: addresses } = desk();
  const first = [addresses.othersAt(device('a')), addresses.othersAt(device('c'))];
  await settled();
  expect(asked).toHaveLength(1);
  const later = [addresses.othersAt(device('b')), addresses.othersAt(device('b'))];
  asked[0]!.resolve();
  expect(await Promise.all(first)).toEqual([['b'], []]);
  await settled();
  expect(asked).toHaveLength(2);
  asked[1]!.resolve();
  expect(await Promise.all(later)).toEqual([['a'], ['a']]);
});

test('a question that failed is asked again', async () => {
  const { asked, desk: addresses } = desk();
  const failed = addresses.othersAt(device('a'));
  await settled();
  asked[0]!.reject(new Error('away'));
  await expect(failed).rejects.toThrow('away');
  const again = addresses.othersAt(device('a'));
  await settled();
  asked[1]!.resolve();
  expect(await again).toEqual(['b']);
});

test('what is no address is shared with nobody', async () => {
  const { asked, desk: addresses } = desk();
  expect(await addresses.othersAt(device('d'))).toEqual([]);
  expect(asked).toHaveLength(0);
});
