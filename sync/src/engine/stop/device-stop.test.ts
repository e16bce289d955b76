import { describe, expect, test } from 'vitest';
import { blankMemory, type Device, type DeviceMemory } from '../../model/device.ts';
import { credentialsFingerprint } from '../../model/fingerprints.ts';
import {
  FAILURES_UNTIL_ERROR,
  findBar,
  isOverOnceMet,
  recoveryPatch,
  stopOf,
  stopPatch,
} from './device-stop.ts';
import { said } from '../testing/verdicts.ts';

const device = (memory: Partial<DeviceMemory> = {}, more: Partial<Device> = {}): Device => ({
  deviceId: 'd',
  name: 'Poarta',
  host: '192.0.2.1',
  port: 80,
  scheme: 'http',
  certificatePolicy: { mode: 'verify' },
  username: 'admin',
  password: 'secret',
  status: 'activ',
  siteId: null,
  timezone: null,
  ...more,
  memory: { ...blankMemory, ...memory },
});
const stop = (...input: Parameters<typeof said>) => stopOf(said(...input).verdict);
const NOW = 1_000_000;
const even = () => 0.5;

describe('what is written when a device is left', () => {
  test('a line that is down: probes with growing pauses, eroare after a few', () => {
    const patches = [0, 1, 2, 20].map((failures) =>
      stopPatch(device({ consecutiveFailures: failures }), stop('network'), NOW, even)!,
    );
    expect(patches.map(({ memory }) => (memory?.nextProbeAtMs ?? 0) - NOW)).toEqual([
      30_000, 60_000, 120_000, 1_800_000,
    ]);
    expect(patches.map(({ status }) => status)).toEqual([undefined, undefined, 'eroare', 'eroare']);
    expect(FAILURES_UNTIL_ERROR).toBe(3);
  });

  test.each(['busy', 'unknown'] as const)('%s: probed like a line that is down', (answer) => {
    const patch = stopPatch(device({ consecutiveFailures: 2 }), stop(answer), NOW, even);
    expect(patch).toMatchObject({ status: 'eroare', memory: { nextProbeAtMs: NOW + 120_000 } });
    expect(isOverOnceMet(device({ ...patch!.memory, nextProbeAtMs: NOW }))).toBe(false);
  });

  test('letting us in is enough after a lock or another terminal, and not after silence or rubbish', () => {
    const over = (memory: Partial<DeviceMemory>) => isOverOnceMet(device({ ...memory, nextProbeAtMs: NOW }));
    expect(over({ lockedUntilMs: NOW - 1 })).toBe(true);
    expect(over({ lastErrorCode: 'serial_changed' })).toBe(true);
    expect(over({ lastErrorCode: 'device_timeout' })).toBe(false);
    expect(over({ lastErrorCode: 'device_busy' })).toBe(false);
  });

  test.each(['full', 'unsupported'] as const)(
    '%s: it works, and says why not everybody is on it',
    (answer) => {
      const failing = device({ consecutiveFailures: 7, nextProbeAtMs: NOW }, { status: 'eroare' });
      expect(stopPatch(failing, stop(answer), NOW, even)).toMatchObject({
        status: 'activ',
        memory: { consecutiveFailures: 0, nextProbeAtMs: null, lastErrorCode: stop(answer).code },
      });
    },
  );

  test('refused credentials: their fingerprint, and eroare at once', () => {
    const patch = stopPatch(device(), stop('credentials'), NOW, even);
    expect(patch).toMatchObject({
      status: 'eroare',
      memory: {
        refusedCredentials: [credentialsFingerprint(device())],
        lockedUntilMs: null,
        nextProbeAtMs: null,
      },
    });
    expect(JSON.stringify(patch)).not.toContain('secret');
  });

  test('what was known beforehand teaches nothing', () => {
    const barred = device({ lockedUntilMs: NOW + 5000 });
    expect(stopPatch(barred, findBar(barred, NOW)!, NOW, even)).toBeNull();
  });

  test('a full device is its own matter; rubbish and rights are fatal', () => {
    expect(stop('full').kind).toBe('device');
    expect(stop('unsupported').kind).toBe('device');
    expect(stop('unknown')).toMatchObject({ kind: 'fatal', raw: 'rubbish' });
    expect(stop('busy').kind).toBe('fatal');
  });
});

