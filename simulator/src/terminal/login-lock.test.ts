import { describe, expect, it } from 'vitest';
import type { Traits } from '../profiles/traits.ts';
import { LoginLock } from './login-lock.ts';

const traits: Pick<
  Traits,
  'lockAfter' | 'lockSeconds' | 'lockPer' | 'tryingWhileLocked' | 'successResetsCounter'
> = {
  lockAfter: 5,
  lockSeconds: 1800,
  lockPer: 'address',
  tryingWhileLocked: 'restarts-countdown',
  successResetsCounter: true,
};

function makeLock(changes: Partial<typeof traits> = {}) {
  let nowMs = 1_000;
  const clock = { now: () => nowMs, sleep: () => Promise.resolve() };
  const lock = new LoginLock({ traits: { ...traits, ...changes } as Traits, clock });
  return { lock, advance: (ms: number) => (nowMs += ms) };
}

const caller = { address: '192.0.2.1', userName: 'admin' };
const fail = (lock: LoginLock, times: number, who = caller) =>
  Array.from({ length: times }, () => lock.failed(who)).at(-1);

describe('LoginLock', () => {
  it('counts down to the lock', () => {
    const { lock } = makeLock();
    expect(lock.state(caller)).toEqual({ state: 'unlock', unlockTimeS: 0, retryLoginTime: 5 });
    expect(fail(lock, 4)).toEqual({ state: 'unlock', unlockTimeS: 0, retryLoginTime: 1 });
    expect(lock.isLocked(caller)).toBe(false);
    expect(fail(lock, 1)).toEqual({ state: 'lock', unlockTimeS: 1800, retryLoginTime: 0 });
    expect(lock.isLocked(caller)).toBe(true);
  });

  it('ends by itself, and then all tries are back', () => {
    const { lock, advance } = makeLock();
    fail(lock, 5);
    advance(1_799_001);
    expect(lock.state(caller).unlockTimeS).toBe(1);
    advance(999);
    expect(lock.state(caller)).toEqual({ state: 'unlock', unlockTimeS: 0, retryLoginTime: 5 });
  });

  it.each([
    ['restarts-countdown', 1800],
    ['goes-on', 800],
  ] as const)('tried while locked: %s', (tryingWhileLocked, left) => {
    const { lock, advance } = makeLock({ tryingWhileLocked });
    fail(lock, 5);
    advance(1_000_000);
    lock.triedWhileLocked(caller);
    expect(lock.state(caller).unlockTimeS).toBe(left);
  });

  it('by address shuts out everybody behind it, and nobody elsewhere', () => {
    const { lock } = makeLock();
    fail(lock, 5);
    expect(lock.isLocked({ ...caller, userName: 'other' })).toBe(true);
    expect(lock.isLocked({ ...caller, address: '192.0.2.2' })).toBe(false);
  });

  it('by user follows the name, and cannot count a nameless one', () => {
    const { lock } = makeLock({ lockPer: 'user' });
    fail(lock, 5);
    expect(lock.isLocked({ ...caller, address: '192.0.2.2' })).toBe(true);
    expect(lock.isLocked({ ...caller, userName: 'other' })).toBe(false);
    expect(lock.failed({ ...caller, userName: null }).retryLoginTime).toBe(5);
  });

  it('forgets bad logins after a good one, where the model does', () => {
    for (const [successResetsCounter, left] of [
      [true, 5],
      [false, 3],
    ] as const) {
      const { lock } = makeLock({ successResetsCounter });
      fail(lock, 2);
      lock.succeeded(caller);
      expect(lock.state(caller).retryLoginTime).toBe(left);
    }
  });

  it('follows its settings: fewer tries, shorter, off', () => {
    const { lock } = makeLock();
    lock.change({ maxTries: 2, lockSeconds: 10 });
    fail(lock, 2);
    expect(lock.state(caller)).toEqual({ state: 'lock', unlockTimeS: 10, retryLoginTime: 0 });
    lock.change({ enabled: false });
    expect(lock.isLocked(caller)).toBe(false);
    fail(lock, 10);
    expect(lock.isLocked(caller)).toBe(false);
    expect(lock.settings).toEqual({ enabled: false, maxTries: 2, lockSeconds: 10 });
  });

  it('remembers a bounded number of callers, the latest', () => {
    const { lock } = makeLock();
    fail(lock, 5);
    for (let count = 0; count < 256; count += 1) fail(lock, 1, { ...caller, address: `a${count}` });
    expect(lock.isLocked(caller)).toBe(false);
    expect(lock.state({ ...caller, address: 'a255' }).retryLoginTime).toBe(4);
  });

  it('comes back from a snapshot and loses its callers with the power', () => {
    const { lock } = makeLock();
    lock.change({ lockSeconds: 60 });
    fail(lock, 5);
    const { lock: copy } = makeLock();
    copy.restore(structuredClone(lock.snapshot()));
    expect(copy.state(caller)).toEqual({ state: 'lock', unlockTimeS: 60, retryLoginTime: 0 });
    copy.clearEntries();
    expect(copy.isLocked(caller)).toBe(false);
    expect(copy.settings.lockSeconds).toBe(60);
    copy.clear();
    expect(copy.settings.lockSeconds).toBe(1800);
  });
});
