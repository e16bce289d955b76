import type { Line } from '../../model/run.ts';
import type { Tracking } from '../../model/tracking.ts';
import { measureRoom } from '../device/capacity.ts';
import { DeviceStoppedError } from '../stop/device-stop.ts';
import { learnAbilities, meet } from '../device/first-contact.ts';
import { InterruptedError } from '../wire/interrupted.ts';
import { createLegLog, type LegLog } from './leg-log.ts';
import { createLegReading } from './leg-reading.ts';
import { doubtList, wasKnownThere } from '../device/list-doubt.ts';
import { markBeforeChange, resolveUnknown, unmark } from './marks.ts';
import { isSingle, type OpenLeg } from './open-leg.ts';
import { performPair } from '../pair/pair.ts';
import { notAttemptedLine } from './planned-line.ts';
import { startOf } from '../plan/pair-state.ts';
import { resultOf } from '../plan/pair-outcome.ts';
import { wishFor } from '../plan/wish.ts';
import { needsPlace, placesKnown, plannedChange, tellWhoDoesNotFit, type Places } from './room-ahead.ts';
import type { RunBook } from '../run/run-book.ts';
import type { Session } from '../device/session.ts';
import { readSingleWindow, skippedUnlessTold } from './single-window.ts';
import { readWindow, replan, rulesFor, unusableLine, type Change, type Item, type Window } from './window.ts';

/** First page of a leg; grows where little changes. */
const FIRST_PAGE = 256;

/** One leg being worked on, a pair at a time, so that others can come between. */
export interface LegWork {
  readonly leg: OpenLeg;
  readonly log: LegLog;
  /** The device's list was never read, or holds no more, and comes next: it may show that access is closed already. */
  readonly readsFirst: boolean;
  /** One pair with calls, one page of pairs without, or one page of the device's list. @throws DeviceStoppedError InterruptedError LeaseLostError */
  advance(): Promise<'more' | 'over'>;
  /** Takes back what was only intended. The leg stays open. */
  putDown(): Promise<void>;
  /** The next pairs as planned; for reporting what was not attempted. Null: there are none left. */
  nextItems(): Promise<Item[] | null>;
}

