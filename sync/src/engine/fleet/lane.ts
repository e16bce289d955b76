import { LeaseLostError, StoreRejectedError, StoreUnreachableError } from '../../store/store-errors.ts';
import type { Closed } from '../leaver/closing.ts';
import { createClosings } from '../leaver/closings.ts';
import { DeviceStoppedError, isSilent, type DeviceStop } from '../stop/device-stop.ts';
import type { HeldLease } from '../wire/held-lease.ts';
import { InterruptedError } from '../wire/interrupted.ts';
import { createLegWork, type LegWork } from '../leg/leg-work.ts';
import { isSingle, isWhole } from '../leg/open-leg.ts';
import { reasonOfDoubt } from '../device/list-doubt.ts';
import { createPatience } from '../wire/patience.ts';
import { plannedClosing } from '../leg/planned-line.ts';
import { stopForRefusal } from '../stop/refused-by-store.ts';
import { endForHalt, endForStop, endUnfinished } from './rest-of-leg.ts';
import type { RunBook } from '../run/run-book.ts';
import { openSession, type EngineParts, type Session } from '../device/session.ts';
import { askWhetherItWorks, hasWorked } from '../device/works-again.ts';

/** How often a busy lane looks for legs that came meanwhile; those of this process are told at once. */
const REFRESH_MS = 10_000;

const outOfUse: DeviceStop = {
  kind: 'device',
  about: 'ability',
  code: 'device_inactive',
  message: 'The device is inactiv. Set its status to activ first, if it is to be used.',
  raw: null,
  unlockTimeS: null,
  sent: false,
};

export interface LaneOrders {
  stopping: AbortSignal;
  /** True once after somebody said that there may be more work. */
  takeNudge(): boolean;
}

/**
 * Drives one device under one lease: all open legs of all runs, a pair at a time. Single-employee legs come before
 * the next pair of a bulk leg, closing the access of leavers before both. Ends when there is nothing left to do, when
 * the device cannot go on, when the lease is lost, or when the engine stops; gives the lease back, with its pause.
 */
export async function runLane(
  parts: EngineParts,
  book: RunBook,
  lease: HeldLease,
  orders: LaneOrders,
): Promise<void> {
  const { store, events, clock, random, options } = parts;
  const { deviceId } = lease.current;
  const patience = createPatience({ clock, random, events, stopping: orders.stopping });
  let session: Session | null = null;
  let keepLease = false;
  try {
    const [device] = await patience.run('read the device', () =>
      store.readDevices({ deviceIds: [deviceId] }),
    );
    if (device === undefined) return;
    session = openSession(parts, device, lease, orders.stopping);
    await drive(session, book, orders);
    await session.writer.drain();
    session.logins.putDown();
    await session.flushNotes();
  } catch (error) {
    if (error instanceof LeaseLostError) {
      events.emit('lease.lost', { deviceId });
      // A login that was announced and not made must not be a doubt for the next holder, if there is none yet.
      session?.logins.putDown();
      await session?.flushNotes().catch(() => undefined);
    } else if (error instanceof StoreUnreachableError || error instanceof StoreRejectedError) {
      // Not even why could be written. The legs stay open. The lease is left to run out, so that nobody comes back to the
      // same wall at once.
      keepLease = true;
      events.emit('store.failed', { doing: 'drive a device', message: error.message });
    } else {
      // A mistake of ours would come back at once: the lease keeps everybody away for a while.
      keepLease = true;
      throw error;
    }
  } finally {
    // What the device acknowledged is written even when the lease is lost: the fence decides whether it still counts.
    await session?.writer.drain().catch(() => undefined);
    await session?.client.close().catch(() => undefined);
    const pauseMs = (session?.wire.calls ?? 0) > 0 ? options.pauseMs : 0;
    if (!keepLease && !lease.lost)
      await store.releaseLease(lease.current, pauseMs).catch((error: unknown) => {
        events.emit('store.failed', { doing: 'give a device back', message: String(error) });
      });
  }
}

