import { describe, expect, it } from 'vitest';
import { SerialTakenError } from '../store-errors.ts';
import type { Store } from '../store.ts';
import { SITE, only } from './samples.ts';
import type { SuiteTools } from './tools.ts';

/** What the engine relies on about devices. */
export function describeDevices(t: SuiteTools): void {
  describe('devices', () => {
    it('are found by id, site and status together', async () => {
      const here = await t.addDevice('activ', SITE);
      const off = await t.addDevice('inactiv', SITE);
      const elsewhere = await t.addDevice('activ');
      const deviceIds = [here, off, elsewhere];
      const ids = async (filter: Parameters<Store['readDevices']>[0]) =>
        (await t.store.readDevices(filter)).map(({ deviceId }) => deviceId);
      expect((await ids({ deviceIds })).toSorted()).toEqual(deviceIds.toSorted());
      expect((await ids({ deviceIds, siteId: null })).toSorted()).toEqual(deviceIds.toSorted());
      expect(await ids({ deviceIds, siteId: SITE, statuses: ['activ', 'eroare'] })).toEqual([here]);
      expect(await ids({ deviceIds: [] })).toEqual([]);
    });

    it('tell where they are, as far as they are in use', async () => {
      const address = { host: 'Gate.Local', port: 8000 };
      const add = (status: 'activ' | 'inactiv' | 'eroare') =>
        t.harness.addDevice({ name: 'Poarta', status, siteId: null, address });
      const used = [await add('activ'), await add('eroare')];
      await add('inactiv');
      const found = (await t.store.readAddresses()).filter(({ host }) => host === address.host);
      expect(found.toSorted((a, b) => used.indexOf(a.deviceId) - used.indexOf(b.deviceId))).toEqual(
        used.map((deviceId) => ({ deviceId, ...address })),
      );
    });

    it('keep what the daemon remembers of them, key by key', async () => {
      const deviceId = await t.addDevice();
      await t.createRun(deviceId);
      const held = await t.leased(deviceId);
      const memory = {
        serialNumber: 'S1',
        capabilities: {
          personSetUp: 'yes',
          personSearch: 'no',
          faceLibrary: 'unsure',
          faceSetUp: 'unknown',
          faceSearch: 'yes',
          faceDelete: 'fd-delete',
          maxPersons: 500,
          maxFaces: null,
          searchPageSize: 30,
        },
        faceDelivery: 'upload',
        refusedCredentials: ['abc', 'def'],
        provenCredentials: 'def',
        unsettledCredentials: 'ghi',
        loginTriesLeft: 4,
        lockedUntilMs: 1_760_000_000_000,
        consecutiveFailures: 3,
        lastErrorCode: 'device_unreachable',
        strangers: 3,
      } as const;
      await t.store.writeDevice(held, { status: 'eroare', memory });
      await t.store.writeDevice(held, { memory: { model: 'K1T342', lockedUntilMs: null } });
      const device = only(await t.store.readDevices({ deviceIds: [deviceId] }));
      expect(device.status).toBe('eroare');
      expect(device.memory).toMatchObject({ ...memory, model: 'K1T342', lockedUntilMs: null });
    });

    it('have their serial number alone, as far as they are in use', async () => {
      const first = await t.addDevice();
      await t.createRun(first);
      const one = await t.leased(first);
      const second = await t.addDevice();
      await t.createRun(second);
      const two = await t.leased(second);
      const memory = { serialNumber: `S of ${first}` };
      await t.store.writeDevice(one, { memory });
      // The same again is nothing new.
      await t.store.writeDevice(one, { memory: { ...memory, model: 'M' } });
      await expect(
        t.store.writeDevice(two, { status: 'eroare', memory: { ...memory, model: 'M' } }),
      ).rejects.toBeInstanceOf(SerialTakenError);
      const refused = only(await t.store.readDevices({ deviceIds: [second] }));
      expect(refused).toMatchObject({ status: 'activ', memory: { serialNumber: null, model: null } });
      const having = async () =>
        (await t.store.readDevices({ ...memory, statuses: ['activ', 'eroare'] })).map(
          ({ deviceId }) => deviceId,
        );
      expect(await having()).toEqual([first]);
      await t.harness.deactivateDevice(first);
      await t.store.writeDevice(two, { memory });
      expect(await having()).toEqual([second]);
    });

    it('move the time of their last sync forward only', async () => {
      const deviceId = await t.addDevice();
      await t.createRun(deviceId);
      const held = await t.leased(deviceId);
      await t.store.writeDevice(held, { memory: { lastSyncedAtMs: 2_000 } });
      await t.store.writeDevice(held, { memory: { lastSyncedAtMs: 1_000 } });
      const device = only(await t.store.readDevices({ deviceIds: [deviceId] }));
      expect(device.memory.lastSyncedAtMs).toBe(2_000);
    });

    it('stay switched off when people switched them off', async () => {
      const deviceId = await t.addDevice('inactiv');
      await t.createRun(deviceId);
      await t.store.writeDevice(await t.leased(deviceId), { status: 'activ' });
      expect(only(await t.store.readDevices({ deviceIds: [deviceId] })).status).toBe('inactiv');
    });
  });
}
