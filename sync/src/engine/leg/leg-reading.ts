import { beginInventory, type Inventory, type InventoryWork } from '../device/inventory.ts';
import type { LegLog } from './leg-log.ts';
import { isSingle, type OpenLeg } from './open-leg.ts';
import type { Session } from '../device/session.ts';

/**
 * A leg's readings of the device's list: once at first contact or because it was asked for, and once more when a
 * person who was known to be there turned out to be gone. Never more often: some lists are not to be relied on.
 */
export interface LegReading {
  /** It comes before the next pairs. */
  isDue(): boolean;
  /** What it showed; null: nothing was read, or the firmware has no search. */
  readonly inventory: Inventory | null;
  /**
   * One page. `again`: it is over, and whoever had their turn before is to be looked at once more.
   * @throws DeviceStoppedError InterruptedError
   */
  advance(): Promise<'more' | 'over' | 'again'>;
  /** Everybody had their turn after it: only now does it count as read, for whoever takes up a leg that was killed. */
  settle(): Promise<void>;
}

/** What was learned from the list before, and what is as old. */
async function forgetList(session: Session): Promise<void> {
  // What is on its way to the database must be there before it is compared with the list.
  await session.writer.drain();
  session.touched.clear();
  session.unmarked.clear();
  session.conflicts.clear();
  session.strangers.clear();
  session.missed.clear();
  session.roomMeasured = false;
  session.freePersons = null;
  session.freeFaces = null;
}

/** Whether the device was in step once and is still to have people: not so at first contact. */
async function expectsSomebody(session: Session): Promise<boolean> {
  if (session.device.memory.lastSyncedAtMs === null) return false;
  const { store } = session.parts;
  return (
    (await session.patience.run('count who is on the device', () => store.countPresent(session.deviceId))) > 0
  );
}

export function createLegReading(session: Session, leg: OpenLeg, log: LegLog): LegReading {
  const { clock } = session.parts;
  const { memory } = session.device;
  const ofAll = !isSingle(leg) && leg.scope.work !== 'face-only';
  let work: InventoryWork | null = null;
  let inventory: Inventory | null = null;
  let readFirst = false;
  let readAgain = false;
  let doubtsBefore = session.doubts;
  let readAtMs: number | null = null;

  const settle = async (): Promise<void> => {
    const isBlind = session.abilities.unsupported.has('look-person');
    // A device that cannot be read is known again when everybody was sent to it.
    if (isBlind && ofAll && leg.scope.mode === 'full' && leg.scope.execution === 'perform')
      readAtMs = clock.now();
    else if (session.doubts !== doubtsBefore) readAtMs = null;
    if (readAtMs === null) return;
    await session.writer.drain();
    session.note({ inventoriedAtMs: readAtMs });
    readAtMs = null;
    await session.flushNotes();
  };

  return {
    isDue() {
      if (!ofAll) return false;
      if (work !== null) return true;
      const { inventoriedAtMs } = memory;
      if (inventoriedAtMs === null) return !(log.cursor === null ? readFirst : readAgain);
      return leg.scope.mode === 'verify' && !readFirst && !readAgain && inventoriedAtMs < leg.requestedAtMs;
    },
    get inventory() {
      return inventory;
    },
    async advance() {
      if (work === null) {
        await forgetList(session);
        doubtsBefore = session.doubts;
        work = beginInventory(session);
      }
      if ((await work.advance()) === 'more') return 'more';
      inventory = work.result;
      work = null;
      const hadTurns = log.cursor !== null;
      if (hadTurns) readAgain = true;
      else readFirst = true;
      if (inventory !== null) log.found(inventory.strangers);
      else if (memory.inventoriedAtMs === null && (session.doubts > 0 || (await expectsSomebody(session))))
        return 'over';
      readAtMs = clock.now();
      if (hadTurns && inventory !== null) return 'again';
      await settle();
      return 'over';
    },
    settle,
  };
}
