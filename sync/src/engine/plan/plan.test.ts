import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DevicePerson } from '../../isapi/device-client.ts';
import { personFingerprint, photoFingerprint } from '../../model/fingerprints.ts';
import { defaultPersonTemplate } from '../../model/person-template.ts';
import type { Knowledge, Tracking } from '../../model/tracking.ts';
import { anEmployee, photoOf } from '../testing/world.ts';
import { learn, type Lesson } from './learn.ts';
import { resultOf } from './pair-outcome.ts';
import { startOf, type PairState, type Rules } from './pair-state.ts';
import { MAX_STEPS, nextStep, planPair } from './plan.ts';
import type { StepKind } from './step.ts';
import { wishFor, type Wish } from './wish.ts';

const NUMBER = 1000;
const PHOTO = photoOf(NUMBER);
const wish: Wish = wishFor(anEmployee(NUMBER), defaultPersonTemplate)!;
const former: DevicePerson = { ...wish.person, name: 'Nume Vechi' };
const closed: DevicePerson = { ...wish.person, valid: { ...wish.person.valid, enable: false } };

const rules = (more: Partial<Rules> = {}): Rules => ({
  work: 'person-and-face',
  updateExisting: true,
  adoptFaces: 'replace',
  adoptPersons: 'any',
  faceLibrary: 'present',
  unsupported: new Set(),
  ...more,
});
const incremental = { work: 'person-and-face', mode: 'incremental' } as const;

interface Model {
  person: DevicePerson | null;
  face: string | null;
  countsFaces: boolean;
}

/** What the device does with a step, and what it says. */
function act(model: Model, kind: StepKind): Lesson {
  switch (kind) {
    case 'record-person':
      if (model.person !== null) return { step: kind, heard: 'already' };
      model.person = wish.person;
      return { step: kind, heard: 'done' };
    case 'modify-person':
      if (model.person === null) return { step: kind, heard: 'missing' };
      model.person = wish.person;
      return { step: kind, heard: 'done' };
    case 'set-up-person':
      model.person = wish.person;
      return { step: kind, heard: 'done' };
    case 'look-person':
      return {
        step: kind,
        heard: 'found',
        person: model.person && {
          ...model.person,
          numOfFace: model.countsFaces ? (model.face === null ? 0 : 1) : null,
        },
      };
    case 'look-face':
      return { step: kind, heard: 'seen', present: model.face !== null };
    case 'add-face':
      if (model.person === null) return { step: kind, heard: 'missing' };
      if (model.face !== null) return { step: kind, heard: 'already' };
      model.face = PHOTO;
      return { step: kind, heard: 'done' };
    case 'set-up-face':
      if (model.person === null) return { step: kind, heard: 'missing' };
      model.face = PHOTO;
      return { step: kind, heard: 'done' };
    case 'delete-face':
      model.face = null;
      return { step: kind, heard: 'done' };
    case 'delete-person':
      throw new Error('A plan removed a person who stays.');
  }
}

/** Carries a plan out to its end. */
function carryOut(model: Model, start: PairState, with_: Rules): { state: PairState; steps: StepKind[] } {
  let state = start;
  const steps: StepKind[] = [];
  for (let nth = 0; nth <= MAX_STEPS; nth += 1) {
    const next = nextStep(state, wish, with_);
    if (next === null) return { state, steps };
    if (next.kind === 'give-up') throw new Error(next.error.message);
    steps.push(next.kind);
    state = learn(state, act(model, next.kind), wish, with_);
  }
  throw new Error(`no end: ${steps.join(', ')}`);
}

const truthOf = (person: DevicePerson | null): Knowledge =>
  person === null ? { state: 'absent' } : { state: 'confirmed', fingerprint: personFingerprint(person) };
const faceTruth = (face: string | null): Knowledge =>
  face === null ? { state: 'absent' } : { state: 'confirmed', fingerprint: photoFingerprint(face) };

const row = (more: Partial<Tracking> = {}): Tracking => ({
  deviceId: 'd',
  employeeNo: NUMBER,
  biometricsId: 'b',
  status: 'sincronizat',
  person: truthOf(wish.person),
  face: faceTruth(PHOTO),
  accessClosed: false,
  identified: true,
  sentNames: [],
  syncedAtMs: 1,
  errorCode: null,
  errorMessage: null,
  ...more,
});

