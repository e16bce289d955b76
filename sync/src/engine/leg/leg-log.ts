import type { Counters, LegState, Line, Strangers } from '../../model/run.ts';
import type { LegProgress, Outcome, Page } from '../../store/store.ts';
import type { OpenLeg } from './open-leg.ts';
import { inStepLine, isNoRoomLine, skippedLine } from './planned-line.ts';
import type { RunBook } from '../run/run-book.ts';
import type { Session } from '../device/session.ts';

/** Writes what becomes of one leg, in order, and knows how it stands. */
export interface LegLog {
  /** Everything up to here has its result. */
  readonly cursor: number | null;
  /** Results, and the numbers found in step since the last ones; moves the cursor to `upTo`. */
  write(outcomes: Omit<Outcome, 'runId'>[], unchanged: number[], upTo: number | null): void;
  /** A result that is not in the order of numbers: of a leaver. */
  aside(outcome: Omit<Outcome, 'runId'>): void;
  /** A result told before the pair's turn comes: another one replaces it then. */
  ahead(outcome: Omit<Outcome, 'runId'>): void;
  /** Whether a result that is not in the order of numbers is the last word about a number. */
  tellsOf(employeeNo: number): boolean;
  /** Who is on the device and is not ours. */
  found(strangers: Strangers): void;
  /** Whoever worked on this leg before may have told results ahead: to be called before the first of ours. */
  recall(): Promise<void>;
  /** `ok`: nothing failed and nothing was left out. To be asked when everybody had their turn. */
  result(): Promise<Extract<LegState, 'ok' | 'partial'>>;
  /** The last word. Written when it resolves, and the run closed if it was the last leg. */
  end(state: LegState, reason: { code: string; message: string } | null): Promise<void>;
}

const LINES_PAGE = 500;

const isClean = ({ partial, failed, notAttempted }: Counters): boolean =>
  partial + failed + notAttempted === 0;

const isBlemish = ({ status }: Line): boolean => status !== 'sincronizat' && status !== 'omis';

export function createLegLog(session: Session, leg: OpenLeg, book: RunBook): LegLog {
  const { events } = session.parts;
  const { runId, deviceId } = leg;
  /** A result that was not good stood there at some time; another one may have replaced it since. */
  let blemished = !isClean(leg.counters);
  let cursor = leg.cursorEmployeeNo;
  /** Where the turn is: behind the cursor once those before it are looked at again. */
  let position = cursor;
  let started = leg.state === 'running';
  const leavers = new Set<number | null>();
  /** Results told ahead that stand until their turn. */
  const toldAhead = new Map<number, Line>();

  const progress = (state: LegState, unchanged: number[]): LegProgress => ({
    runId,
    state,
    cursorEmployeeNo: cursor,
    reason: null,
    reasonCode: null,
    unchanged,
  });
  /** @param toldUpTo Numbers that had their line before. */
  const add = (
    outcomes: Omit<Outcome, 'runId'>[],
    unchanged: number[],
    toldUpTo: number | null = null,
  ): void => {
    if (!started) events.emit('leg.started', { runId, deviceId });
    started = true;
    let again = 0;
    for (const { line } of outcomes) {
      const wasTold = toldAhead.delete(line.employeeNo ?? 0);
      if (wasTold || (toldUpTo !== null && (line.employeeNo ?? 0) <= toldUpTo)) again += 1;
      blemished ||= isBlemish(line);
      events.emit('pair.finished', { runId, line });
    }
    session.writer.add(
      outcomes.map((outcome) => ({ runId, ...outcome })),
      progress('running', unchanged),
    );
    const fresh = outcomes.length - again + unchanged.length;
    if (fresh > 0) book.done(runId, fresh);
  };

  /** Who was told something ahead and had no turn up to this number: they left meanwhile, or have no number any more. */
  const goneUpTo = (last: number): Omit<Outcome, 'runId'>[] =>
    [...toldAhead.entries()].flatMap(([employeeNo, { employeeId }]) =>
      employeeNo > last ? [] : [{ line: skippedLine(deviceId, employeeNo, employeeId), tracking: null }],
    );
  const settle = () => {
    const gone = goneUpTo(Infinity);
    if (gone.length > 0) add(gone, []);
  };

  return {
    get cursor() {
      return cursor;
    },
    write(outcomes, unchanged, upTo) {
      const toldUpTo = cursor;
      position = upTo ?? position;
      cursor = position === null ? cursor : Math.max(position, cursor ?? position);
      if (toldAhead.size === 0) {
        add(outcomes, unchanged, toldUpTo);
        return;
      }
      // Brought in step by another run meanwhile: the line that stands there says otherwise.
      const corrected = unchanged.flatMap((employeeNo) => {
        const told = toldAhead.get(employeeNo);
        return told === undefined
          ? []
          : [{ line: inStepLine(deviceId, employeeNo, told.employeeId), tracking: null }];
      });
      const others = unchanged.filter((employeeNo) => !toldAhead.has(employeeNo));
      const hadTurn = new Set([...outcomes.map(({ line }) => line.employeeNo), ...unchanged]);
      const gone = goneUpTo(position ?? 0).filter(({ line }) => !hadTurn.has(line.employeeNo));
      // In one write: the next daemon looks no further back than the cursor.
      add([...outcomes, ...corrected, ...gone], others, toldUpTo);
    },
    aside(outcome) {
      leavers.add(outcome.line.employeeNo);
      add([outcome], []);
    },
    ahead(outcome) {
      add([outcome], [], cursor);
      toldAhead.set(outcome.line.employeeNo ?? 0, outcome.line);
    },
    tellsOf: (employeeNo) => leavers.has(employeeNo),
    found(strangers) {
      session.writer.add([], { ...progress('running', []), strangers });
    },
    async recall() {
      if (!blemished) return;
      for (let after = cursor; ;) {
        const from: number | null = after;
        const page: Page<Line> = await session.patience.run('read what was told of a leg', () =>
          session.parts.store.readLegLines(runId, deviceId, from, LINES_PAGE),
        );
        for (const line of page.rows) if (isNoRoomLine(line)) toldAhead.set(line.employeeNo ?? 0, line);
        if (page.next === null) return;
        after = page.next;
      }
    },
    async result() {
      settle();
      if (!blemished) return 'ok';
      await session.writer.drain();
      // What stands there now, whoever wrote it: a later line of a pair takes the former's place.
      const open = await session.patience.run('read how a leg stands', () =>
        session.parts.store.readOpenLegs(session.lease.current),
      );
      const now = open.find((one) => one.runId === runId);
      return now !== undefined && isClean(now.counters) ? 'ok' : 'partial';
    },
    async end(state, reason) {
      settle();
      session.writer.add([], {
        ...progress(state, []),
        reason: reason?.message ?? null,
        reasonCode: reason?.code ?? null,
      });
      await session.writer.drain();
      events.emit('leg.finished', { runId, deviceId, state, reason: reason?.message ?? null });
      await session.patience.run('close the run', () => book.legOver(runId));
    },
  };
}
