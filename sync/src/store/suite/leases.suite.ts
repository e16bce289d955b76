import { describe, expect, it } from 'vitest';
import { LeaseLostError } from '../store-errors.ts';
import { TTL_MS, line, only, progress, scopeOf, tracked } from './samples.ts';
import type { SuiteTools } from './tools.ts';

/** What the engine relies on about leases. */
export function describeLeases(t: SuiteTools): void {
  describe('leases', () => {
    it('are given for devices with open legs only, to one owner', async () => {
      const idle = await t.addDevice();
      const busy = await t.addDevice();
      await t.createRun(busy);
      const taken = await t.store.leaseDevicesWithWork('daemon-a', TTL_MS, 1_000);
      expect(taken.map(({ deviceId }) => deviceId)).toContain(busy);
      expect(taken.map(({ deviceId }) => deviceId)).not.toContain(idle);
      expect(await t.lease(busy, 'daemon-b')).toBeUndefined();
      expect(await t.lease(busy, 'daemon-a')).toBeUndefined();
    });

    it('go to exactly one of many that ask at once, and no more than asked for', async () => {
      const devices = await Promise.all([1, 2, 3, 4].map(() => t.addDevice()));
      for (const deviceId of devices) await t.createRun(deviceId);
      const owners = ['a', 'b', 'c', 'd'].map((name) => `daemon-${name}`);
      const taken = await Promise.all(
        owners.map((owner) => t.store.leaseDevicesWithWork(owner, TTL_MS, 1_000)),
      );
      const ids = taken.flat().map(({ deviceId }) => deviceId);
      expect(ids.filter((id) => devices.includes(id)).toSorted()).toEqual(devices.toSorted());

      const [one, two] = [await t.addDevice(), await t.addDevice()];
      await t.createRun(one);
      await t.createRun(two);
      expect(await t.store.leaseDevicesWithWork('daemon-a', TTL_MS, 1)).toHaveLength(1);
    });

    it('pass on with a greater fence once they ran out, and the old holder can neither renew nor write', async () => {
      const deviceId = await t.addDevice();
      const runId = await t.createRun(deviceId);
      const old = await t.leased(deviceId, 'daemon-a');
      await t.harness.expireLease(deviceId);
      const current = await t.leased(deviceId, 'daemon-b');
      expect(current.fence).toBeGreaterThan(old.fence);

      expect(await t.store.renewLeases('daemon-a', [old], TTL_MS)).toEqual([]);
      const lost = new LeaseLostError(deviceId);
      const outcome = { runId, line: line(deviceId, 700_001), tracking: tracked(deviceId, 700_001) };
      await expect(t.store.writeOutcomes(old, [outcome], [progress(runId)])).rejects.toEqual(lost);
      await expect(t.store.writeTracking(old, [outcome.tracking])).rejects.toEqual(lost);
      await expect(t.store.writeDevice(old, { status: 'eroare' })).rejects.toEqual(lost);
      expect(await t.store.readLines(runId, null, 10)).toEqual([]);
      expect((await t.store.readTracking(deviceId, null, 10)).rows).toEqual([]);

      await t.store.releaseLease(old, 0);
      expect(only(await t.store.renewLeases('daemon-b', [current], TTL_MS))).toMatchObject({
        deviceId,
        fence: current.fence,
      });
    });

    it('that ran out but that nobody took still admit the result of the last call', async () => {
      const deviceId = await t.addDevice();
      const runId = await t.createRun(deviceId);
      const held = await t.leased(deviceId);
      await t.harness.expireLease(deviceId);
      await t.store.writeOutcomes(held, [{ runId, line: line(deviceId, 700_001), tracking: null }], []);
      expect(await t.store.readLines(runId, null, 10)).toHaveLength(1);
    });

    it('tell whether the holder before never gave the device back', async () => {
      const deviceId = await t.addDevice();
      await t.createRun(deviceId);
      const taken = async (owner: string) => {
        const lease = await t.lease(deviceId, owner);
        return lease === undefined ? null : { lease, abandoned: lease.abandoned };
      };
      expect((await taken('daemon-a'))?.abandoned).toBe(false);
      await t.harness.expireLease(deviceId);
      const second = await taken('daemon-b');
      expect(second?.abandoned).toBe(true);
      if (second !== null) await t.store.releaseLease(second.lease, 0);
      expect((await taken('daemon-a'))?.abandoned).toBe(false);
    });

    it('given back leave the device to rest for the pause', async () => {
      const deviceId = await t.addDevice();
      await t.createRun(deviceId);
      const held = await t.leased(deviceId, 'daemon-a');
      await t.store.releaseLease(held, TTL_MS);
      expect(await t.lease(deviceId, 'daemon-b')).toBeUndefined();
      await t.harness.expireLease(deviceId);
      const next = await t.leased(deviceId, 'daemon-b');
      expect(next.fence).toBeGreaterThan(held.fence);
      await expect(t.store.writeDevice(held, { status: 'activ' })).rejects.toThrow(LeaseLostError);
    });

    it('show the open legs: single employees first, then by age', async () => {
      const deviceId = await t.addDevice();
      const { employeeId } = await t.addEmployee();
      const bulk = await t.createRun(deviceId);
      const full = await t.createRun(deviceId, { mode: 'full' });
      const single = await t.createRun(deviceId, { kind: 'sync-angajat-device', employeeId });
      const held = await t.leased(deviceId);
      const legs = await t.store.readOpenLegs(held);
      expect(legs.map(({ runId }) => runId)).toEqual([single, bulk, full]);
      expect(legs[0]?.scope).toEqual(scopeOf(deviceId, { kind: 'sync-angajat-device', employeeId }));
      await t.store.writeOutcomes(held, [], [progress(bulk, { state: 'ok' })]);
      const left = (await t.store.readOpenLegs(held)).map(({ runId }) => runId);
      expect(left).toEqual([single, full]);
    });

    it('are given for a device in eroare whose next try is due, without any run', async () => {
      const deviceId = await t.addDevice();
      const runId = await t.createRun(deviceId);
      const held = await t.leased(deviceId);
      const due = { status: 'eroare', memory: { nextProbeAtMs: 1_000 } } as const;
      await t.store.writeDevice(held, due);
      await t.store.writeOutcomes(held, [], [progress(runId, { state: 'stopped' })]);
      await t.harness.expireLease(deviceId);
      expect(await t.lease(deviceId)).toBeDefined();
    });

    it('are given for a device in eroare whose password was corrected, once it is not locked', async () => {
      const stopped = async (lockedUntilMs: number | null) => {
        const deviceId = await t.addDevice();
        const runId = await t.createRun(deviceId);
        const held = await t.leased(deviceId);
        await t.store.writeDevice(held, { status: 'eroare', memory: { lockedUntilMs } });
        await t.store.writeOutcomes(held, [], [progress(runId, { state: 'stopped' })]);
        await t.harness.expireLease(deviceId);
        expect(await t.lease(deviceId)).toBeUndefined();
        await t.harness.changePassword(deviceId, 'Alta-parola-2');
        return deviceId;
      };
      expect(await t.lease(await stopped(null))).toBeDefined();
      expect(await t.lease(await stopped(Date.UTC(2100, 0, 1)))).toBeUndefined();
    });
  });
}
