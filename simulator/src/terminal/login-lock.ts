import type { Clock } from '../clock.ts';
import type { Traits } from '../profiles/traits.ts';

/** What the 401 body says about the caller. */
export interface LockState {
  state: 'unlock' | 'lock';
  /** Seconds until the lock is over; 0 when not locked. */
  unlockTimeS: number;
  /** Bad logins left before the lock. */
  retryLoginTime: number;
}

/** As `GET /ISAPI/Security/illegalLoginLock` shows them. */
export interface LoginLockSettings {
  enabled: boolean;
  maxTries: number;
  lockSeconds: number;
}

export interface LoginLockSnapshot {
  settings: LoginLockSettings;
  entries: { key: string; failures: number; lockedUntilMs: number | null }[];
}

export interface Caller {
  address: string;
  /** Null: the request named nobody. */
  userName: string | null;
}

interface Entry {
  failures: number;
  lockedUntilMs: number | null;
}

/** Callers remembered at once; the one longest unheard of goes first. */
const MAX_CALLERS = 256;

/**
 * Counts bad logins and locks the caller out, by address (camera and terminal manuals) or by user name
 * (`userNameLocked` of the vendor's error list), as `traits.lockPer` says.
 */
export class LoginLock {
  readonly #traits: Traits;
  readonly #clock: Clock;
  #settings: LoginLockSettings;
  #entries: Map<string, Entry> | null = null;

  constructor(deps: { traits: Traits; clock: Clock }) {
    this.#traits = deps.traits;
    this.#clock = deps.clock;
    this.#settings = this.#defaults();
  }

  get settings(): LoginLockSettings {
    return { ...this.#settings };
  }

  /** Takes effect for the next bad login; who is locked stays so. Switching it off frees everybody. */
  change(settings: Partial<LoginLockSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
    if (!this.#settings.enabled) this.clearEntries();
  }

  state(caller: Caller): LockState {
    const entry = this.#find(caller);
    if (!entry) return { state: 'unlock', unlockTimeS: 0, retryLoginTime: this.#settings.maxTries };
    if (entry.lockedUntilMs !== null) {
      const leftMs = entry.lockedUntilMs - this.#clock.now();
      return { state: 'lock', unlockTimeS: Math.ceil(leftMs / 1000), retryLoginTime: 0 };
    }
    const left = Math.max(0, this.#settings.maxTries - entry.failures);
    return { state: 'unlock', unlockTimeS: 0, retryLoginTime: left };
  }

  isLocked(caller: Caller): boolean {
    return this.#entries !== null && this.#find(caller)?.lockedUntilMs != null;
  }

  /** A bad login. The last one allowed locks. */
  failed(caller: Caller): LockState {
    const key = this.#key(caller);
    if (!this.#settings.enabled || key === null) return this.state(caller);
    const entry = this.#find(caller) ?? { failures: 0, lockedUntilMs: null };
    if (entry.lockedUntilMs === null) {
      entry.failures += 1;
      if (entry.failures >= this.#settings.maxTries) entry.lockedUntilMs = this.#lockEnd();
    }
    this.#remember(key, entry);
    return this.state(caller);
  }

  /** A signed request of a locked caller, right or wrong. Some models start the countdown again (SDK guide). */
  triedWhileLocked(caller: Caller): void {
    const entry = this.#find(caller);
    if (entry?.lockedUntilMs == null) return;
    if (this.#traits.tryingWhileLocked === 'restarts-countdown') entry.lockedUntilMs = this.#lockEnd();
  }

  succeeded(caller: Caller): void {
    if (this.#entries === null || !this.#traits.successResetsCounter) return;
    const key = this.#key(caller);
    if (key !== null) this.#entries.delete(key);
  }

  /** Counters and locks gone, settings kept: what a power cycle does. */
  clearEntries(): void {
    this.#entries = null;
  }

  clear(): void {
    this.#entries = null;
    this.#settings = this.#defaults();
  }

  snapshot(): LoginLockSnapshot {
    const entries = [...(this.#entries ?? [])].map(([key, entry]) => ({ key, ...entry }));
    return { settings: this.settings, entries };
  }

  restore(snapshot: LoginLockSnapshot): void {
    this.#settings = { ...snapshot.settings };
    this.#entries = null;
    for (const { key, failures, lockedUntilMs } of snapshot.entries)
      this.#remember(key, { failures, lockedUntilMs });
  }

  #defaults(): LoginLockSettings {
    return { enabled: true, maxTries: this.#traits.lockAfter, lockSeconds: this.#traits.lockSeconds };
  }

  #key(caller: Caller): string | null {
    return this.#traits.lockPer === 'address' ? caller.address : caller.userName;
  }

  #lockEnd(): number {
    return this.#clock.now() + this.#settings.lockSeconds * 1000;
  }

  /** A lock that has run out is forgotten, with its failures. */
  #find(caller: Caller): Entry | undefined {
    const key = this.#key(caller);
    if (this.#entries === null || key === null) return undefined;
    const entry = this.#entries.get(key);
    if (entry?.lockedUntilMs != null && entry.lockedUntilMs <= this.#clock.now()) {
      this.#entries.delete(key);
      return undefined;
    }
    return entry;
  }

  #remember(key: string, entry: Entry): void {
    this.#entries ??= new Map();
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size > MAX_CALLERS) {
      const oldest = this.#entries.keys().next();
      if (!oldest.done) this.#entries.delete(oldest.value);
    }
  }
}