describe('what keeps a device from being asked', () => {
  test('refused credentials, until they change', () => {
    const refused = device({ refusedCredentials: [credentialsFingerprint(device())] });
    expect(findBar(refused, NOW)).toMatchObject({ code: 'device_credentials_refused', sent: false });
    expect(findBar({ ...refused, password: 'new' }, NOW)).toBeNull();
    expect(findBar({ ...refused, username: 'sync' }, NOW)).toBeNull();
  });

  test('a lock, until it has run out', () => {
    const locked = device({ lockedUntilMs: NOW + 1 });
    expect(findBar(locked, NOW)).toMatchObject({ code: 'device_account_locked', unlockTimeS: 1 });
    expect(findBar(locked, NOW + 1)).toBeNull();
  });
});

test('a device that works again forgets all of it; one that never failed is not written', () => {
  expect(recoveryPatch(device())).toBeNull();
  expect(recoveryPatch(device({ lockedUntilMs: 5 }))).toMatchObject({
    status: 'activ',
    memory: { lockedUntilMs: null, refusedCredentials: [], consecutiveFailures: 0, lastErrorCode: null },
  });
  expect(recoveryPatch(device({}, { status: 'eroare' }))).toMatchObject({ status: 'activ' });
});

describe('a lock told by the challenge alone', () => {
  const locked = stop('credentials', {
    code: 'device_account_locked',
    unlockTimeS: 60,
    delivery: 'not-sent',
  });

  test('says nothing of the password, however often, and the device comes back by itself', () => {
    const again = device({ lockedUntilMs: NOW - 1 });
    const { memory } = stopPatch(again, locked, NOW, even)!;
    expect(memory).toMatchObject({ lockedUntilMs: NOW + 65_000, nextProbeAtMs: NOW + 65_000 });
    expect(memory).not.toHaveProperty('refusedCredentials');
  });

  test('without its time it is taken for the usual half hour', () => {
    const patch = stopPatch(device(), { ...locked, unlockTimeS: null }, NOW, even);
    expect(patch!.memory!.lockedUntilMs).toBe(NOW + 1_805_000);
  });
});

test('a lock that our login began is its refusal; one of unknown cause is tried once more after it', () => {
  const locked = stop('credentials', { code: 'device_account_locked', unlockTimeS: 60 });
  const ours = stopPatch(device(), { ...locked, tookLastTry: true }, NOW, even)!.memory!;
  expect(ours.refusedCredentials).toEqual([credentialsFingerprint(device())]);
  expect(ours).toMatchObject({ lockedUntilMs: NOW + 65_000, nextProbeAtMs: null });
  const unknown = stopPatch(device(), locked, NOW, even)!.memory!;
  expect(unknown).not.toHaveProperty('refusedCredentials');
});

test('a counted login is a refusal although its challenge said locked', () => {
  const counted = stop('credentials', {
    code: 'device_login_counted',
    unlockTimeS: 60,
    delivery: 'not-sent',
  });
  expect(stopPatch(device(), counted, NOW, even)!.memory!.refusedCredentials).toEqual([
    credentialsFingerprint(device()),
  ]);
});

test('an unclear login is final where the device tells nothing, and asked again where only the challenge was garbled', () => {
  const unclear = stop('credentials', { code: 'device_login_unclear', delivery: 'not-sent' });
  const mute = stopPatch(device(), unclear, NOW, even)!;
  expect(mute).toMatchObject({
    status: 'eroare',
    memory: { refusedCredentials: [credentialsFingerprint(device())], nextProbeAtMs: null },
  });
  // The bar says why.
  expect(findBar(device(mute.memory), NOW)).toMatchObject({ code: 'device_login_unclear' });
  const garbled = stopPatch(device({ loginTriesLeft: 5 }), unclear, NOW, even)!;
  expect(garbled.memory).not.toHaveProperty('refusedCredentials');
  expect(garbled.memory!.nextProbeAtMs).toBe(NOW + 30_000);
});
