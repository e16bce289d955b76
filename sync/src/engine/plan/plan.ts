import { faceStep } from './face-step.ts';
import { learn } from './learn.ts';
import type { PairState, Rules } from './pair-state.ts';
import { personStep } from './person-step.ts';
import { changesDevice, type Next, type Step } from './step.ts';
import type { Wish } from './wish.ts';

/** Longest way a pair can take through all fallbacks; whoever needs more goes in a circle. */
export const MAX_STEPS = 16;

/**
 * What to do next for a pair of an employee who is to be on the device; null when it is in step, or when what
 * remains has failed. Person first: a face needs its person. Never deletes a person.
 */
export function nextStep(state: PairState, wish: Wish, rules: Rules): Next {
  if (state.personError !== null) return null;
  if (rules.work === 'person-and-face') {
    const next = personStep(state, wish, rules);
    if (next !== null) return next;
  }
  return state.faceError === null ? faceStep(state, wish, rules) : null;
}

/**
 * The steps to come as far as they can be told beforehand: a look ends the list, for what follows depends on what it
 * shows. For dry runs, for capacity and for marking what is about to change.
 */
export function planPair(state: PairState, wish: Wish, rules: Rules): Step[] {
  const steps: Step[] = [];
  let now = state;
  for (let nth = 0; nth < MAX_STEPS; nth += 1) {
    const next = nextStep(now, wish, rules);
    if (next === null || next.kind === 'give-up') return steps;
    steps.push(next);
    if (!changesDevice(next.kind)) return steps;
    now = learn(now, { step: next.kind, heard: 'done' }, wish, rules);
  }
  return steps;
}
