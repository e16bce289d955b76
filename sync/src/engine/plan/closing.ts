import type { DevicePerson, FoundPerson } from '../../isapi/device-client.ts';
import { fitName } from '../../model/display-name.ts';
import { nameFingerprint, personFingerprint } from '../../model/fingerprints.ts';
import type { PersonTemplate } from '../../model/person-template.ts';
import type { ItemError } from '../../model/run.ts';
import type { Knowledge, Tracking } from '../../model/tracking.ts';
import type { AdoptionRules } from './adopt.ts';
import type { GiveUp, StepKind } from './step.ts';
import { closedPerson } from './wish.ts';

export type ClosingStepKind = Extract<
  StepKind,
  'look-person' | 'modify-person' | 'set-up-person' | 'delete-person'
>;

/** Closing the access of somebody who is no longer active, while it is worked on. */
export interface ClosingState {
  employeeNo: number;
  person: Knowledge;
  face: Knowledge;
  accessClosed: boolean;
  /** Name in the database; null when it has none any more. */
  name: string | null;
  /** Whoever has the number on the device may be somebody else: nothing is changed before the name was compared. */
  doubtful: boolean;
  /** Names we meant to write here: whoever is called so is ours. */
  sentNames: readonly string[];
  found: FoundPerson | null;
  looked: boolean;
  error: ItemError | null;
}

export interface ClosingRules {
  leavers: 'disable' | 'delete';
  template: PersonTemplate;
  unsupported: ReadonlySet<StepKind>;
}

/**
 * Under `ADOPT_PERSONS=same-name` a row that confirms nothing and whose person was never identified, or was seen gone
 * since, tells only that somebody may be there. A conflict once reported stays one until the
 * device shows otherwise.
 */
function isDoubtful(row: Tracking, adoptPersons: AdoptionRules['adoptPersons']): boolean {
  if (row.person.state !== 'unknown' && row.person.state !== 'foreign') return false;
  if (row.errorCode === 'person_conflict') return true;
  return adoptPersons === 'same-name' && !row.identified;
}

/** @param name The employee's display name in the database; null when the employee is gone from it, or has none. */
export const startClosing = (
  row: Tracking,
  name: string | null,
  adoptPersons: AdoptionRules['adoptPersons'],
): ClosingState => ({
  employeeNo: row.employeeNo,
  person: row.person,
  face: row.face,
  accessClosed: row.accessClosed,
  name: name?.trim() === '' ? null : name,
  doubtful: isDoubtful(row, adoptPersons),
  sentNames: row.sentNames,
  found: null,
  looked: false,
  error: null,
});

/** What Modify sends to close: what the device has where it was read, else what the database knows. */
export const closedWish = (state: ClosingState, template: PersonTemplate): DevicePerson =>
  closedPerson(state.employeeNo, state.found ?? { name: state.name ?? String(state.employeeNo) }, template);

const conflict = (message: string): ItemError => ({ code: 'person_conflict', message });

const WHAT_TO_DO =
  'If it is the person who left, remove them at the terminal; if not, give them another number there.';

const otherName = ({ employeeNo, name }: ClosingState): ItemError =>
  conflict(
    name === null
      ? `Somebody has number ${employeeNo} on this device, and the database no longer tells whose it was: access was left as it is. ${WHAT_TO_DO}`
      : `Number ${employeeNo}, of an employee who left, belongs to somebody with another name on this device: access was left as it is. ${WHAT_TO_DO}`,
  );

const cannotTell = ({ employeeNo }: ClosingState): ItemError =>
  conflict(
    `Somebody may have number ${employeeNo}, of an employee who left, on this device, and its firmware does not tell who: access was left as it is. Look at the terminal. ${WHAT_TO_DO}`,
  );

/**
 * The next step towards closed access; null when it is closed, or has failed and stays owed. Nothing here ever opens
 * access, and nothing adds a person: SetUp, which could, is used only on somebody the device was seen to have.
 */
export function nextClosingStep(state: ClosingState, rules: ClosingRules): ClosingStepKind | GiveUp | null {
  if (state.person.state === 'absent' || state.accessClosed || state.error !== null) return null;
  const canLook = !rules.unsupported.has('look-person');
  if (state.doubtful)
    return canLook
      ? 'look-person'
      : { kind: 'give-up', half: 'person', scope: 'item', error: cannotTell(state) };
  // After a lost answer it may be closed already; and a name that the database forgot is read, not blanked.
  const unclear = state.person.state === 'unknown' || (rules.leavers === 'disable' && state.name === null);
  if (unclear && !state.looked && canLook) return 'look-person';
  if (rules.leavers === 'delete') return 'delete-person';
  if (!rules.unsupported.has('modify-person')) return 'modify-person';
  if (!rules.unsupported.has('set-up-person')) {
    if (canLook && !state.looked) return 'look-person';
    if (state.looked) return 'set-up-person';
  }
  return {
    kind: 'give-up',
    half: 'person',
    scope: 'item',
    error: {
      code: 'leaver_not_closed',
      message: `This device cannot close the access of person ${state.employeeNo} from outside. Remove the person at the terminal, or set LEAVERS=delete.`,
    },
  };
}

export type ClosingLesson =
  | { step: ClosingStepKind; heard: 'done' | 'missing' | 'lost' }
  | { step: ClosingStepKind; heard: 'refused'; error: ItemError }
  | { step: 'look-person'; heard: 'found'; person: FoundPerson | null };

const isCalledOurs = ({ name, sentNames }: ClosingState, found: string): boolean =>
  (name !== null && found === fitName(name)) || sentNames.includes(nameFingerprint(found));

const absent: Pick<ClosingState, 'person' | 'face' | 'accessClosed'> = {
  person: { state: 'absent' },
  face: { state: 'absent' },
  accessClosed: false,
};

export function learnClosing(
  state: ClosingState,
  lesson: ClosingLesson,
  template: PersonTemplate,
): ClosingState {
  switch (lesson.heard) {
    case 'found': {
      const { person: found } = lesson;
      if (found === null) return { ...state, ...absent, looked: true };
      // Closed or not, they are not ours: nothing is learnt of ours, and the closing stays owed.
      if (state.doubtful && !isCalledOurs(state, found.name))
        return { ...state, looked: true, found, error: otherName(state) };
      const closed = !found.valid.enable;
      const { employeeNo: _, numOfFace: __, ...data } = found;
      return {
        ...state,
        doubtful: false,
        looked: true,
        found,
        accessClosed: closed,
        person: closed ? { state: 'confirmed', fingerprint: personFingerprint(data) } : { state: 'foreign' },
      };
    }
    case 'missing':
      return { ...state, ...absent };
    case 'lost':
      return { ...state, person: { state: 'unknown' }, looked: false, found: null };
    case 'refused':
      return { ...state, error: lesson.error };
    case 'done':
      if (lesson.step === 'delete-person') return { ...state, ...absent };
      return {
        ...state,
        accessClosed: true,
        person: { state: 'confirmed', fingerprint: personFingerprint(closedWish(state, template)) },
      };
  }
}
