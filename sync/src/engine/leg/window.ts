import type { Employee } from '../../model/employee.ts';
import type { Line } from '../../model/run.ts';
import type { Tracking } from '../../model/tracking.ts';
import type { OpenLeg } from './open-leg.ts';
import { namelessLine } from './planned-line.ts';
import { startOf, type PairState, type Rules } from '../plan/pair-state.ts';
import { planPair } from '../plan/plan.ts';
import { nextStep } from '../plan/plan.ts';
import type { Step } from '../plan/step.ts';
import { namelessError, wishFor, type Wish } from '../plan/wish.ts';
import type { Session } from '../device/session.ts';

/** Pairs with something to do that are planned ahead, and marked before their first change: one page of persons. */
const WINDOW_PAIRS = 16;
/** Employees read at a time; what the database gives in one answer at most. */
const MAX_PAGE = 1000;
const MIN_PAGE = 32;

/** A pair with something to do. */
export interface Change {
  kind: 'change';
  employeeNo: number;
  wish: Wish;
  /** As it stood before anything was marked; null: there was none. */
  row: Tracking | null;
  state: PairState;
  steps: Step[];
}

export type Item =
  | { kind: 'unchanged'; employeeNo: number }
  /** Nothing may be sent; the line says why. */
  | { kind: 'unusable'; employeeNo: number; line: Line }
  /** In step, and not written down as such yet: found on the device as wished. */
  | { kind: 'found-right'; employeeNo: number; wish: Wish; row: Tracking | null; state: PairState }
  | Change;

export interface Window {
  items: Item[];
  /** Everything up to here was looked at; null: nothing. */
  reached: number | null;
  /** There is nobody after it. */
  end: boolean;
  nextLimit: number;
}

export const rulesFor = (session: Session, leg: OpenLeg): Rules => {
  const { updateExisting, adoptFaces, adoptPersons } = session.parts.options;
  return {
    work: leg.scope.work,
    updateExisting,
    adoptFaces,
    adoptPersons,
    // Both are learned while a pair is worked on.
    get faceLibrary() {
      return session.abilities.capabilities.faceLibrary === 'no' ? 'none' : 'present';
    },
    unsupported: session.abilities.unsupported,
  };
};

/** The line of an active employee whose row does not tell what to send; null when it does. */
export function unusableLine(
  session: Session,
  leg: OpenLeg,
  employee: Employee,
  employeeNo: number,
): Line | null {
  const error = namelessError(employee);
  const dry = leg.scope.execution === 'plan';
  return error && namelessLine(session.deviceId, employeeNo, employee.employeeId, error, dry);
}

export function itemFor(
  session: Session,
  leg: OpenLeg,
  employee: Employee,
  row: Tracking | null,
): Item | null {
  const wish = wishFor(employee, session.parts.options.validity);
  if (wish === null) return null;
  const { employeeNo } = wish;
  const unusable = unusableLine(session, leg, employee, employeeNo);
  if (unusable !== null) return { kind: 'unusable', employeeNo, line: unusable };
  const rules = rulesFor(session, leg);
  const state = startOf(row, leg.scope, leg.requestedAtMs);
  if (nextStep(state, wish, rules) !== null)
    return { kind: 'change', employeeNo, wish, row, state, steps: planPair(state, wish, rules) };
  return row?.status === 'sincronizat' || leg.scope.work === 'face-only'
    ? { kind: 'unchanged', employeeNo }
    : { kind: 'found-right', employeeNo, wish, row, state };
}

/** The steps of what was planned before more was learned of the device. */
export function replan(session: Session, leg: OpenLeg, changes: readonly Change[]): void {
  const rules = rulesFor(session, leg);
  for (const change of changes) change.steps = planPair(change.state, change.wish, rules);
}

/** The tracking rows of the employees of a page: those between its ends, in as many reads as that takes. */
async function rowsBetween(
  session: Session,
  after: number | null,
  last: number,
  limit: number,
): Promise<Map<number, Tracking>> {
  const rows = new Map<number, Tracking>();
  for (let from: number | null = after; ;) {
    const start: number | null = from;
    const page = await session.parts.store.readTracking(session.deviceId, start, limit);
    for (const row of page.rows) if (row.employeeNo <= last) rows.set(row.employeeNo, row);
    if (page.next === null || page.next >= last) return rows;
    from = page.next;
  }
}

/** A page of employees, compared with what is known of them on this device. */
async function readItems(
  session: Session,
  leg: OpenLeg,
  after: number | null,
  limit: number,
  notBeforeMs: number,
): Promise<{ items: Item[]; last: number | null; next: number | null }> {
  const page = await session.parts.desk.page(after, limit, notBeforeMs);
  const last = page.rows.at(-1)?.employeeNo ?? null;
  if (last === null) return { items: [], last, next: null };
  const rows = await rowsBetween(session, after, last, limit);
  const items = page.rows.flatMap(
    (employee) => itemFor(session, leg, employee, rows.get(employee.employeeNo ?? 0) ?? null) ?? [],
  );
  return { items, last, next: page.next };
}

/**
 * The next employees of a bulk leg, compared with what is known of them on this device. Holds one page of pairs, and
 * only while the gate lets it: what comes out is a list of numbers and a handful of changes.
 */
export function readWindow(
  session: Session,
  leg: OpenLeg,
  after: number | null,
  limit: number,
  notBeforeMs: number,
): Promise<Window> {
  return session.patience.run('read a page of pairs', () =>
    session.parts.pageGate(async () => {
      const { items: all, last, next } = await readItems(session, leg, after, limit, notBeforeMs);
      let changes = 0;
      const cutAt = all.findIndex(({ kind }) => {
        changes += kind === 'change' ? 1 : 0;
        return changes >= WINDOW_PAIRS;
      });
      const items = cutAt < 0 ? all : all.slice(0, cutAt + 1);
      const reached = items.at(-1)?.employeeNo ?? after;
      const cut = cutAt >= 0 && reached !== last;
      return {
        items,
        reached,
        end: !cut && next === null,
        // Where much changes, little is read at a time; where nothing does, as much as an answer holds.
        nextLimit: changes >= WINDOW_PAIRS ? MIN_PAGE : Math.min(MAX_PAGE, limit * 4),
      };
    }),
  );
}

/** All changes that a bulk leg has ahead of it, page by page, without working on them. */
export async function* changesAfter(
  session: Session,
  leg: OpenLeg,
  after: number | null,
  notBeforeMs: number,
): AsyncGenerator<Change[]> {
  for (let from = after; ;) {
    const start: number | null = from;
    const { items, next } = await session.patience.run('read who is to come', () =>
      session.parts.pageGate(() => readItems(session, leg, start, MAX_PAGE, notBeforeMs)),
    );
    yield items.filter((item) => item.kind === 'change');
    if (next === null) return;
    from = next;
  }
}
