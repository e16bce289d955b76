import type { Clock } from '../../clock.ts';
import { LeaseLostError } from '../store-errors.ts';
import type { Lease, TakenLease } from '../store.ts';
import type { Tables } from './tables.ts';

const isOpen = (state: string): boolean => state === 'queued' || state === 'running';

/** When the oldest open work of each device was asked for; a device in `eroare` whose probe is due counts as work. */
function devicesWithWork(tables: Tables, nowMs: number): Map<string, number> {
  const since = new Map<string, number>();
  for (const run of tables.runs.values())
    for (const leg of run.legs)
      if (isOpen(leg.state))
        since.set(leg.deviceId, Math.min(run.requestedAtMs, since.get(leg.deviceId) ?? Infinity));
  for (const { deviceId, status, memory } of tables.devices.values())
    if (status === 'eroare' && memory.nextProbeAtMs !== null && memory.nextProbeAtMs <= nowMs)
      since.set(deviceId, Math.min(memory.nextProbeAtMs, since.get(deviceId) ?? Infinity));
  return since;
}

export function createLeases(tables: Tables, clock: Clock) {
  return {
    take(owner: string, ttlMs: number, limit: number): TakenLease[] {
      const nowMs = clock.now();
      const waiting = [...devicesWithWork(tables, nowMs)]
        .filter(([deviceId]) => (tables.leases.get(deviceId)?.expiresAtMs ?? 0) <= nowMs)
        .sort(([idA, a], [idB, b]) => a - b || (idA < idB ? -1 : 1));
      return waiting.slice(0, limit).map(([deviceId]) => {
        const before = tables.leases.get(deviceId);
        const fence = (before?.fence ?? 0) + 1;
        const expiresAtMs = nowMs + ttlMs;
        tables.leases.set(deviceId, { owner, fence, expiresAtMs });
        return { deviceId, fence, expiresAtMs, abandoned: before !== undefined && before.owner !== null };
      });
    },

    renew(owner: string, leases: Lease[], ttlMs: number): Lease[] {
      const nowMs = clock.now();
      return leases.flatMap(({ deviceId, fence }) => {
        const row = tables.leases.get(deviceId);
        if (row?.fence !== fence || row.owner !== owner || row.expiresAtMs <= nowMs) return [];
        row.expiresAtMs = nowMs + ttlMs;
        return [{ deviceId, fence, expiresAtMs: row.expiresAtMs }];
      });
    },

    release({ deviceId, fence }: Lease, pauseMs: number): void {
      const row = tables.leases.get(deviceId);
      if (row?.fence !== fence || row.owner === null) return;
      row.owner = null;
      row.expiresAtMs = clock.now() + pauseMs;
    },

    /**
     * A lease that ran out but that nobody took still counts: what a device acknowledged must not be lost.
     * @throws LeaseLostError
     */
    check({ deviceId, fence }: Lease): void {
      const row = tables.leases.get(deviceId);
      if (row?.fence !== fence || row.owner === null) throw new LeaseLostError(deviceId);
    },
  };
}
