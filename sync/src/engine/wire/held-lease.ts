import type { Clock } from '../../clock.ts';
import { LeaseLostError } from '../../store/store-errors.ts';
import type { Lease, TakenLease } from '../../store/store.ts';

/** The lease under which a lane works. The fleet renews it; the lane asks it before every call. */
export interface HeldLease {
  /** For writes: the fence is what counts, a write is good as long as nobody else took the device. */
  readonly current: Lease;
  /** Nobody knows what came of the last call of whoever had the device before. */
  readonly abandoned: boolean;
  readonly lost: boolean;
  renewed(lease: Lease): void;
  /** Nothing may be sent any more. Writes are still tried: the fence decides. */
  lose(): void;
  /** @throws LeaseLostError */
  validFor(ms: number): boolean;
  /** Resolves at the next renewal, loss or abort. */
  whenChanged(signal: AbortSignal): Promise<void>;
}

export function holdLease(first: TakenLease, clock: Clock): HeldLease {
  let current: Lease = first;
  let lost = false;
  let waiting: (() => void)[] = [];
  const wakeAll = () => {
    const wake = waiting;
    waiting = [];
    for (const one of wake) one();
  };
  return {
    abandoned: first.abandoned,
    get current() {
      return current;
    },
    get lost() {
      return lost;
    },
    renewed(lease) {
      current = lease;
      wakeAll();
    },
    lose() {
      lost = true;
      wakeAll();
    },
    validFor(ms) {
      if (lost) throw new LeaseLostError(current.deviceId);
      return current.expiresAtMs - clock.now() >= ms;
    },
    whenChanged: (signal) =>
      new Promise((resolve) => {
        const done = () => {
          signal.removeEventListener('abort', done);
          resolve();
        };
        if (signal.aborted) done();
        else signal.addEventListener('abort', done);
        waiting.push(done);
      }),
  };
}
