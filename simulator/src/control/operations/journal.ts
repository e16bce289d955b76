import { z } from 'zod';
import type { Fleet } from '../../fleet-types.ts';
import type { JournalFilter } from '../../journal/journal.ts';
import { findDevice } from '../find-device.ts';
import { defineOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { journalEntry, journalQuery, nextRequestQuery, unknownRequest } from '../schemas.ts';

/** Different unknown requests that are listed. */
const MAX_UNKNOWN = 200;

function listUnknown(fleet: Fleet): z.infer<typeof unknownRequest>[] {
  const found = new Map<string, z.infer<typeof unknownRequest>>();
  for (const device of fleet.devices) {
    for (const entry of device.requests({ endpoint: null })) {
      if (entry.nearest === null) continue;
      const path = entry.target.split('?', 1)[0] ?? '';
      const key = `${device.id} ${entry.method} ${path}`;
      const known = found.get(key);
      if (known) {
        known.times += 1;
        known.lastAtMs = entry.startedAtMs;
      } else if (found.size < MAX_UNKNOWN)
        found.set(key, {
          deviceId: device.id,
          method: entry.method,
          path,
          nearest: entry.nearest,
          times: 1,
          lastAtMs: entry.startedAtMs,
        });
    }
  }
  return [...found.values()];
}

export const journalOperations = [
  defineOperation({
    id: 'list-requests',
    method: 'get',
    path: '/api/devices/{id}/requests',
    summary: 'The journal: what arrived and what was answered, secrets removed',
    query: journalQuery,
    answer: {
      status: 200,
      description: 'Oldest first; the newest `limit`, or with `after` the first `limit` after it',
      schema: z.array(journalEntry),
    },
    run: ({ fleet, params, query }) => ({
      status: 200,
      body: findDevice(fleet, params.id ?? '').requests(query as JournalFilter),
    }),
  }),
  defineOperation({
    id: 'next-request',
    method: 'get',
    path: '/api/devices/{id}/requests/next',
    summary: 'Wait for the next request that fits',
    query: nextRequestQuery,
    answer: { status: 200, description: 'The request, once it is over', schema: journalEntry },
    run: async ({ fleet, params, query, signal }) => {
      const { timeoutMs, includePast, ...filter } = query;
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const entry = await findDevice(fleet, params.id ?? '').waitForRequest(filter, {
          includePast: includePast === 'true',
          signal: AbortSignal.any([timeout, signal]),
        });
        return { status: 200, body: entry };
      } catch (error) {
        if (!timeout.aborted) throw error;
        throw new Problem(
          'nothing_arrived',
          `No request that fits ${JSON.stringify(filter)} came within ${timeoutMs} ms.`,
        );
      }
    },
  }),
  defineOperation({
    id: 'list-unknown-requests',
    method: 'get',
    path: '/api/unknown-requests',
    summary: 'Requests that no endpoint answers, with the nearest one that exists',
    answer: { status: 200, description: 'Each path once per device', schema: z.array(unknownRequest) },
    run: ({ fleet }) => ({ status: 200, body: listUnknown(fleet) }),
  }),
];
