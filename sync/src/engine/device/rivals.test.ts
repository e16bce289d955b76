import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blankMemory, type Device, type DeviceMemory } from '../../model/device.ts';
import { credentialsFingerprint } from '../../model/fingerprints.ts';
import { deviceRow } from '../../store/memory/tables.ts';
import { outranks } from './rivals.ts';

const row = (deviceId: string, memory: Partial<DeviceMemory> = {}): Device =>
  deviceRow({ deviceId, memory: { ...blankMemory, ...memory } });
const refused = (deviceId: string) => credentialsFingerprint(row(deviceId));

const anyRow = (deviceId: string) =>
  fc
    .record({
      serialNumber: fc.constantFrom(null, 'S1', 'S2'),
      lastSyncedAtMs: fc.constantFrom(null, 1, 2),
      consecutiveFailures: fc.nat(3),
      lastErrorCode: fc.constantFrom(null, 'serial_changed', 'address_taken', 'device_timeout'),
      refusedCredentials: fc.constantFrom([], [refused(deviceId)], ['former']),
    })
    .map((memory) => row(deviceId, memory));

test('of rows at one terminal exactly one is outranked by nobody', () => {
  fc.assert(
    fc.property(anyRow('a'), anyRow('b'), anyRow('c'), (...rows) => {
      const first = rows.filter((mine) => !rows.some((other) => other !== mine && outranks(other, mine)));
      expect(first).toHaveLength(1);
    }),
  );
});

describe('goes on', () => {
  test.each<[string, Device, Device]>([
    [
      'who has a terminal, however often it failed',
      row('b', { serialNumber: 'S', consecutiveFailures: 9 }),
      row('a'),
    ],
    [
      'who was brought in step last',
      row('b', { serialNumber: 'S', lastSyncedAtMs: 2 }),
      row('a', { serialNumber: 'S', lastSyncedAtMs: 1 }),
    ],
    ['who may reach it, of two that never did', row('b'), row('a', { consecutiveFailures: 1 })],
    [
      'whose password was not refused',
      row('b'),
      row('a', { serialNumber: 'S', refusedCredentials: [refused('a')] }),
    ],
    [
      'whose password was refused and then corrected',
      row('b', { serialNumber: 'S', refusedCredentials: ['of the former password'] }),
      row('a'),
    ],
    [
      'who was not told of another terminal',
      row('b'),
      row('a', { serialNumber: 'S', lastErrorCode: 'serial_changed' }),
    ],
  ])('%s', (_, first, second) => {
    expect(outranks(first, second)).toBe(true);
    expect(outranks(second, first)).toBe(false);
  });
});
