import type { PairState, Rules } from './pair-state.ts';
import { doubt, MAX_TOLD_MISSING } from './person-step.ts';
import type { GiveUp, Next, Reason, Step } from './step.ts';
import type { Wish } from './wish.ts';

const step = (kind: Step['kind'], reason: Reason): Step => ({ kind, reason });

const giveUp = (scope: GiveUp['scope'], code: string, message: string): GiveUp => ({
  kind: 'give-up',
  half: 'face',
  scope,
  error: { code, message },
});

const takesNoFace = ({ unsupported }: Rules): boolean =>
  unsupported.has('add-face') && unsupported.has('set-up-face');

const noLibrary = giveUp(
  'item',
  'face_library_missing',
  'This device takes no face by any call [K1A340]. The person was synced; if the next sync finds it so again, faces are left out on this device.',
);

function add(rules: Rules, reason: Reason): Next {
  if (!rules.unsupported.has('add-face')) return step('add-face', reason);
  if (!rules.unsupported.has('set-up-face')) return step('set-up-face', reason);
  return noLibrary;
}

/**
 * FDSetUp keeps the old face until the new one is accepted, so it comes first. Where a device lacks it [K1T672], the
 * only way is to delete and add again; `pair.ts` makes sure of the new photo as far as it can before it deletes, and a
 * refusal after that is told as what it is: the person has no face now. A face that is not known to be this person's
 * must not stay either, so leaving it there is no choice.
 */
function replace(state: PairState, rules: Rules, reason: Reason): Next {
  if (!rules.unsupported.has('set-up-face')) return step('set-up-face', reason);
  if (!rules.unsupported.has('delete-face')) return step('delete-face', reason);
  // Nothing of what it takes to replace: perhaps there is no face library at all. Adding never harms, and tells.
  if (!rules.unsupported.has('add-face') && !state.faceOffered) return step('add-face', reason);
  if (takesNoFace(rules)) return noLibrary;
  return giveUp(
    'item',
    'face_not_replaceable',
    'This device can neither replace nor delete a face. Delete the face at the terminal, then sync the photo again.',
  );
}

/** The device has no face library: persons, cards and doors work there without. A full sync tries again. */
export const leavesFaceOut = ({ faceDue }: PairState, rules: Rules): boolean =>
  rules.faceLibrary === 'none' && (faceDue !== 'send' || takesNoFace(rules));

/** The next step that brings the face in step; null when it is, or when there is no photo to send. */
export function faceStep(state: PairState, wish: Wish, rules: Rules): Next {
  const { face, faceDue } = state;
  if (wish.photo === null || leavesFaceOut(state, rules)) return null;
  if (state.toldMissing > (rules.work === 'face-only' ? 0 : MAX_TOLD_MISSING))
    return giveUp(
      'item',
      'person_missing',
      `Person ${wish.employeeNo} is not on this device. Sync the employee, not the photo alone.`,
    );
  // The photo alone is sent without a word about the person: it must not go to somebody else who has the number.
  if (rules.work === 'face-only') {
    const unclear = doubt(state, wish, rules);
    if (unclear !== null) return unclear.kind === 'give-up' ? { ...unclear, half: 'face' } : unclear;
  }
  switch (face.state) {
    case 'absent':
      return add(
        rules,
        state.failedBefore ? 'failed before' : state.everSynced ? 'missing on device' : 'new',
      );
    case 'unknown':
      // We added one where none was, and the answer was lost: whatever is there now is ours. Look, do not send again.
      if (state.faceSent && !rules.unsupported.has('look-face'))
        return step('look-face', 'unknown on device');
      // Else replacing settles it in one call, whatever is there; without it, look before anything is deleted.
      if (!rules.unsupported.has('set-up-face')) return step('set-up-face', 'unknown on device');
      return rules.unsupported.has('look-face')
        ? replace(state, rules, 'unknown on device')
        : step('look-face', 'unknown on device');
    case 'foreign':
      return rules.adoptFaces === 'trust' && state.faceAdoptable && faceDue !== 'send'
        ? null
        : replace(state, rules, 'not confirmed on device');
    case 'confirmed':
      if (face.fingerprint !== wish.photo.fingerprint) return replace(state, rules, 'photo changed');
      if (faceDue === 'send') return replace(state, rules, 'asked in full');
      return faceDue === 'check' ? add(rules, 'asked for the photo') : null;
  }
}
