import type { FaceResult, ItemError, Line, LineStatus, PersonResult } from '../../model/run.ts';
import type { Knowledge, Tracking } from '../../model/tracking.ts';
import { faceStep, leavesFaceOut } from './face-step.ts';
import type { PairState, Rules } from './pair-state.ts';
import { personStep } from './person-step.ts';
import { nextStep } from './plan.ts';
import type { Reason } from './step.ts';
import type { Wish } from './wish.ts';

/** How the work on a pair ended. */
export type PairEnd =
  | { kind: 'over' }
  /** The device cannot go on; what was in work fails with the device's reason. */
  | { kind: 'stopped'; error: ItemError }
  /** Cancelled, before everything was done. */
  | { kind: 'cancelled' };

/** Told with the result where a photo is there and its face is left out. */
const NO_FACE_LIBRARY: Reason = 'no face library';
const OLD_FACE_REMOVED =
  ' This model cannot replace a face: the old one was removed first, so the person has no face on it now.';

/** What is still to be done for either half, as the plan sees it. */
interface Open {
  person: boolean;
  face: boolean;
}

function personResultOf(state: PairState, rules: Rules, open: Open, end: PairEnd): PersonResult {
  if (state.personError !== null) return 'failed';
  if (open.person) return end.kind === 'stopped' ? 'failed' : 'not_attempted';
  if (state.personResult !== null) return state.personResult;
  if (rules.work === 'face-only' && state.person.state === 'absent') return 'skipped';
  return state.everSynced || rules.work === 'face-only' ? 'unchanged' : 'already_exists';
}

function faceResultOf(state: PairState, wish: Wish, rules: Rules, open: Open, end: PairEnd): FaceResult {
  if (wish.photo === null) return 'missing';
  if (state.faceError !== null) return 'failed';
  if (state.personError !== null || open.person) return 'not_attempted';
  if (leavesFaceOut(state, rules)) return 'skipped';
  if (open.face) return end.kind === 'stopped' ? 'failed' : 'not_attempted';
  return state.faceResult ?? 'unchanged';
}

function statusOf(state: PairState, rules: Rules, open: Open, end: PairEnd): LineStatus {
  if (state.personError !== null) return 'eroare';
  if (!open.person && !open.face) {
    if (state.faceError === null) return 'sincronizat';
    return rules.work === 'face-only' ? 'eroare' : 'partial';
  }
  if (end.kind === 'cancelled') return state.personResult === null ? 'neincercat' : 'partial';
  return rules.work === 'face-only' || open.person ? 'eroare' : 'partial';
}

function errorOf(state: PairState, end: PairEnd): ItemError | null {
  const error = state.personError ?? state.faceError ?? (end.kind === 'stopped' ? end.error : null);
  if (error === null || !state.oldFaceRemoved || state.face.state === 'confirmed') return error;
  return { ...error, message: error.message + OLD_FACE_REMOVED };
}

export interface PairResult {
  line: Line;
  tracking: Tracking;
}

/** The line and the tracking row of a pair. Pure: the state says everything. */
export function resultOf(
  deviceId: string,
  wish: Wish,
  row: Tracking | null,
  state: PairState,
  rules: Rules,
  reasons: readonly string[],
  end: PairEnd,
  nowMs: number,
): PairResult {
  const open: Open = {
    person:
      rules.work === 'person-and-face' &&
      state.personError === null &&
      personStep(state, wish, rules) !== null,
    face: state.personError === null && state.faceError === null && faceStep(state, wish, rules) !== null,
  };
  const person = personResultOf(state, rules, open, end);
  const face = faceResultOf(state, wish, rules, open, end);
  const status = statusOf(state, rules, open, end);
  const error = status === 'sincronizat' || status === 'neincercat' ? null : errorOf(state, end);
  // A photo-only run says nothing about the person: in step is what an ordinary run would find nothing to do for.
  const everyday: PairState = { ...state, personDue: false, faceDue: 'no' };
  const inStep = nextStep(everyday, wish, { ...rules, work: 'person-and-face' }) === null && error === null;
  // As `adopt.ts` has it: our person is not there, and the other one must not be closed out as a leaver one day.
  const isOther = error?.code === 'person_conflict';
  const known = (half: Knowledge, surelyAbsent: boolean): Knowledge => {
    if (isOther) return { state: 'absent' };
    // "Absent" in a row is what the device said; that we never sent anything is no knowledge.
    return half.state === 'absent' && !surelyAbsent ? { state: 'unknown' } : half;
  };
  const knownPerson = known(state.person, state.personSurelyAbsent);
  const identified = knownPerson.state !== 'absent' && state.identified;
  return {
    line: {
      employeeId: wish.employeeId,
      employeeNo: wish.employeeNo,
      deviceId,
      status,
      person,
      face,
      reasons: [...new Set(face === 'skipped' ? [...reasons, NO_FACE_LIBRARY] : reasons)],
      error,
    },
    tracking: {
      deviceId,
      employeeNo: wish.employeeNo,
      biometricsId: wish.biometricsId,
      status: error === null ? (inStep ? 'sincronizat' : 'pending') : 'eroare',
      person: knownPerson,
      face: known(state.face, state.faceSurelyAbsent),
      accessClosed: state.accessClosed,
      identified,
      sentNames: identified || knownPerson.state === 'absent' ? [] : [...state.sentNames],
      syncedAtMs: inStep ? nowMs : (row?.syncedAtMs ?? null),
      errorCode: error?.code ?? null,
      errorMessage: error?.message ?? null,
    },
  };
}
