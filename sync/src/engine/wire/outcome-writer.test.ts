import { describe, expect, test } from 'vitest';
import { StoreRejectedError } from '../../store/store-errors.ts';
import { createMemoryStore } from '../../store/memory/memory-store.ts';
import type { LegProgress, Outcome } from '../../store/store.ts';
import { createVirtualClock } from '../../testing/virtual-clock.ts';
import { createEmitter } from '../emitter.ts';
import type { EngineEvents } from '../events.ts';
import { holdLease } from './held-lease.ts';
import { createOutcomeWriter, MAX_UNWRITTEN } from './outcome-writer.ts';
import { createPatience } from './patience.ts';

function setUp(takesMs: number, fails: Error | null = null) {
  const clock = createVirtualClock(0);
  const writes: { outcomes: Outcome[]; progress: LegProgress[] }[] = [];
  const store = {
    ...createMemoryStore({ clock }),
    writeOutcomes: async (_: unknown, outcomes: Outcome[], progress: LegProgress[]) => {
      await clock.sleep(takesMs);
      if (fails !== null) throw fails;
      writes.push({ outcomes, progress });
    },
  };
  const lease = holdLease({ deviceId: 'd', fence: 1, abandoned: false, expiresAtMs: 1e9 }, clock);
  const events = createEmitter<EngineEvents>();
  const patience = createPatience({
    clock,
    random: () => 0.5,
    events,
    stopping: new AbortController().signal,
  });
  return { clock, writes, writer: createOutcomeWriter(store, lease, patience) };
}

const outcome = (employeeNo: number): Outcome => ({
  runId: 'r',
  line: {
    employeeId: null,
    employeeNo,
    deviceId: 'd',
    status: 'sincronizat',
    person: 'created',
    face: 'set',
    reasons: [],
    error: null,
  },
  tracking: null,
});
const progress = (cursorEmployeeNo: number | null, more: Partial<LegProgress> = {}): LegProgress => ({
  runId: 'r',
  state: 'running',
  cursorEmployeeNo,
  reason: null,
  reasonCode: null,
  unchanged: [],
  ...more,
});

describe('results', () => {
  test('are written at once, and those that come meanwhile together, in their order', async () => {
    const { clock, writes, writer } = setUp(100);
    for (let nth = 1; nth <= 4; nth += 1)
      writer.add([outcome(nth)], progress(nth, { unchanged: [100 + nth] }));
    writer.add([], progress(null, { state: 'ok' }));
    await clock.run(writer.drain());
    expect(writes.map(({ outcomes }) => outcomes.map(({ line }) => line.employeeNo))).toEqual([
      [1],
      [2, 3, 4],
    ]);
    expect(writes[1]!.progress).toEqual([progress(4, { state: 'ok', unchanged: [102, 103, 104] })]);
  });

  test('hold the lane back when it runs too far ahead, until the database has caught up', async () => {
    const { clock, writer } = setUp(100);
    for (let nth = 1; nth < MAX_UNWRITTEN; nth += 1) writer.add([outcome(nth)], progress(nth));
    expect(writer.behind).toBe(false);
    writer.add([outcome(99)], progress(99));
    expect(writer.behind).toBe(true);
    await clock.run(writer.whenKeptUp());
    expect(writer.behind).toBe(false);
    expect(clock.now()).toBe(100);
  });

  test('that cannot be written end the lane, wherever it waits', async () => {
    const error = new StoreRejectedError('no');
    const { clock, writer } = setUp(100, error);
    for (let nth = 1; nth <= MAX_UNWRITTEN; nth += 1) writer.add([outcome(nth)], progress(nth));
    await expect(clock.run(writer.whenKeptUp())).rejects.toBe(error);
    await expect(writer.drain()).rejects.toBe(error);
    expect(writer.behind).toBe(true);
  });
});
