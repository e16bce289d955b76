import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandFaults, MAX_FAULTS_PER_DEVICE } from './expand-faults.ts';
import { FaultError } from './fault-error.ts';
import { faultKinds, kindNames } from './kinds/index.ts';
import { packagedSet, packagedSets } from './packaged-sets.ts';
import { parseFault } from './parse-fault.ts';

function messageOf(value: unknown): string {
  try {
    parseFault(value, 'faults[2]');
  } catch (error) {
    if (error instanceof FaultError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('what is refused says where, what and how', () => {
  test.each([
    ['nope', /^faults\[2\]: .*packaged set/],
    [{}, /^faults\[2\]\.what: .*"kind"/],
    [
      { what: { kind: 'dealy', ms: 1 } },
      /^faults\[2\]\.what\.kind: "dealy" is no kind.*did you mean "delay"/,
    ],
    [{ what: { kind: 'toString' } }, /is no kind of fault/],
    [{ what: { kind: 'delay', ms: 'soon' } }, /^faults\[2\]\.what\.ms: .*\(given: "soon"\).*"ms":2000/],
    [{ what: { kind: 'delay', ms: -1 } }, /^faults\[2\]\.what\.ms: /],
    [{ what: { kind: 'delay' } }, /^faults\[2\]\.what\.ms: .*given: nothing/],
    [
      { what: { kind: 'delay', ms: 1, spredMs: 2 } },
      /^faults\[2\]\.what\.spredMs: .*did you mean "spreadMs"/,
    ],
    [{ what: { kind: 'silence', dnoe: true } }, /did you mean "done"/],
    [{ what: { kind: 'reset', at: 'noon' } }, /before-request/],
    [{ what: { kind: 'edited-at-terminal', employeeNo: '1' } }, /nothing to do: give name/],
    [{ what: { kind: 'wrong-content-type', contentType: 'a\r\nb: c' } }, /printable ASCII/],
    [{ what: { kind: 'busy' }, when: { probability: 2 } }, /^faults\[2\]\.when\.probability: .*given: 2/],
    [{ what: { kind: 'busy' }, when: { nht: 2 } }, /^faults\[2\]\.when\.nht: .*did you mean "nth"/],
    [{ what: { kind: 'busy' }, when: { fromMs: 9, untilMs: 9 } }, /untilMs must be greater/],
    [{ what: { kind: 'busy' }, nth: 2 }, /^faults\[2\]\.nth: .*\{"when": \{"nth": 2\}\}/],
    [{ what: { kind: 'busy' }, id: 'a b' }, /^faults\[2\]\.id: .*letters/],
  ])('%j', (value, expected) => {
    expect(messageOf(value)).toMatch(expected);
  });

  test('messages stay short whatever is given', () => {
    expect(messageOf({ what: { kind: 'x'.repeat(10_000) } }).length).toBeLessThan(1000);
  });

  test('no input ends in anything but a fault or a FaultError', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...kindNames), (value, kind) => {
        messageOf(value);
        messageOf({ what: { kind, ms: value }, when: value });
      }),
    );
  });
});

test.each(kindNames)('%s: its example is a good one, and it says what it is', (name) => {
  const { example, summary, kind } = faultKinds[name];
  expect(kind).toBe(name);
  expect(summary).toMatch(/[.]$/);
  expect(parseFault({ what: example }, 'x').what).toEqual(example);
});

describe('packaged sets', () => {
  test.each(packagedSets.map((set) => [set.name, set] as const))('%s is made of good faults', (name, set) => {
    expect(set.description).toMatch(/\.$/);
    expect(set.faults.length).toBeGreaterThan(0);
    expect(expandFaults([name])).toHaveLength(set.faults.length);
    for (const fault of set.faults) expect(parseFault(fault, name)).toEqual(fault);
  });

  test('names are unique and a near miss is understood', () => {
    expect(new Set(packagedSets.map(({ name }) => name)).size).toBe(packagedSets.length);
    expect(() => packagedSet('flaky_vpn', 'faults[0]')).toThrow(/did you mean "flaky-vpn"/);
  });
});

describe('lists', () => {
  test('ids are unique, given or found', () => {
    expect(() =>
      expandFaults([
        { id: 'a', what: { kind: 'busy' } },
        { id: 'a', what: { kind: 'html' } },
      ]),
    ).toThrow(/faults\[1\]\.id: "a" is in use/);
    const ids = expandFaults([
      { what: { kind: 'busy' } },
      { id: 'fault-3', what: { kind: 'busy' } },
      { what: { kind: 'busy' } },
    ]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });

  test('a list is a list, and bounded', () => {
    expect(() => expandFaults({ kind: 'busy' })).toThrow(/must be a list/);
    const many = Array.from({ length: MAX_FAULTS_PER_DEVICE + 1 }, () => ({ what: { kind: 'busy' } }));
    expect(() => expandFaults(many)).toThrow(/at most 500/);
  });
});
