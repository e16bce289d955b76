import { describe, expect, test } from 'vitest';
import { emptyPlan } from './exchange-plan.ts';
import type { FaultWhat } from './fault.ts';
import { planExchange } from './plan-exchange.ts';

function planOf(...whats: FaultWhat[]) {
  return planExchange(whats.map((what, index) => ({ id: `f${index}`, what, roll: 0.5 })));
}

test('without faults nothing happens', () => {
  expect(planOf()).toEqual(emptyPlan());
});

describe('one kind at a time', () => {
  const line = emptyPlan().line;
  test.each<[FaultWhat, object]>([
    [{ kind: 'silence' }, { cut: { how: 'silence' } }],
    [{ kind: 'silence', done: true }, { line: { ...line, lost: 'silence' } }],
    [{ kind: 'delay', ms: 100, spreadMs: 50 }, { delayMs: 125 }],
    [{ kind: 'reset', at: 'before-request' }, { cut: { how: 'reset', at: 'before-request' } }],
    [{ kind: 'reset', at: 'middle-of-answer' }, { line: { ...line, keepBytes: 'half', afterCut: 'reset' } }],
    [{ kind: 'answer-lost' }, { line: { ...line, lost: 'silence' } }],
    [{ kind: 'answer-lost', how: 'reset' }, { line: { ...line, lost: 'reset' } }],
    [{ kind: 'truncated' }, { line: { ...line, keepBytes: 'half' } }],
    [{ kind: 'truncated', keepBytes: 0 }, { line: { ...line, keepBytes: 0 } }],
    [{ kind: 'dripping', bytesPerSecond: 3 }, { line: { ...line, bytesPerSecond: 3 } }],
    [{ kind: 'wrong-content-type', contentType: 'a/b' }, { contentType: 'a/b' }],
    [{ kind: 'malformed' }, { malformed: { body: undefined } }],
    [{ kind: 'malformed', body: '' }, { malformed: { body: '' } }],
    [
      { kind: 'http-503' },
      { instead: { done: false, form: 'raw', status: 503, contentType: null, body: '' } },
    ],
    [
      { kind: 'answer', status: 418, body: 'x' },
      { instead: { done: false, form: 'raw', status: 418, contentType: null, body: 'x' } },
    ],
    [
      { kind: 'busy' },
      {
        instead: {
          done: false,
          form: 'sub-status',
          subStatusCode: 'deviceBusy',
          errorMsg: undefined,
          status: undefined,
        },
      },
    ],
    [
      { kind: 'sub-status', subStatusCode: 'noMemory', errorMsg: 'm', status: 500 },
      { instead: { done: false, form: 'sub-status', subStatusCode: 'noMemory', errorMsg: 'm', status: 500 } },
    ],
    [
      { kind: 'sub-status', subStatusCode: 'rebootRequired', done: true },
      {
        instead: {
          done: true,
          form: 'sub-status',
          subStatusCode: 'rebootRequired',
          errorMsg: undefined,
          status: undefined,
        },
      },
    ],
    [{ kind: 'persons-full' }, { terminal: { maxPersons: 0 } }],
    [{ kind: 'persons-full', at: 12 }, { terminal: { maxPersons: 12 } }],
    [{ kind: 'faces-full', at: 3 }, { terminal: { maxFaces: 3 } }],
    [{ kind: 'download-fails' }, { terminal: { downloadFails: { code: undefined } } }],
    [{ kind: 'modelling-fails', code: 'c' }, { terminal: { modellingFails: { code: 'c' } } }],
    [{ kind: 'slow-modelling', ms: 10, spreadMs: 10 }, { terminal: { modellingMs: 15 } }],
    [{ kind: 'wrong-password' }, { refuseLogin: true }],
    [{ kind: 'reboot' }, { cut: { how: 'reset', at: 'after-request' } }],
    [{ kind: 'refused' }, {}],
    [{ kind: 'offline' }, {}],
    [{ kind: 'password-changed', password: 'p' }, {}],
    [{ kind: 'clock-wrong', offsetMs: 1 }, {}],
    [{ kind: 'edited-at-terminal', employeeNo: '1', remove: true }, {}],
  ])('%j', (what, expected) => {
    expect(planOf(what)).toEqual({ ...emptyPlan(), ...expected, faultIds: ['f0'] });
  });

  test('an HTML page is a page', () => {
    expect(planOf({ kind: 'html' }).instead).toMatchObject({ status: 200, contentType: 'text/html' });
  });
});

describe('several at once', () => {
  test('delays add up, the lowest limit counts, and for the rest the first in the list wins', () => {
    const plan = planOf(
      { kind: 'delay', ms: 10 },
      { kind: 'busy' },
      { kind: 'delay', ms: 20 },
      { kind: 'html' },
      { kind: 'persons-full', at: 9 },
      { kind: 'persons-full', at: 4 },
      { kind: 'silence' },
      { kind: 'reset', at: 'after-request' },
    );
    expect(plan.delayMs).toBe(30);
    expect(plan.instead).toMatchObject({ subStatusCode: 'deviceBusy' });
    expect(plan.terminal.maxPersons).toBe(4);
    expect(plan.cut).toEqual({ how: 'silence' });
    expect(plan.faultIds).toHaveLength(8);
  });

  test('an answer lost after the change is not turned into one before it', () => {
    const plan = planOf({ kind: 'answer-lost', how: 'reset' }, { kind: 'silence', done: true });
    expect(plan.cut).toBeNull();
    expect(plan.line.lost).toBe('reset');
  });
});
