import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
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
  identified: true,
  sentNames: [],
  syncedAtMs: 1,
  errorCode: null,
  errorMessage: null,
});

const neverSynced = (person: Knowledge, more: Partial<Tracking> = {}): Tracking => ({
  ...rowWith(person),
  status: 'pending',
  syncedAtMs: null,
  identified: false,
  ...more,
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
        let state = startClosing(rowWith(known), name, 'any');
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
  const state = {
    ...startClosing(rowWith({ state: 'foreign' }), null, 'any'),
    found: { ...open, numOfFace: 1 },
  };
  expect(closedWish(state, template)).toEqual(closed);
});

test('a device that can neither change nor apply a person keeps the closing owed, and says so', () => {
  const rules: ClosingRules = {
    leavers: 'disable',
    template,
    unsupported: new Set<StepKind>(['modify-person', 'set-up-person']),
  };
  expect(nextClosingStep(startClosing(rowWith({ state: 'foreign' }), 'x', 'any'), rules)).toMatchObject({
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
  const start = startClosing(rowWith({ state: 'foreign' }), 'x', 'any');
  expect(nextClosingStep(start, rules)).toBe('look-person');
  const looked = learnClosing(start, { step: 'look-person', heard: 'found', person: null }, template);
  expect(nextClosingStep(looked, rules)).toBeNull();
  const found = { ...open, numOfFace: 1 };
  const seen = learnClosing(start, { step: 'look-person', heard: 'found', person: found }, template);
  expect(nextClosingStep(seen, rules)).toBe('set-up-person');
});

describe('whom no sync ever identified, under same-name', () => {
  const vague = fc.constantFrom<Knowledge>({ state: 'unknown' }, { state: 'foreign' });
  const anyRules = fc.record<ClosingRules>({
    leavers: fc.constantFrom('disable', 'delete'),
    template: fc.constant(template),
    unsupported: fc
      .subarray<StepKind>(['look-person', 'modify-person', 'set-up-person'])
      .map((lacks) => new Set(lacks)),
  });
  const names = fc.constantFrom('Popescu Ion', 'Ionescu Ana', null);

  /** Works through a closing; gives what is then on the device, what is known, and the steps it took. */
  function work(start: ClosingState, device: DevicePerson | null, rules: ClosingRules) {
    const model: Model = { person: device };
    const steps: StepKind[] = [];
    let state = start;
    for (let nth = 0; nth <= MAX_STEPS; nth += 1) {
      const next = nextClosingStep(state, rules);
      if (next === null) break;
      if (typeof next !== 'string') {
        state = { ...state, error: next.error };
        continue;
      }
      steps.push(next);
      state = act(model, next, state);
    }
    return { model, state, steps };
  }

  test('nobody is touched who is not called as the leaver: that is reported, and stays owed', () => {
    fc.assert(
      fc.property(
        vague,
        anyRules,
        names,
        fc.constantFrom(null, open, closed),
        (known, rules, name, device) => {
          const start = startClosing(neverSynced(known), name, 'same-name');
          const { model, state, steps } = work(start, device, rules);
          if (rules.unsupported.has('look-person')) {
            expect(steps).toEqual([]);
            expect(state).toMatchObject({ person: known, accessClosed: false });
            expect(state.error).toMatchObject({ code: 'person_conflict' });
            expect(state.error!.message).toMatch(/firmware does not tell who.* terminal/);
            return;
          }
          expect(steps[0]).toBe('look-person');
          if (device === null) {
            expect(state).toMatchObject({ person: { state: 'absent' }, error: null });
            expect(model.person).toBeNull();
          } else if (name !== device.name) {
            expect(model.person).toEqual(device);
            expect(steps).toEqual(['look-person']);
            expect(state).toMatchObject({ person: known, accessClosed: false });
            expect(state.error).toMatchObject({ code: 'person_conflict' });
            expect(state.error!.message).toContain('at the terminal');
            expect(state.error!.message).not.toContain(device.name);
          } else if (state.error === null) {
            expect(state.accessClosed || state.person.state === 'absent').toBe(true);
            expect(model.person?.valid.enable ?? false).toBe(false);
          } else expect(state.error.code).toBe('leaver_not_closed');
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('what the device confirmed, or was once in step, and everything under any, goes as ever', () => {
    const confirmed: Knowledge = { state: 'confirmed', fingerprint: 'x' };
    const rows: [Tracking, 'any' | 'same-name'][] = [
      [neverSynced(confirmed), 'same-name'],
      [rowWith({ state: 'foreign' }), 'same-name'],
      [rowWith({ state: 'unknown' }), 'same-name'],
      [neverSynced({ state: 'foreign' }), 'any'],
      [neverSynced({ state: 'unknown' }), 'any'],
    ];
    const rules: ClosingRules = { leavers: 'disable', template, unsupported: new Set<StepKind>() };
    for (const [row, adoptPersons] of rows) {
      const { model, state } = work(startClosing(row, 'Ionescu Ana', adoptPersons), open, rules);
      expect(model.person).toMatchObject({ valid: { enable: false } });
      expect(state.accessClosed).toBe(true);
    }
  });

  test('a conflict once reported is doubted whatever was synced before, and ended by nobody being there', () => {
    const row = { ...rowWith({ state: 'unknown' }), errorCode: 'person_conflict' };
    const rules: ClosingRules = { leavers: 'disable', template, unsupported: new Set<StepKind>() };
    const start = startClosing(row, 'Ionescu Ana', 'same-name');
    expect(work(start, open, rules).state.error).toMatchObject({ code: 'person_conflict' });
    expect(work(start, null, rules).state).toMatchObject({ person: { state: 'absent' }, error: null });
  });

  test('the name is compared as a terminal holds it: cut to what fits', () => {
    const long = 'Ă'.repeat(100);
    const rules: ClosingRules = { leavers: 'disable', template, unsupported: new Set<StepKind>() };
    const device = { ...open, name: 'Ă'.repeat(64) };
    const { state } = work(startClosing(neverSynced({ state: 'unknown' }), long, 'same-name'), device, rules);
    expect(state.accessClosed).toBe(true);
  });

  test('an answer lost while closing somebody already identified does not bring the doubt back', () => {
    const start = startClosing(neverSynced({ state: 'foreign' }), 'Popescu Ion', 'same-name');
    const person = { ...open, numOfFace: 1 };
    const seen = learnClosing(start, { step: 'look-person', heard: 'found', person }, template);
    expect(learnClosing(seen, { step: 'modify-person', heard: 'lost' }, template)).toMatchObject({
      doubtful: false,
      person: { state: 'unknown' },
    });
  });
});
