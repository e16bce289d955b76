import { describe, expect, it } from 'vitest';
import type { Traits } from '../profiles/traits.ts';
import { Accounts, type AccountSeed } from './accounts.ts';

const traits = {
  lockAfter: 5,
  lockSeconds: 1800,
  lockPer: 'address',
  tryingWhileLocked: 'goes-on',
  successResetsCounter: true,
} as Traits;
const clock = { now: () => 0, sleep: () => Promise.resolve() };
const admin: AccountSeed = { username: 'admin', password: 'a', privilege: 'admin' };
const guest: AccountSeed = { username: 'guest', password: 'g', privilege: 'user' };

const make = (accounts = [admin, guest]) => new Accounts({ traits, clock, accounts });

describe('Accounts', () => {
  it('finds by name, upper and lower case apart', () => {
    expect(make().find('admin')?.password).toBe('a');
    expect(make().find('Admin')).toBeUndefined();
  });

  it('gives another object with a new password, and refuses an unknown user', () => {
    const accounts = make();
    const before = accounts.find('admin');
    accounts.changePassword('admin', 'b');
    expect(accounts.find('admin')).toEqual({ ...admin, password: 'b' });
    expect(accounts.find('admin')).not.toBe(before);
    expect(() => {
      accounts.changePassword('nobody', 'x');
    }).toThrow('No account "nobody" on this terminal; known: admin, guest.');
  });

  it('is activated by the password of an administrator, not by that of a guest', () => {
    const accounts = make();
    accounts.activated = false;
    accounts.changePassword('guest', 'x');
    expect(accounts.activated).toBe(false);
    accounts.changePassword('admin', 'x');
    expect(accounts.activated).toBe(true);
  });

  it.each([
    ['admin', [true, true, true]],
    ['operator', [true, true, false]],
    ['user', [true, false, false]],
  ] as const)('%s may read, write, administer: %j', (privilege, rights) => {
    const account = { ...guest, privilege };
    expect((['read', 'write', 'admin'] as const).map((need) => make().may(account, need))).toEqual(rights);
  });

  it('needs an administrator to be spoken for', () => {
    expect(() => make([guest]).primary).toThrow('no administrator');
    expect(make([guest, admin]).primary.username).toBe('admin');
  });

  it('is bounded', () => {
    const accounts = make();
    for (let count = 0; count < 30; count += 1) accounts.set({ ...guest, username: `u${count}` });
    expect(() => {
      accounts.set({ ...guest, username: 'one-more' });
    }).toThrow('at most 32 accounts');
    accounts.set({ ...guest, password: 'replaced' });
    expect(accounts.find('guest')?.password).toBe('replaced');
  });

  it('comes back from a snapshot with its lock, and from clear as it was made', () => {
    const accounts = make();
    accounts.changePassword('admin', 'b');
    accounts.lock.failed({ address: 'x', userName: 'admin' });
    const copy = make();
    copy.restore(structuredClone(accounts.snapshot()));
    expect(copy.find('admin')?.password).toBe('b');
    expect(copy.lock.state({ address: 'x', userName: null }).retryLoginTime).toBe(4);
    copy.clear();
    expect(copy.find('admin')?.password).toBe('a');
    expect(copy.lock.state({ address: 'x', userName: null }).retryLoginTime).toBe(5);
  });
});
