import type { Clock } from '../clock.ts';
import type { Traits } from '../profiles/traits.ts';
import { LoginLock, type LoginLockSnapshot } from './login-lock.ts';

type Privilege = 'admin' | 'operator' | 'user';

export interface AccountSeed {
  username: string;
  password: string;
  privilege: Privilege;
}

/** Never changed in place: a new password makes a new object, so that whatever was derived from it can hang on it. */
export type Account = Readonly<AccountSeed>;

export interface AccountsSnapshot {
  accounts: AccountSeed[];
  activated: boolean;
  lock: LoginLockSnapshot;
}

/** Accounts a terminal can keep; more is a mistake of the caller. Assumed: manuals name 32 users for access terminals' web page. */
const MAX_ACCOUNTS = 32;

/** What each kind of account may do. Assumed: operators change, users look. */
const RIGHTS: Record<Privilege, readonly ('read' | 'write' | 'admin')[]> = {
  admin: ['read', 'write', 'admin'],
  operator: ['read', 'write'],
  user: ['read'],
};

/** The people who may log in to the terminal, and the lock that follows bad logins. */
export class Accounts {
  readonly lock: LoginLock;
  /** False: fresh from the factory, refuses every login until a password was set. */
  activated: boolean;
  readonly #seeds: readonly AccountSeed[];
  #byName = new Map<string, Account>();

  constructor(deps: { traits: Traits; clock: Clock; accounts: readonly AccountSeed[]; activated?: boolean }) {
    this.lock = new LoginLock({ traits: deps.traits, clock: deps.clock });
    this.activated = deps.activated ?? true;
    this.#seeds = deps.accounts;
    for (const seed of deps.accounts) this.set(seed);
  }

  /** User names are case-sensitive, as digest makes them. */
  find(username: string): Account | undefined {
    return this.#byName.get(username);
  }

  list(): Account[] {
    return [...this.#byName.values()];
  }

  /** The first administrator: the account the terminal was activated with. */
  get primary(): Account {
    for (const account of this.#byName.values()) if (account.privilege === 'admin') return account;
    throw new Error('This terminal has no administrator account; give it one with privilege "admin".');
  }

  /** Adds an account or replaces the one of that name. */
  set(account: AccountSeed): void {
    if (!this.#byName.has(account.username) && this.#byName.size >= MAX_ACCOUNTS)
      throw new Error(
        `A terminal keeps at most ${MAX_ACCOUNTS} accounts; remove one before adding "${account.username}".`,
      );
    this.#byName.set(account.username, { ...account });
  }

  /** Sets a new password; every later login needs it. An administrator's activates the terminal. Unknown user: throws. */
  changePassword(username: string, password: string): void {
    const account = this.#byName.get(username);
    if (!account)
      throw new Error(
        `No account "${username}" on this terminal; known: ${[...this.#byName.keys()].join(', ')}.`,
      );
    this.#byName.set(username, { ...account, password });
    if (account.privilege === 'admin') this.activated = true;
  }

  may(account: Account, need: 'read' | 'write' | 'admin'): boolean {
    return RIGHTS[account.privilege].includes(need);
  }

  snapshot(): AccountsSnapshot {
    return {
      accounts: this.list().map((account) => ({ ...account })),
      activated: this.activated,
      lock: this.lock.snapshot(),
    };
  }

  restore(snapshot: AccountsSnapshot): void {
    this.#byName = new Map();
    for (const account of snapshot.accounts) this.set(account);
    this.activated = snapshot.activated;
    this.lock.restore(snapshot.lock);
  }

  /** Back to the accounts it was made with, nobody locked. */
  clear(): void {
    this.#byName = new Map();
    for (const seed of this.#seeds) this.set(seed);
    this.lock.clear();
  }
}
