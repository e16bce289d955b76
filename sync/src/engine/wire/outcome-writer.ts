import { StoreRejectedError } from '../../store/store-errors.ts';
import type { LegProgress, Outcome, Store } from '../../store/store.ts';
import type { HeldLease } from './held-lease.ts';
import type { Patience } from './patience.ts';
import { reasonRefused, resultRefused } from '../stop/refused-by-store.ts';

/**
 * Pairs that may be finished on the device and not yet written. Results are written the moment they are there, while
 * the lane keeps its pause; only when the database is slower than the device does the lane run ahead of it, so far
 * and no further. What a crash finds unwritten is `unknown` in its tracking row, marked so before the first change
 * (see `leg-work.ts`): the next holder looks at it before sending. Nothing acknowledged is ever told wrong.
 */
export const MAX_UNWRITTEN = 8;

/** Results in one transaction; a write that takes longer than a lane can wait helps nobody. */
const MAX_BATCH = 200;

export interface OutcomeWriter {
  /** One leg moves on: results of pairs, and where the leg stands after them. Written in the order of the calls. */
  add(outcomes: Outcome[], progress: LegProgress): void;
  /** Whether the lane is too far ahead to send. */
  readonly behind: boolean;
  /** @throws what the write threw: the lane cannot go on. */
  whenKeptUp(): Promise<void>;
  /**
   * Everything is written. @throws like whenKeptUp. What the database refused of a result is told once so: it is
   * written as refused then, and more may be added to end what was begun.
   */
  drain(): Promise<void>;
}

interface Batch {
  outcomes: Outcome[];
  progress: LegProgress[];
}

/** Steps of one leg become one: furthest cursor, last state, all unchanged numbers. */
function mergeProgress(into: LegProgress[], next: LegProgress): void {
  const known = into.find(({ runId }) => runId === next.runId);
  if (known === undefined) {
    into.push({ ...next, unchanged: [...next.unchanged] });
    return;
  }
  for (const employeeNo of next.unchanged) known.unchanged.push(employeeNo);
  known.cursorEmployeeNo = next.cursorEmployeeNo ?? known.cursorEmployeeNo;
  if (next.strangers !== undefined) known.strangers = next.strangers;
  known.state = next.state;
  known.reason = next.reason;
  known.reasonCode = next.reasonCode;
}

export function createOutcomeWriter(store: Store, lease: HeldLease, patience: Patience): OutcomeWriter {
  let queue: { outcomes: Outcome[]; progress: LegProgress }[] = [];
  let unwritten = 0;
  let pumping: Promise<void> | null = null;
  let failure: { error: unknown } | null = null;
  let refusal: StoreRejectedError | null = null;
  let keptUp: (() => void)[] = [];

  const nextBatch = (): Batch => {
    const batch: Batch = { outcomes: [], progress: [] };
    let taken = 0;
    while (taken < queue.length) {
      const { outcomes, progress } = queue[taken] ?? { outcomes: [], progress: null };
      if (progress === null || (taken > 0 && batch.outcomes.length + outcomes.length > MAX_BATCH)) break;
      for (const outcome of outcomes) batch.outcomes.push(outcome);
      mergeProgress(batch.progress, progress);
      taken += 1;
    }
    queue = queue.slice(taken);
    return batch;
  };

  const wake = () => {
    const all = keptUp;
    keptUp = [];
    for (const one of all) one();
  };

  const write = (outcomes: Outcome[], progress: LegProgress[]) =>
    patience.run('write results', () => store.writeOutcomes(lease.current, outcomes, progress));

  /** What is refused of a batch is found by writing each alone: the others are as good as ever. */
  async function writeApart(batch: Batch, error: StoreRejectedError): Promise<void> {
    const orRefused = async (attempt: Promise<void>, instead: () => Promise<void>) => {
      try {
        await attempt;
      } catch (refused) {
        if (!(refused instanceof StoreRejectedError)) throw refused;
        await instead();
      }
    };
    for (const outcome of batch.outcomes)
      await orRefused(write([outcome], []), () => write([resultRefused(outcome, error)], []));
    await orRefused(write([], batch.progress), () => write([], batch.progress.map(reasonRefused)));
    refusal = error;
  }

  async function writeBatch(batch: Batch): Promise<void> {
    try {
      await write(batch.outcomes, batch.progress);
    } catch (error) {
      if (!(error instanceof StoreRejectedError)) throw error;
      await writeApart(batch, error);
    }
  }

  async function pump(): Promise<void> {
    try {
      while (queue.length > 0) {
        const batch = nextBatch();
        await writeBatch(batch);
        unwritten -= batch.outcomes.length;
        wake();
      }
    } catch (error) {
      failure = { error };
    } finally {
      pumping = null;
      wake();
    }
  }

  const check = () => {
    if (failure !== null) throw failure.error;
    if (refusal === null) return;
    const told = refusal;
    refusal = null;
    throw told;
  };

  return {
    add(outcomes, progress) {
      queue.push({ outcomes, progress });
      unwritten += outcomes.length;
      if (failure === null) pumping ??= pump();
    },
    get behind() {
      return failure !== null || refusal !== null || unwritten >= MAX_UNWRITTEN;
    },
    async whenKeptUp() {
      check();
      if (unwritten >= MAX_UNWRITTEN) await new Promise<void>((resolve) => keptUp.push(resolve));
      check();
    },
    async drain() {
      check();
      await pumping;
      check();
    },
  };
}
