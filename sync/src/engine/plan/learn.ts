import type { FoundPerson } from '../../isapi/device-client.ts';
import type { ItemError } from '../../model/run.ts';
import { withSentName, type PairState, type Rules } from './pair-state.ts';
import { isCalledOurs } from './person-step.ts';
import type { StepKind } from './step.ts';
import { sameOnDevice, type Wish } from './wish.ts';

/** What the device said to a step, as far as it teaches something about the pair. */
export type Lesson =
  | { step: StepKind; heard: 'done' | 'already' | 'missing' | 'lost' }
  | { step: StepKind; heard: 'refused'; error: ItemError }
  | { step: 'look-person'; heard: 'found'; person: FoundPerson | null }
  | { step: 'look-face'; heard: 'seen'; present: boolean };

/** The device said so just now. */
const noFace = { face: { state: 'absent' }, faceSurelyAbsent: true, faceJustAbsent: true } as const;
/** Nobody knows whether there is one. */
const maybeFace = { faceSurelyAbsent: false, faceJustAbsent: false } as const;

/** The person is not there, and a face does not live without its person. */
const gone = (state: PairState): PairState => ({
  ...state,
  person: { state: 'absent' },
  personSurelyAbsent: true,
  ...noFace,
  accessClosed: false,
  identified: false,
  sentNames: [],
});

const exists = (state: PairState): boolean =>
  state.person.state === 'confirmed' || state.person.state === 'foreign';

function personWritten(state: PairState, wish: Wish, created: boolean): PairState {
  const found = state.everSynced ? 'updated' : 'already_exists';
  return {
    ...state,
    person: { state: 'confirmed', fingerprint: wish.personFingerprint },
    accessClosed: false,
    identified: true,
    sentNames: [],
    personDue: false,
    personSent: null,
    personResult: created || state.personResult === 'created' ? 'created' : found,
  };
}

function faceWritten(state: PairState, wish: Wish): PairState {
  if (wish.photo === null) return state;
  return {
    ...state,
    // A face was taken, so its person is there, though perhaps not with the data of the database.
    person: state.person.state === 'absent' ? { state: 'foreign' } : state.person,
    face: { state: 'confirmed', fingerprint: wish.photo.fingerprint },
    ...maybeFace,
    faceDue: 'no',
    faceSent: false,
    faceResult: 'set',
  };
}

/** A face is there; whose it is depends on what was known and sent. */
function facePresent(state: PairState, wish: Wish): PairState {
  if (state.faceSent) return faceWritten(state, wish);
  return state.face.state === 'absent' ? { ...state, face: { state: 'foreign' } } : state;
}

function foundPerson(state: PairState, found: FoundPerson | null, wish: Wish): PairState {
  if (found === null)
    return { ...gone(state), looked: true, foundName: null, personSent: null, faceSent: false };
  const identified = state.identified || isCalledOurs(state, found.name, wish);
  const base: PairState = { ...state, looked: true, foundName: found.name, identified };
  const sent = state.personSent;
  const seen: PairState = sameOnDevice(found, wish.person)
    ? {
        ...base,
        person: { state: 'confirmed', fingerprint: wish.personFingerprint },
        accessClosed: false,
        // What was sent before its answer was lost has arrived.
        personDue: sent === null && state.personDue,
        personResult: sent ?? state.personResult,
        personSent: null,
      }
    : { ...base, person: { state: 'foreign' }, personSent: null };
  if (found.numOfFace === 0) return { ...seen, ...noFace, faceSent: false };
  return found.numOfFace === null ? seen : facePresent(seen, wish);
}

function faceAlready(state: PairState, wish: Wish, rules: Rules): PairState {
  if (state.faceSent) return faceWritten(state, wish);
  const current = state.face.state === 'confirmed' && state.face.fingerprint === wish.photo?.fingerprint;
  const trusted = rules.adoptFaces === 'trust' && state.faceAdoptable;
  if (wish.photo !== null && (current || trusted))
    return {
      ...state,
      face: { state: 'confirmed', fingerprint: wish.photo.fingerprint },
      faceDue: 'no',
      faceResult: 'unchanged',
    };
  return { ...state, face: { state: 'foreign' }, faceOffered: true };
}

function lost(state: PairState, step: StepKind, wish: Wish): PairState {
  switch (step) {
    case 'record-person':
    case 'modify-person':
    case 'set-up-person':
      return {
        ...state,
        person: { state: 'unknown' },
        sentNames: state.identified ? [] : withSentName(state.sentNames, wish.person.name),
        personSent: exists(state) ? (state.everSynced ? 'updated' : 'already_exists') : 'created',
      };
    case 'add-face':
    case 'set-up-face':
    case 'delete-face':
      return {
        ...state,
        face: { state: 'unknown' },
        faceSent:
          step !== 'delete-face' &&
          (state.faceSent || (state.face.state === 'absent' && state.faceJustAbsent)),
        ...maybeFace,
      };
    case 'delete-person':
    case 'look-person':
    case 'look-face':
      return state;
  }
}

/** The pair after what the device said. Only an acknowledgement ever makes something `confirmed`. */
export function learn(state: PairState, lesson: Lesson, wish: Wish, rules: Rules): PairState {
  const { step } = lesson;
  switch (lesson.heard) {
    case 'found':
      return foundPerson(state, lesson.person, wish);
    case 'seen':
      if (!lesson.present) return { ...state, ...noFace, faceSent: false };
      return state.faceSent
        ? faceWritten(state, wish)
        : { ...state, face: { state: 'foreign' }, faceAdoptable: false };
    case 'lost':
      return lost(state, step, wish);
    case 'refused':
      return step === 'add-face' || step === 'set-up-face' || step === 'delete-face'
        ? { ...state, faceError: lesson.error, faceResult: 'failed' }
        : { ...state, personError: lesson.error, personResult: 'failed' };
    case 'missing':
      if (step === 'delete-face') return { ...state, ...noFace };
      return { ...gone(state), toldMissing: state.toldMissing + 1, personResult: null };
    case 'already':
      return step === 'add-face' || step === 'set-up-face'
        ? faceAlready(state, wish, rules)
        : // Somebody is there whom we did not expect: so may a face be.
          { ...state, person: { state: 'foreign' }, ...maybeFace };
    case 'done':
      switch (step) {
        case 'record-person':
          // Somebody just created has no face yet, whatever was believed before.
          return { ...personWritten(state, wish, true), ...noFace };
        case 'modify-person':
          return personWritten(state, wish, false);
        case 'set-up-person':
          // SetUp does not tell whether it created: there may be somebody with a face.
          return { ...personWritten(state, wish, state.person.state === 'absent'), ...maybeFace };
        case 'delete-person':
          return gone(state);
        case 'add-face':
        case 'set-up-face':
          return faceWritten(state, wish);
        case 'delete-face':
          return { ...state, ...noFace, oldFaceRemoved: true };
        case 'look-person':
        case 'look-face':
          return state;
      }
  }
}
