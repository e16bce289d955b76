import type { TakenLease } from '../../store/store.ts';
import { holdLease, type HeldLease } from '../wire/held-lease.ts';
import { runLane } from './lane.ts';
import { renewEveryMs } from '../options.ts';
import type { RunBook } from '../run/run-book.ts';
import type { EngineParts } from '../device/session.ts';
import { createWakeup } from './wakeup.ts';

/** Leases asked for at a time. */
const LEASES_AT_ONCE = 100;

/** Between two tries to renew while the database does not answer. */
const RENEW_AGAIN_MS = 1000;

interface Lane {
  lease: HeldLease;
  nudged: boolean;
  done: Promise<void>;
}

/** All devices this daemon drives at the moment, a lane each. */
export interface Fleet {
  /** There may be new work, for these devices or for any. */
  nudge(): void;
  /** Lanes end after the call in flight and give their devices back. */
  stop(): Promise<void>;
  readonly lanes: number;
}

/**
 * Takes free devices that have work, runs a lane for each, and keeps their leases alive with one question for all.
 * @param tick Called once per round, with the lanes running: what else is to be asked from time to time.
 */
export function startFleet(
  parts: EngineParts,
  book: RunBook,
  owner: string,
  tick: () => Promise<void>,
): Fleet {
  const { store, clock, options, events } = parts;
  const lanes = new Map<string, Lane>();
  const stopping = new AbortController();
  const wakeup = createWakeup(clock);
  let renewAtMs = 0;
  let tickAtMs = 0;
  /** A device just given back rests for a pause: asked again right after it, not at the next round. */
  let takeAgainAtMs = Infinity;

  async function renew(): Promise<void> {
    const held = [...lanes.values()].filter(({ lease }) => !lease.lost);
    // Until it has worked it is tried again soon.
    renewAtMs = clock.now() + Math.min(RENEW_AGAIN_MS, renewEveryMs(options));
    const askedAt = held.map(({ lease }) => lease.current);
    const renewed = held.length === 0 ? [] : await store.renewLeases(owner, askedAt, options.leaseTtlMs);
    renewAtMs = clock.now() + renewEveryMs(options);
    const still = new Map(renewed.map((lease) => [lease.deviceId, lease]));
    for (const { lease } of held) {
      const answer = still.get(lease.current.deviceId);
      if (answer === undefined) lease.lose();
      else lease.renewed(answer);
    }
  }

  function startLane(lease: TakenLease): void {
    const { deviceId, fence } = lease;
    events.emit('lease.taken', { deviceId, fence });
    const lane: Lane = { lease: holdLease(lease, clock), nudged: false, done: Promise.resolve() };
    lanes.set(deviceId, lane);
    const orders = {
      stopping: stopping.signal,
      takeNudge: () => {
        const { nudged } = lane;
        lane.nudged = false;
        return nudged;
      },
    };
    lane.done = runLane(parts, book, lane.lease, orders)
      .catch((error: unknown) => {
        // A mistake of ours in one lane must not end the others; the lease runs out and the legs are taken up again.
        events.emit('lane.failed', {
          deviceId,
          message: error instanceof Error ? (error.stack ?? '') : String(error),
        });
      })
      .finally(() => {
        lanes.delete(deviceId);
        takeAgainAtMs = Math.min(takeAgainAtMs, clock.now() + options.pauseMs);
        wakeup.wake();
      });
  }

  async function take(): Promise<void> {
    takeAgainAtMs = Infinity;
    for (;;) {
      // A lane whose lease ran out, or is about to, may still be writing under it, and hears of it only at the next
      // renewal: taking the device anew would shut it out.
      if ([...lanes.values()].some(({ lease }) => lease.lost || !lease.validFor(RENEW_AGAIN_MS))) return;
      const limit = Math.min(LEASES_AT_ONCE, options.maxLanes - lanes.size);
      if (limit <= 0) return;
      const leases = await store.leaseDevicesWithWork(owner, options.leaseTtlMs, limit);
      for (const lease of leases) if (!lanes.has(lease.deviceId)) startLane(lease);
      if (leases.length < limit) return;
    }
  }

  const attempt = async (doing: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      events.emit('store.failed', { doing, message: error instanceof Error ? error.message : String(error) });
    }
  };

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted || lanes.size > 0) {
      // Renewing comes first: after an outage, what we still hold is kept before anything is taken anew.
      if (clock.now() >= renewAtMs) await attempt('renew leases', renew);
      if (!stopping.signal.aborted) await attempt('take devices', take);
      if (clock.now() >= tickAtMs) {
        tickAtMs = clock.now() + options.pollMs;
        await attempt('look for news', tick);
      }
      const nextMs = Math.min(options.pollMs, renewAtMs - clock.now(), takeAgainAtMs - clock.now());
      if (!stopping.signal.aborted || lanes.size > 0) await wakeup.sleep(Math.max(1, nextMs));
    }
  }

  const running = loop();
  return {
    nudge() {
      for (const lane of lanes.values()) lane.nudged = true;
      wakeup.wake();
    },
    async stop() {
      stopping.abort();
      wakeup.wake();
      await running;
    },
    get lanes() {
      return lanes.size;
    },
  };
}