async function drive(session: Session, book: RunBook, orders: LaneOrders): Promise<void> {
  const works = new Map<string, LegWork>();
  const closings = createClosings(session);
  const { clock, events } = session.parts;
  let refreshedAtMs = -Infinity;
  let closingsDue = true;
  let legsTaken = 0;

  /** Somebody may have taken the device out of use, or deleted it, while we were at it. */
  const stillInUse = async () => {
    const [device] = await session.patience.run('read the device', () =>
      session.parts.store.readDevices({ deviceIds: [session.deviceId] }),
    );
    if (device === undefined || device.status === 'inactiv') throw new DeviceStoppedError(outOfUse);
  };

  const refresh = async () => {
    await session.writer.drain();
    const legs = await session.patience.run('read the open legs', () =>
      session.parts.store.readOpenLegs(session.lease.current),
    );
    for (const leg of legs) {
      if (works.has(leg.runId)) continue;
      await session.patience.run('read the run', () => book.open(leg.runId));
      const work = createLegWork(session, leg, book);
      if (!isSingle(leg)) await work.log.recall();
      works.set(leg.runId, work);
      legsTaken += 1;
      if (leg.scope.execution === 'plan' && !isSingle(leg) && leg.cursorEmployeeNo === null)
        await closings.list((employeeNo) => {
          work.log.aside({ line: plannedClosing(session.deviceId, employeeNo), tracking: null });
        });
    }
    refreshedAtMs = clock.now();
    closingsDue = true;
  };

  /** Single-employee legs first, then by age: the order in which they were read. */
  const next = (): LegWork | null => {
    let first: LegWork | null = null;
    for (const work of works.values())
      if (first === null || (isSingle(work.leg) && !isSingle(first.leg))) first = work;
    return first;
  };

  const performing = (): LegWork[] =>
    [...works.values()].filter(({ leg }) => leg.scope.execution === 'perform');

  /**
   * Into the run of a whole device, or whatever run there is. That somebody is still let in is for the end of the
   * former: it may not be so then.
   */
  const writeClosed = ({ line, tracking }: Closed) => {
    const whole = performing().find(({ leg }) => isWhole(leg));
    const told = whole ?? performing()[0];
    if (told !== undefined && (line.error === null || whole === undefined)) {
      told.log.aside({ line, tracking });
      return;
    }
    return session.patience.run('write a closing', () =>
      session.parts.store.writeTracking(session.lease.current, [tracking]),
    );
  };

  const finish = async (work: LegWork) => {
    if (isWhole(work.leg)) {
      // Shown as not working, and nothing was to be done on it: nobody may hear that it was brought in step.
      await askWhetherItWorks(session);
      await closings.close(writeClosed);
      await closings.report(work.log);
    }
    const doubt = isWhole(work.leg) ? reasonOfDoubt(session) : null;
    const result = doubt === null ? await work.log.result() : 'partial';
    if (isWhole(work.leg) && result === 'ok')
      await session.remember({ memory: { lastSyncedAtMs: clock.now() } });
    works.delete(work.leg.runId);
    await work.log.end(result, doubt);
  };

  const stopAll = async (stop: DeviceStop) => {
    await session.stopFor(stop);
    for (const work of works.values()) {
      if (stop.kind === 'fatal') book.fatal(work.leg.runId);
      await endUnfinished(session, work, closings, endForStop(stop));
    }
    works.clear();
  };

  /** One unit of work; false when there is none left. */
  const turn = async (): Promise<boolean> => {
    const nudged = orders.takeNudge();
    if (nudged || clock.now() - refreshedAtMs >= REFRESH_MS) {
      await stillInUse();
      await refresh();
    }
    const work = next();
    if (work === null) return false;
    const halt = book.halted(work.leg.runId);
    if (halt !== null) {
      works.delete(work.leg.runId);
      await endUnfinished(session, work, closings, endForHalt(halt));
      return true;
    }
    if (closingsDue && performing().length > 0 && !work.readsFirst) {
      await closings.close(writeClosed);
      closingsDue = false;
    }
    const inventoriedAtMs = session.device.memory.inventoriedAtMs;
    const progress = await work.advance();
    // It answers again: not to be shown otherwise for the hours that this may take.
    if (isSilent(session.device) && hasWorked(session)) await session.recovered();
    if (progress === 'over') await finish(work);
    // Reading the device's list may have shown somebody who left and can still pass.
    if (session.device.memory.inventoriedAtMs !== inventoriedAtMs) closingsDue = true;
    return true;
  };

  /** Nothing stopped the device. */
  const leaveWorking = async () => {
    // Whoever left while it did not work waits for no run; but a dry run changes nothing.
    if (legsTaken === 0 && session.device.status === 'eroare') await closings.close(writeClosed);
    await askWhetherItWorks(session);
    // Still shown as failing: it was asked just now, and has answered.
    if (hasWorked(session) || session.device.status === 'eroare') await session.recovered();
  };

  try {
    await refresh();
    if (session.device.status === 'inactiv') throw new DeviceStoppedError(outOfUse);
    while (!orders.stopping.aborted) {
      try {
        if (!(await turn())) break;
      } catch (error) {
        // A run was cancelled while its device was being read: the next turn ends that leg.
        if (!(error instanceof InterruptedError && error.why === 'cancelled')) throw error;
      }
    }
    if (!orders.stopping.aborted) await leaveWorking();
  } catch (error) {
    if (error instanceof DeviceStoppedError) await stopAll(error.stop);
    else if (error instanceof StoreRejectedError) await stopAll(stopForRefusal(error));
    else if (!(error instanceof InterruptedError)) throw error;
  }
  if (works.size > 0) events.emit('leg.handed-over', { deviceId: session.deviceId, legs: works.size });
  for (const work of works.values()) await work.putDown();
}
