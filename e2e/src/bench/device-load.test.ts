import type { JournalEntry } from '@pontaj/simulator';
import { describe, expect, test } from 'vitest';
import type { DeviceHandle } from '../stack/stack.ts';
import { deviceLoad, leastMs } from './device-load.ts';

function deviceWith(...entries: Partial<JournalEntry>[]): DeviceHandle {
  const journal = entries.map((entry, index) => ({ sequence: index + 1, ...entry }));
  return { name: 'Poarta 1', requests: () => Promise.resolve(journal) } as unknown as DeviceHandle;
}

const challenge = { auth: 'none', startedAtMs: 1000, endedAtMs: 1002 };
const answer = { auth: 'ok', startedAtMs: 1005, endedAtMs: 1055 };

describe('deviceLoad', () => {
  test('a challenge and its signed request are one call, and both take time', async () => {
    expect(await deviceLoad(deviceWith(challenge, answer))).toEqual({
      calls: 1,
      busyMs: 52,
      lastEndMs: 1055,
    });
  });
  test('a terminal nobody asked was not busy', async () => {
    expect(await deviceLoad(deviceWith())).toEqual({ calls: 0, busyMs: 0, lastEndMs: 0 });
  });
  test('a request that never ended takes no time', async () => {
    expect((await deviceLoad(deviceWith({ ...answer, endedAtMs: null }))).busyMs).toBe(0);
  });
  test('a journal that has forgotten its beginning is refused', async () => {
    await expect(deviceLoad(deviceWith({ ...challenge, sequence: 2 }))).rejects.toThrow(
      /Poarta 1.*Bench fewer employees/,
    );
  });
});

test('leastMs: every call with its pause, and the time of the answers', () => {
  expect(leastMs({ calls: 4, busyMs: 200, lastEndMs: 0 }, 500)).toBe(2200);
});
