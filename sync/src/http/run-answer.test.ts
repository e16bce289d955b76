import { describe, expect, it } from 'vitest';
import type { Counters, Leg, Run } from '../model/run.ts';
import {
  deviceAnswer,
  httpStatusOf,
  legErrors,
  lineError,
  progressOf,
  summaryAnswer,
  unchangedLine,
} from './run-answer.ts';
import { employee, line } from './testing/furnish.ts';
import { deviceId } from './testing/ids.ts';

const leg = (n: number, counters: Partial<Counters>, more: Partial<Leg> = {}): Leg => ({
  runId: 'r',
  deviceId: deviceId(n),
  deviceName: `Poarta ${n}`,
  state: 'ok',
  reason: null,
  reasonCode: null,
  cursorEmployeeNo: null,
  counters: {
    success: 0,
    alreadyExisting: 0,
    partial: 0,
    skipped: 0,
    failed: 0,
    notAttempted: 0,
    ...counters,
  },
  unchanged: [],
  strangers: null,
  ...more,
});

const run = (legs: Leg[], more: Partial<Run> = {}): Run => ({
  runId: 'r',
  scope: {
    kind: 'sync-all-to-all-devices',
    employeeId: null,
    deviceId: null,
    siteId: null,
    work: 'person-and-face',
    mode: 'incremental',
    execution: 'perform',
  },
  state: 'partial',
  requestedBy: 'user-1',
  requestedAtMs: 0,
  startedAtMs: null,
  finishedAtMs: null,
  cancelRequested: false,
  employeesWithoutNumber: 0,
  employeesInScope: 40,
  legs,
  ...more,
});

it('a device tells who is on it and is not ours, where its list was read', () => {
  expect(deviceAnswer(leg(1, {})).strangers).toBeNull();
  const strangers = { count: 2, employeeNos: ['7', 'A12'] };
  expect(deviceAnswer(leg(1, {}, { strangers })).strangers).toEqual({ count: 2, employee_nos: ['7', 'A12'] });
});

describe('summaryAnswer', () => {
  it('adds the devices up, and counts an employee without a number once', () => {
    const legs = [
      leg(1, { success: 39, alreadyExisting: 2, failed: 1 }),
      leg(2, { success: 39, partial: 1 }),
      leg(3, { success: 39, failed: 1 }),
    ];
    expect(summaryAnswer(run(legs, { employeesWithoutNumber: 1 }))).toEqual({
      employees: 40,
      devices: 3,
      success: 117,
      already_existing: 2,
      partial: 1,
      skipped: 1,
      failed: 2,
      not_attempted: 0,
    });
  });
});

describe('progressOf', () => {
  it('is the pairs with a result, of all pairs', () => {
    const legs = [leg(1, { success: 10, failed: 2 }), leg(2, { notAttempted: 40 })];
    expect(progressOf(run(legs))).toEqual({ done: 52, total: 80 });
  });

  it('never passes its total: leavers come on top of the employees in scope', () => {
    expect(progressOf(run([leg(1, { success: 41 })]))).toEqual({ done: 41, total: 41 });
  });
});

describe('errors', () => {
  it('name a device that was worked through and of which something is to be known', () => {
    const told = { state: 'partial', reason: 'run --full', reasonCode: 'device_people_gone' } as const;
    const legs = [leg(1, {}, told), leg(2, {}, { state: 'partial' })];
    expect(legErrors(legs)).toEqual([
      { code: 'device_people_gone', message: 'run --full', dispozitiv_id: deviceId(1), angajat_id: null },
    ]);
  });

  it('name a stopped device once, and not each employee it did not get to', () => {
    const stopped = leg(1, {}, { state: 'stopped', reason: 'off', reasonCode: 'device_unreachable' });
    expect(legErrors([stopped, leg(2, {})])).toEqual([
      { code: 'device_unreachable', message: 'off', dispozitiv_id: deviceId(1), angajat_id: null },
    ]);
    const error = { code: 'device_unreachable', message: 'off' };
    expect(lineError(line(1, 1, { status: 'neincercat', error }))).toBeNull();
    expect(lineError(line(1, 1, { status: 'partial', error }))).toMatchObject(error);
    expect(lineError(line(1, 1))).toBeNull();
  });
});

describe('unchangedLine', () => {
  it('tells a face in step from one that is missing', () => {
    expect(unchangedLine(1001, deviceId(1), employee(1)).face).toBe('unchanged');
    expect(unchangedLine(1001, deviceId(1), employee(1, { photoUrl: null })).face).toBe('missing');
  });

  it('stays a result when the employee was deleted since', () => {
    expect(unchangedLine(1001, deviceId(1), undefined)).toMatchObject({
      employeeId: null,
      face: 'unchanged',
    });
  });
});

it('only a run that failed everywhere is 502', () => {
  const states = ['completed', 'partial', 'cancelled', 'failed'] as const;
  expect(states.map(httpStatusOf)).toEqual([200, 200, 200, 502]);
});
