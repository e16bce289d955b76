import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Exchange } from './exchange.ts';
import { matchesExchange, timeAlone, turnCome, windowOpen } from './matches.ts';

const record: Exchange = {
  stage: 'signed',
  method: 'POST',
  target: '/ISAPI/AccessControl/UserInfo/Record?format=json',
  endpoint: 'person-record',
  employeeNo: '1000',
};

describe('which exchange', () => {
  test.each([
    [{}, true],
    [{ endpoint: 'person-record' }, true],
    [{ endpoint: 'person-*' }, true],
    [{ endpoint: '*' }, true],
    [{ endpoint: ['face-record', 'person-record'] }, true],
    [{ endpoint: 'person' }, false],
    [{ endpoint: 'face-*' }, false],
    [{ method: 'post' }, true],
    [{ method: 'PUT' }, false],
    [{ employeeNo: '1000' }, true],
    [{ employeeNo: ['1', '1000'] }, true],
    [{ employeeNo: '01000' }, false],
    [{ stage: 'unsigned' }, false],
    [{ stage: 'any' }, true],
    [{ endpoint: 'person-*', method: 'PUT' }, false],
  ] as const)('%j fits a signed person-record of 1000: %s', (when, expected) => {
    const mutable = structuredClone(when) as Parameters<typeof matchesExchange>[0];
    expect(matchesExchange(mutable, record)).toBe(expected);
  });

  test('by default the first half of a handshake is left alone', () => {
    expect(matchesExchange({}, { ...record, stage: 'unsigned' })).toBe(false);
    expect(matchesExchange({ stage: 'any' }, { ...record, stage: 'unsigned' })).toBe(true);
    expect(matchesExchange({ stage: 'unsigned' }, { ...record, stage: 'unsigned' })).toBe(true);
  });

  test('an unknown path is met only by faults that name no endpoint', () => {
    const unknown = { ...record, endpoint: null };
    expect(matchesExchange({}, unknown)).toBe(true);
    expect(matchesExchange({ endpoint: '*' }, unknown)).toBe(true);
    expect(matchesExchange({ endpoint: 'person-*' }, unknown)).toBe(false);
  });
});

test('a window includes its beginning and not its end', () => {
  expect([0, 99, 100, 199, 200].map((ms) => windowOpen({ fromMs: 100, untilMs: 200 }, ms))).toEqual([
    false,
    false,
    true,
    true,
    false,
  ]);
  expect(windowOpen({}, 1e12)).toBe(true);
});

test('every k-th turn comes exactly n/k times in n calls, the nth once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 200 }), (k, calls) => {
      const turns = Array.from({ length: calls }, (_, index) => index + 1);
      expect(turns.filter((seen) => turnCome({ every: k }, seen))).toHaveLength(Math.floor(calls / k));
      expect(turns.filter((seen) => turnCome({ nth: k }, seen))).toHaveLength(calls >= k ? 1 : 0);
    }),
  );
});

test('time alone decides only without any other condition', () => {
  expect(timeAlone({ fromMs: 5, untilMs: 10 })).toBe(true);
  for (const when of [
    { nth: 1 },
    { times: 1 },
    { probability: 1 },
    { endpoint: 'x' },
    { stage: 'any' as const },
  ])
    expect(timeAlone(when)).toBe(false);
});
