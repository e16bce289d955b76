import type { Counters, LegState, Line, Strangers } from '../model/run.ts';
import type { LegProgress, Outcome } from '../store/store.ts';
import type { OpenLeg } from './open-leg.ts';
import type { RunBook } from './run-book.ts';
import type { Session } from './session.ts';

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
  /** Whether such a result is the last word about a number. */
  tellsOf(employeeNo: number): boolean;
  /** Who is on the device and is not ours. */
  found(strangers: Strangers): void;
  /** Nothing failed and nothing was left out. */
  readonly clean: boolean;
  /** The last word. Written when it resolves, and the run closed if it was the last leg. */
  end(state: LegState | 'by-result', reason: { code: string; message: string } | null): Promise<void>;
}

function stateByResult({ partial, failed, notAttempted }: Counters): LegState {
  return partial + failed + notAttempted === 0 ? 'ok' : 'partial';
}

const counterOf: Record<Line['status'], keyof Counters> = {
  sincronizat: 'success',
  partial: 'partial',
  eroare: 'failed',
  omis: 'skipped',
  neincercat: 'notAttempted',
};

export function createLegLog(session: Session, leg: OpenLeg, book: RunBook): LegLog {
  const { events } = session.parts;
  const { runId, deviceId } = leg;
  const counters = { ...leg.counters };
  let cursor = leg.cursorEmployeeNo;
  let started = leg.state === 'running';
  const leavers = new Set<number | null>();
  const toldAhead = new Map<number | null, Line['status']>();

  const progress = (state: LegState, unchanged: number[]): LegProgress => ({
    runId,
    state,
    cursorEmployeeNo: cursor,
    reason: null,
    reasonCode: null,
    unchanged,
  });
  const add = (outcomes: Omit<Outcome, 'runId'>[], unchanged: number[]): void => {
    if (!started) events.emit('leg.started', { runId, deviceId });
    started = true;
    let again = 0;
    for (const { line } of outcomes) {
      const before = toldAhead.get(line.employeeNo);
      if (before !== undefined) {
        counters[counterOf[before]] -= 1;
        toldAhead.delete(line.employeeNo);
        again += 1;
      }
      counters[counterOf[line.status]] += 1;
      events.emit('pair.finished', { runId, line });
    }
    session.writer.add(
      outcomes.map((outcome) => ({ runId, ...outcome })),
      progress('running', unchanged),
    );
    const fresh = outcomes.length - again + unchanged.length;
    if (fresh > 0) book.done(runId, fresh);
  };

  return {
    get cursor() {
      return cursor;
    },
    write(outcomes, unchanged, upTo) {
      cursor = upTo ?? cursor;
      add(outcomes, unchanged);
    },
    aside(outcome) {
      leavers.add(outcome.line.employeeNo);
      add([outcome], []);
    },
    ahead(outcome) {
      add([outcome], []);
      toldAhead.set(outcome.line.employeeNo, outcome.line.status);
    },
    tellsOf: (employeeNo) => leavers.has(employeeNo),
    found(strangers) {
      session.writer.add([], { ...progress('running', []), strangers });
    },
    get clean() {
      return stateByResult(counters) === 'ok';
    },
    async end(asked, reason) {
      const state = asked === 'by-result' ? stateByResult(counters) : asked;
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
