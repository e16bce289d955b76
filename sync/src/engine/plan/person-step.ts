import { nameDiffers, nameFingerprint } from '../../model/fingerprints.ts';
import type { PairState, Rules } from './pair-state.ts';
import type { GiveUp, Next, Reason, Step } from './step.ts';
import type { Wish } from './wish.ts';

/** A device that says twice that the person it just took is not there is not asked a third time. */
export const MAX_TOLD_MISSING = 2;

const step = (kind: Step['kind'], reason: Reason): Step => ({ kind, reason });

const giveUp = (scope: GiveUp['scope'], code: string, message: string): GiveUp => ({
  kind: 'give-up',
  half: 'person',
  scope,
  error: { code, message },
});

const cannotWrite = (what: string): GiveUp =>
  giveUp(
    'device',
    'device_unsupported',
    `This device's firmware has no call to ${what} a person. Update its firmware, or take it out of the fleet.`,
  );

/** Record tells by itself when the person is there; SetUp would write over somebody, so it comes second. */
function add(state: PairState, rules: Rules, reason: Reason): Next {
  if (!rules.unsupported.has('record-person')) return step('record-person', reason);
  if (rules.unsupported.has('set-up-person')) return cannotWrite('add');
  const mayOverwrite = rules.updateExisting && rules.adoptPersons === 'any';
  const lookFirst = !mayOverwrite && !state.looked && !rules.unsupported.has('look-person');
  return step(lookFirst ? 'look-person' : 'set-up-person', reason);
}

function change(rules: Rules, reason: Reason): Next {
  if (!rules.unsupported.has('modify-person')) return step('modify-person', reason);
  return rules.unsupported.has('set-up-person') ? cannotWrite('change') : step('set-up-person', reason);
}

/** Called as in the database, or as we meant to call them before the name there changed. */
export const isCalledOurs = ({ sentNames }: PairState, name: string, wish: Wish): boolean =>
  name === wish.person.name || sentNames.includes(nameFingerprint(name));

/**
 * Under `ADOPT_PERSONS=same-name`: what it takes to know that the person with our number is ours; null once that is
 * clear, or when nobody is there.
 */
export function doubt(state: PairState, wish: Wish, rules: Rules): Next {
  if (rules.adoptPersons !== 'same-name' || state.identified || state.person.state === 'confirmed')
    return null;
  if (!state.looked)
    return rules.unsupported.has('look-person')
      ? giveUp(
          'item',
          'person_conflict',
          `Somebody has number ${wish.employeeNo} on this device, and its firmware does not tell who. Look at the terminal, or set ADOPT_PERSONS=any.`,
        )
      : step('look-person', 'not confirmed on device');
  if (state.foundName === null || isCalledOurs(state, state.foundName, wish)) return null;
  return giveUp(
    'item',
    'person_conflict',
    `Number ${wish.employeeNo} belongs to somebody with another name on this device. Correct the terminal, or set ADOPT_PERSONS=any.`,
  );
}

/** Somebody with our number whose data we never confirmed. */
function takeOver(state: PairState, wish: Wish, rules: Rules): Next {
  const unclear = doubt(state, wish, rules);
  if (unclear !== null) return unclear;
  if (!rules.updateExisting && !state.accessClosed) return null;
  return change(rules, state.accessClosed ? 'active again' : 'not confirmed on device');
}

/** The next step that brings the person in step; null when it is. */
export function personStep(state: PairState, wish: Wish, rules: Rules): Next {
  if (state.toldMissing > MAX_TOLD_MISSING)
    return giveUp(
      'item',
      'person_missing',
      `The device takes person ${wish.employeeNo} and then says there is no such person. Restart the terminal and try again.`,
    );
  const { person, accessClosed } = state;
  switch (person.state) {
    case 'unknown':
      return rules.unsupported.has('look-person')
        ? add(state, rules, 'unknown on device')
        : step('look-person', 'unknown on device');
    case 'absent': {
      const before: Reason = state.everSynced ? 'missing on device' : 'new';
      return add(state, rules, state.failedBefore ? 'failed before' : before);
    }
    case 'foreign':
      return takeOver(state, wish, rules);
    case 'confirmed': {
      if (accessClosed) return change(rules, 'active again');
      const same = person.fingerprint === wish.personFingerprint;
      if (same && !state.personDue) return null;
      if (!rules.updateExisting) return null;
      if (same) return change(rules, 'asked in full');
      return change(
        rules,
        nameDiffers(person.fingerprint, wish.personFingerprint) ? 'name changed' : 'settings changed',
      );
    }
  }
}