export function createLegWork(session: Session, leg: OpenLeg, book: RunBook): LegWork {
  const { store, desk, clock } = session.parts;
  const log = createLegLog(session, leg, book);
  const openedAtMs = clock.now();
  const dry = leg.scope.execution === 'plan';
  let items: Item[] = [];
  let marked = false;
  let exhausted = isSingle(leg) && log.cursor !== null;
  let reached = log.cursor;
  let limit = FIRST_PAGE;
  /** Whoever stands before it had their turn, before the list was read again. */
  let toldUpTo: number | null = null;
  let roomTold = false;
  /** For a dry run. */
  let places: Places | null = null;

  const reading = createLegReading(session, leg, log);

  /** In step as it was told: a second time it would say less of what was done. */
  const isTold = ({ kind, employeeNo }: Item): boolean =>
    kind === 'unchanged' && toldUpTo !== null && employeeNo <= toldUpTo;

  async function readNext(): Promise<void> {
    let window: Window;
    if (isSingle(leg)) window = await readSingleWindow(session, leg, log);
    else {
      // What is on its way to the database must be there before the rows are read.
      await session.writer.drain();
      session.touched.clear();
      session.unmarked.clear();
      window = await readWindow(session, leg, reached, limit, openedAtMs);
    }
    items = window.items.filter((item) => !isTold(item));
    reached = window.reached;
    limit = window.nextLimit;
    exhausted = window.end;
    marked = false;
  }

  /** Before the first change of a window: the device is the right one, has room, and the rows are marked. */
  async function makeReady(): Promise<void> {
    await meet(session);
    const changes = changesAhead();
    // Another firmware may have been met, with other calls than those that were planned: marked is what will be sent.
    replan(session, leg, changes);
    await resolveUnknown(session, leg, changes);
    if (!isSingle(leg) && changes.some(needsPlace)) {
      await learnAbilities(session);
      await measureRoom(session, reading.inventory);
      if (!roomTold) await tellWhoDoesNotFit(session, leg, log, changes, reached, openedAtMs);
      roomTold = true;
    }
    await session.flushNotes();
    await markBeforeChange(session, changes);
    marked = true;
  }

  const changesAhead = (): Change[] => items.filter((item) => item.kind === 'change');

  /** Everything at the head of the window that takes no call. */
  function writeFree(): void {
    const outcomes: { line: Line; tracking: Tracking | null }[] = [];
    const unchanged: number[] = [];
    let upTo: number | null = null;
    for (let item = items[0]; item !== undefined; item = items[0]) {
      if (item.kind === 'change' && !dry) break;
      items.shift();
      upTo = item.employeeNo;
      if (item.kind === 'change')
        outcomes.push({ line: plannedChange(session, item, places), tracking: null });
      else if (item.kind === 'unusable') outcomes.push({ line: item.line, tracking: null });
      else if (item.kind === 'unchanged' || dry) unchanged.push(item.employeeNo);
      else {
        const { wish, row, state } = item;
        outcomes.push(
          resultOf(
            session.deviceId,
            wish,
            row,
            state,
            rulesFor(session, leg),
            [],
            { kind: 'over' },
            clock.now(),
          ),
        );
      }
    }
    if (upTo !== null) log.write(outcomes, unchanged, items.length === 0 ? reached : upTo);
  }

  const goOnAfter = ({ employeeNo }: Change, results: { line: Line; tracking: Tracking | null }[]): void => {
    log.write(results, [], items.length === 0 ? reached : employeeNo);
  };
  const finish = (change: Change, result: { line: Line; tracking: Tracking | null }): void => {
    if (result.tracking !== null) session.touched.set(change.employeeNo, result.tracking);
    goOnAfter(change, [result]);
  };

  async function perform(change: Change): Promise<void> {
    const { employeeNo } = change;
    const conflict = session.conflicts.get(employeeNo);
    // Read again right before: somebody who left since the page was read must not be let in.
    const employee = await session.patience.run('read the employee', () => desk.fresh(employeeNo));
    items.shift();
    const wish = employee?.active === true ? wishFor(employee, session.parts.options.validity) : null;
    if (employee === null || wish === null) {
      await unmark(session, [change]);
      goOnAfter(change, skippedUnlessTold(session, log, employeeNo, employee?.employeeId ?? null));
      return;
    }
    const unusable = unusableLine(session, leg, employee, employeeNo);
    if (unusable !== null) {
      await unmark(session, [change]);
      goOnAfter(change, [{ line: unusable, tracking: null }]);
      return;
    }
    const rules = rulesFor(session, leg);
    const newer = session.touched.get(employeeNo);
    const row = newer ?? change.row;
    const start = newer === undefined ? change.state : startOf(newer, leg.scope, leg.requestedAtMs);
    if (conflict !== undefined) {
      const error = {
        code: 'person_conflict',
        message: conflict.errorMessage ?? 'The number belongs to somebody else.',
      };
      const state = { ...start, personError: error, personResult: 'failed' as const };
      finish(
        change,
        resultOf(session.deviceId, wish, conflict, state, rules, [], { kind: 'over' }, clock.now()),
      );
      return;
    }
    const work = await performPair(session, start, wish, rules, {
      mayGoOn: () => book.halted(leg.runId) === null,
      askedAtMs: leg.requestedAtMs,
      onGone: async () => {
        if (wasKnownThere(session, row)) await doubtList(session);
      },
    });
    const begun = work.state !== start;
    if (!begun && work.end.kind === 'interrupted') {
      items.unshift(change);
      throw new InterruptedError('stopping');
    }
    if (!begun && work.end.kind === 'cancelled') {
      await unmark(session, [change]);
      finish(change, {
        line: notAttemptedLine(session.deviceId, employeeNo, wish.employeeId, null),
        tracking: null,
      });
      return;
    }
    const end = work.end.kind === 'interrupted' ? ({ kind: 'cancelled' } as const) : work.end;
    const result = resultOf(session.deviceId, wish, row, work.state, rules, work.reasons, end, clock.now());
    if (work.end.kind === 'interrupted') {
      // What the device acknowledged is kept; the pair itself is for the next holder to end.
      await session.patience.run('write tracking', () =>
        store.writeTracking(session.lease.current, [result.tracking]),
      );
      throw new InterruptedError('stopping');
    }
    finish(change, result);
    if (work.stop !== null) throw new DeviceStoppedError(work.stop);
  }

  async function putDown(): Promise<void> {
    if (marked) await unmark(session, changesAhead());
    marked = false;
  }

  async function readList(): Promise<void> {
    if (items.length > 0) {
      // Planned by what is known no more.
      await putDown();
      items = [];
      reached = log.cursor;
      exhausted = false;
    }
    session.wire.mayGoOn = () => book.halted(leg.runId) === null;
    if ((await reading.advance()) !== 'again') return;
    toldUpTo = log.cursor;
    reached = null;
    limit = FIRST_PAGE;
    exhausted = false;
    roomTold = false;
  }

  return {
    leg,
    log,
    get readsFirst() {
      return reading.isDue() && session.device.memory.inventoriedAtMs === null;
    },
    async advance() {
      if (reading.isDue()) {
        await readList();
        // Whom the device still lets in although they left is closed out before anything else: see lane.ts.
        return 'more';
      }
      if (items.length === 0 && !exhausted) await readNext();
      if (dry && !roomTold && changesAhead().some(needsPlace)) {
        places = await placesKnown(session);
        roomTold = true;
      }
      writeFree();
      const change = items[0];
      if (change?.kind === 'change') {
        session.wire.mayGoOn = () => book.halted(leg.runId) === null;
        if (!marked) await makeReady();
        // Counting the room may have shown that people are gone.
        if (!reading.isDue()) await perform(change);
      }
      if (items.length > 0 || !exhausted || reading.isDue()) return 'more';
      await reading.settle();
      return 'over';
    },
    putDown,
    async nextItems() {
      while (items.length === 0 && !exhausted) await readNext();
      if (items.length === 0) return null;
      const taken = items;
      items = [];
      return taken;
    },
  };
}
