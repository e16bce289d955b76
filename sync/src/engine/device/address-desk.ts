import { deviceAddress } from '../../isapi/device-origin.ts';
import type { Device } from '../../model/device.ts';
import type { Store } from '../../store/store.ts';

/**
 * Which devices in use are at one address, for all lanes of an engine. How an address was typed is for the reader to
 * see through, so all of them are read; but lanes that ask at the same time share the question, and what is read is an
 * id and an address each.
 */
export interface AddressDesk {
  /** Ids of the other devices at the address of this one, read no earlier than asked. */
  othersAt(device: Device): Promise<string[]>;
}

type ByAddress = ReadonlyMap<string, string[]>;

export function createAddressDesk(store: Pick<Store, 'readAddresses'>): AddressDesk {
  /** Not begun yet: whoever asks joins it. */
  let next: Promise<ByAddress> | null = null;
  let before: Promise<unknown> = Promise.resolve();

  async function read(): Promise<ByAddress> {
    await before;
    next = null;
    const found = new Map<string, string[]>();
    for (const row of await store.readAddresses()) {
      const address = deviceAddress(row);
      if (address === null) continue;
      const there = found.get(address);
      if (there === undefined) found.set(address, [row.deviceId]);
      else there.push(row.deviceId);
    }
    return found;
  }

  function ask(): Promise<ByAddress> {
    if (next !== null) return next;
    next = read();
    const mine = next;
    // One at a time; one that failed is no reason not to ask again.
    before = mine.catch(() => undefined);
    return mine;
  }

  return {
    async othersAt(device) {
      const address = deviceAddress(device);
      if (address === null) return [];
      return ((await ask()).get(address) ?? []).filter((deviceId) => deviceId !== device.deviceId);
    },
  };
}