/** A device in some state, and a row that knows it, knows less, or (for what happened at the terminal) is out of date. */
const scene = fc
  .record({
    person: fc.constantFrom(null, wish.person, former, closed),
    face: fc.constantFrom(null, PHOTO, 'https://elsewhere.test/x.jpg'),
    countsFaces: fc.boolean(),
    knows: fc.constantFrom('all', 'nothing', 'unknown', 'there', 'gone'),
    status: fc.constantFrom('sincronizat', 'pending', 'eroare'),
    synced: fc.boolean(),
    mode: fc.constantFrom('incremental', 'full', 'verify'),
    lacks: fc.subarray<StepKind>(['look-person', 'look-face', 'set-up-face']),
    way: fc.constantFrom<StepKind[]>([], ['record-person'], ['modify-person'], ['set-up-person']),
  })
  .map((scene) => {
    const face = scene.person === null ? null : scene.face;
    const model: Model = { person: scene.person, face, countsFaces: scene.countsFaces };
    const base = row({
      status: scene.status,
      syncedAtMs: scene.synced ? 1 : null,
      accessClosed: scene.person === closed,
    });
    const rows: Record<string, Tracking | null> = {
      all: { ...base, person: truthOf(scene.person), face: faceTruth(face) },
      nothing: null,
      unknown: { ...base, person: { state: 'unknown' }, face: { state: 'unknown' } },
      there: {
        ...base,
        person: scene.person === null ? { state: 'unknown' } : { state: 'foreign' },
        face: face === null ? { state: 'unknown' } : { state: 'foreign' },
      },
      // Deleted at the terminal since.
      gone: { ...base, person: { state: 'absent' }, face: { state: 'absent' }, accessClosed: false },
    };
    return {
      model,
      row: rows[scene.knows] ?? null,
      mode: scene.mode,
      rules: rules({ unsupported: new Set([...scene.lacks, ...scene.way]) }),
    };
  });

describe('a plan carried out', () => {
  test('always ends in the wished state, removes nobody, and leaves nothing to plan', () => {
    fc.assert(
      fc.property(scene, ({ model, row: known, mode, rules: with_ }) => {
        const start = startOf(known, { work: 'person-and-face', mode }, 2);
        const { state } = carryOut(model, start, with_);
        expect(model.person).toEqual(wish.person);
        expect(model.face).toBe(PHOTO);
        const { tracking, line } = resultOf('d', wish, known, state, with_, [], { kind: 'over' }, 5);
        expect(line).toMatchObject({ status: 'sincronizat', error: null });
        expect(tracking).toMatchObject({ status: 'sincronizat', accessClosed: false, syncedAtMs: 5 });
        expect(nextStep(startOf(tracking, incremental, 2), wish, with_)).toBeNull();
      }),
      { numRuns: 3000 },
    );
  });

  test('whatever is lost or refused on the way, its knowledge never claims what is not so', () => {
    const mishaps = fc.array(fc.constantFrom('no', 'no', 'lost', 'swallowed', 'refused'), { maxLength: 12 });
    fc.assert(
      fc.property(scene, mishaps, ({ model, row: known, mode, rules: with_ }, troubles) => {
        let state = startOf(known, { work: 'person-and-face', mode }, 2);
        for (const trouble of troubles) {
          const next = nextStep(state, wish, with_);
          if (next === null || next.kind === 'give-up') break;
          const { kind } = next;
          if (trouble === 'refused') {
            const error = { code: 'data_refused', message: 'no' };
            state = learn(state, { step: kind, heard: 'refused', error }, wish, with_);
            continue;
          }
          const said = trouble === 'swallowed' ? null : act(model, kind);
          const looked = kind === 'look-person' || kind === 'look-face';
          if (said !== null && (trouble === 'no' || looked)) state = learn(state, said, wish, with_);
          else if (!looked) state = learn(state, { step: kind, heard: 'lost' }, wish, with_);
        }
        const { tracking } = resultOf('d', wish, known, state, with_, [], { kind: 'cancelled' }, 5);
        if (tracking.person.state === 'confirmed') expect(tracking.person).toEqual(truthOf(model.person));
        if (tracking.face.state === 'confirmed') expect(tracking.face).toEqual(faceTruth(model.face));
        // What a row out of date said before is not this plan's claim.
        if (tracking.person.state === 'absent' && known?.person.state !== 'absent')
          expect(model.person).toBeNull();
      }),
      { numRuns: 3000 },
    );
  });
});

