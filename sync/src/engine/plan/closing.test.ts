import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DevicePerson } from '../../isapi/device-client.ts';
import { personFingerprint } from '../../model/fingerprints.ts';
import { defaultPersonTemplate as template } from '../../model/person-template.ts';
import type { Knowledge, Tracking } from '../../model/tracking.ts';
import {
  closedWish,
  learnClosing,
  nextClosingStep,
  startClosing,
  type ClosingRules,
  type ClosingState,
} from './closing.ts';
import { MAX_STEPS } from './plan.ts';
import type { StepKind } from './step.ts';

const open: DevicePerson = {
  employeeNo: '1000',
  name: 'Popescu Ion',
  valid: { enable: true, beginTime: '2020-01-01T00:00:00', endTime: '2030-01-01T00:00:00' },
  doorRight: '1,2',
  planTemplateNo: '3',
};
const closed: DevicePerson = { ...open, valid: { ...open.valid, enable: false } };

const rowWith = (person: Knowledge): Tracking => ({
  deviceId: 'd',
  employeeNo: 1000,
  biometricsId: null,
  status: 'sincronizat',
  person,
  face: { state: 'foreign' },
  accessClosed: false,
  syncedAtMs: 1,
  errorCode: null,
  errorMessage: null,
});

interface Model {
  person: DevicePerson | null;
}

function act(model: Model, kind: StepKind, state: ClosingState): ClosingState {
  const step = kind as Exclude<ReturnType<typeof nextClosingStep>, null | object>;
  if (step === 'look-person') {
    const person = model.person && { ...model.person, numOfFace: 1 };
    return learnClosing(state, { step, heard: 'found', person }, template);
  }
  if (step === 'delete-person') model.person = null;
  else if (model.person === null && step === 'modify-person')
    return learnClosing(state, { step, heard: 'missing' }, template);
  else model.person = closedWish(state, template);
  return learnClosing(state, { step, heard: 'done' }, template);
}

test('closing ends closed or gone, never opens, never adds anybody, and keeps the data of the device', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(null, open, closed),
      fc.constantFrom<Knowledge>(
        { state: 'unknown' },
        { state: 'foreign' },
        { state: 'confirmed', fingerprint: 'x' },
      ),
      fc.constantFrom('Popescu Ion', null),
      fc.constantFrom('disable', 'delete'),
      fc.subarray<StepKind>(['look-person']),
      (person, known, name, leavers, lacks) => {
        const model: Model = { person };
        const rules: ClosingRules = { leavers: leavers, template, unsupported: new Set(lacks) };
        let state = startClosing(rowWith(known), name);
        for (let nth = 0; nth <= MAX_STEPS; nth += 1) {
          const next = nextClosingStep(state, rules);
          if (next === null) break;
          if (typeof next !== 'string') throw new Error(next.error.message);
          state = act(model, next, state);
          if (person === null) expect(model.person).toBeNull();
        }
        if (person === null || (leavers === 'delete' && model.person === null)) {
          expect(model.person).toBeNull();
          expect(state.person.state).toBe('absent');
        } else {
          expect(model.person).toMatchObject({ valid: { enable: false } });
          expect(state.accessClosed).toBe(true);
          const { employeeNo: _, ...data } = model.person!;
          expect(state.person).toEqual({ state: 'confirmed', fingerprint: personFingerprint(data) });
          if (name === null && lacks.length === 0) expect(model.person!.name).toBe(person.name);
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test('what was read before closing is written back: validity, doors, plan', () => {
  const state = { ...startClosing(rowWith({ state: 'foreign' }), null), found: { ...open, numOfFace: 1 } };
  expect(closedWish(state, template)).toEqual(closed);
});

test('a device that can neither change nor apply a person keeps the closing owed, and says so', () => {
  const rules: ClosingRules = {
    leavers: 'disable',
    template,
    unsupported: new Set<StepKind>(['modify-person', 'set-up-person']),
  };
  expect(nextClosingStep(startClosing(rowWith({ state: 'foreign' }), 'x'), rules)).toMatchObject({
    kind: 'give-up',
    scope: 'item',
    error: { code: 'leaver_not_closed' },
  });
});

test('SetUp, which could add somebody, is used only on a person the device was seen to have', () => {
  const rules: ClosingRules = {
    leavers: 'disable',
    template,
    unsupported: new Set<StepKind>(['modify-person']),
  };
  const start = startClosing(rowWith({ state: 'foreign' }), 'x');
  expect(nextClosingStep(start, rules)).toBe('look-person');
  const looked = learnClosing(start, { step: 'look-person', heard: 'found', person: null }, template);
  expect(nextClosingStep(looked, rules)).toBeNull();
  const found = { ...open, numOfFace: 1 };
  const seen = learnClosing(start, { step: 'look-person', heard: 'found', person: found }, template);
  expect(nextClosingStep(seen, rules)).toBe('set-up-person');
});