describe('steps and their reasons', () => {
  const unknown = { state: 'unknown' } as const;
  const foreign = { state: 'foreign' } as const;
  const cases: [string, Tracking | null, Partial<Rules>, 'incremental' | 'full', string[]][] = [
    ['in step', row(), {}, 'incremental', []],
    ['nobody looked', null, {}, 'incremental', ['record-person: new', 'add-face: new']],
    ['renamed', row({ person: truthOf(former) }), {}, 'incremental', ['modify-person: name changed']],
    [
      'other validity',
      row({ person: truthOf({ ...wish.person, planTemplateNo: '2' }) }),
      {},
      'incremental',
      ['modify-person: settings changed'],
    ],
    ['new photo', row({ face: faceTruth('x') }), {}, 'incremental', ['set-up-face: photo changed']],
    [
      'new photo where faces cannot be replaced',
      row({ face: faceTruth('x') }),
      { unsupported: new Set(['set-up-face']) },
      'incremental',
      ['delete-face: photo changed', 'add-face: missing on device'],
    ],
    [
      'face refused before',
      row({ status: 'eroare', face: { state: 'absent' } }),
      {},
      'incremental',
      ['add-face: failed before'],
    ],
    [
      'an answer was lost',
      row({ person: unknown, face: unknown }),
      {},
      'incremental',
      ['look-person: unknown on device'],
    ],
    [
      'came back after leaving',
      row({ person: truthOf(closed), accessClosed: true }),
      { updateExisting: false },
      'incremental',
      ['modify-person: active again'],
    ],
    [
      'somebody else typed in',
      row({ person: foreign }),
      {},
      'incremental',
      ['modify-person: not confirmed on device'],
    ],
    ['and existing data is left', row({ person: foreign }), { updateExisting: false }, 'incremental', []],
    ['another face', row({ face: foreign }), {}, 'incremental', ['set-up-face: not confirmed on device']],
    ['and faces are trusted', row({ face: foreign }), { adoptFaces: 'trust' }, 'incremental', []],
    ['asked in full', row(), {}, 'full', ['modify-person: asked in full', 'set-up-face: asked in full']],
    [
      'same name asked for',
      row({ person: foreign, identified: false }),
      { adoptPersons: 'same-name' },
      'incremental',
      ['look-person: not confirmed on device'],
    ],
    [
      'deleted at the terminal',
      row({ person: { state: 'absent' }, face: { state: 'absent' } }),
      {},
      'incremental',
      ['record-person: missing on device', 'add-face: missing on device'],
    ],
  ];
  test.each(cases)('%s', (_, known, more, mode, steps) => {
    const planned = planPair(startOf(known, { ...incremental, mode }, 2), wish, rules(more));
    expect(planned.map(({ kind, reason }) => `${kind}: ${reason}`)).toEqual(steps);
  });

  test('without a photo the person is written and the face left alone', () => {
    const plain: Wish = { ...wish, photo: null };
    expect(planPair(startOf(null, incremental, 2), plain, rules())).toMatchObject([
      { kind: 'record-person' },
    ]);
    expect(planPair(startOf(row(), incremental, 2), plain, rules())).toEqual([]);
  });

  test('photo only: the person is not touched, and a face thought in step is offered again', () => {
    const scope = { work: 'face-only', mode: 'incremental' } as const;
    const faceOnly = rules({ work: 'face-only' });
    expect(planPair(startOf(row(), scope, 2), wish, faceOnly)).toEqual([
      { kind: 'add-face', reason: 'asked for the photo' },
    ]);
    const known = row({ person: foreign, face: faceTruth('x') });
    expect(planPair(startOf(known, scope, 2), wish, faceOnly)).toEqual([
      { kind: 'set-up-face', reason: 'photo changed' },
    ]);
    // Done by another run since this one was asked for.
    expect(planPair(startOf(row({ syncedAtMs: 9000 }), scope, 1), wish, faceOnly)).toEqual([]);
  });

  test('full does not repeat what was brought in step since it was asked for', () => {
    expect(
      planPair(startOf(row({ syncedAtMs: 9000 }), { ...incremental, mode: 'full' }, 7), wish, rules()),
    ).toEqual([]);
  });
});

describe('what the plan gives up', () => {
  test('somebody with another name under our number is a conflict when the same name is asked for', () => {
    const with_ = rules({ adoptPersons: 'same-name' });
    const model: Model = { person: former, face: null, countsFaces: true };
    let state = startOf(null, incremental, 2);
    state = learn(state, act(model, 'record-person'), wish, with_);
    state = learn(state, act(model, 'look-person'), wish, with_);
    expect(nextStep(state, wish, with_)).toMatchObject({
      kind: 'give-up',
      error: { code: 'person_conflict' },
    });
    expect(model.person).toBe(former);
  });

  test('a device that says twice that the person it took is missing is not asked for ever', () => {
    let state = startOf(null, incremental, 2);
    for (let nth = 0; nth < 3; nth += 1) {
      state = learn(state, { step: 'record-person', heard: 'done' }, wish, rules());
      state = learn(state, { step: 'add-face', heard: 'missing' }, wish, rules());
    }
    expect(nextStep(state, wish, rules())).toMatchObject({
      kind: 'give-up',
      error: { code: 'person_missing' },
    });
  });

  test('a device without any call for persons, or for faces', () => {
    const none = rules({ unsupported: new Set<StepKind>(['record-person', 'set-up-person']) });
    expect(nextStep(startOf(null, incremental, 2), wish, none)).toMatchObject({
      scope: 'device',
      half: 'person',
    });
    const noFaces = rules({ unsupported: new Set<StepKind>(['add-face', 'set-up-face']) });
    expect(
      nextStep(startOf(row({ face: { state: 'absent' } }), incremental, 2), wish, noFaces),
    ).toMatchObject({
      scope: 'item',
      half: 'face',
    });
  });
});
