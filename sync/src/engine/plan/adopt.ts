import type { FoundPerson } from '../../isapi/device-client.ts';
import { nameFingerprint, personFingerprint } from '../../model/fingerprints.ts';
import type { Employee } from '../../model/employee.ts';
import type { PersonTemplate } from '../../model/person-template.ts';
import { isIdentified, type Knowledge, type Tracking } from '../../model/tracking.ts';
import { namelessError, sameOnDevice, wishFor, type Wish } from './wish.ts';

export interface AdoptionRules {
  deviceId: string;
  adoptFaces: 'replace' | 'trust';
  adoptPersons: 'any' | 'same-name';
  template: PersonTemplate;
}

export type Adoption =
  /** Not ours: reported, and left alone. */
  | { kind: 'stranger' }
  /** Our number, somebody else's name, under `ADOPT_PERSONS=same-name`: reported, and left alone. */
  | { kind: 'conflict'; row: Tracking }
  /** Ours; `row` is what is known now, null when it is what was known. */
  | { kind: 'ours'; row: Tracking | null };

const blankRow = (deviceId: string, employeeNo: number, biometricsId: string | null): Tracking => ({
  deviceId,
  employeeNo,
  biometricsId,
  status: 'pending',
  person: { state: 'absent' },
  face: { state: 'absent' },
  accessClosed: false,
  identified: false,
  sentNames: [],
  syncedAtMs: null,
  errorCode: null,
  errorMessage: null,
});

/** Employee numbers as our terminals write them: other ids on the device ("007", "A1") are somebody else's. */
export function ourNumber(employeeNo: string): number | null {
  const number = /^[1-9]\d{0,9}$/.test(employeeNo) ? Number(employeeNo) : 0;
  return number > 0 && number <= 2_147_483_647 ? number : null;
}

function faceFound(
  found: FoundPerson,
  row: Tracking | null,
  wish: Wish | null,
  rules: AdoptionRules,
): Knowledge {
  const known = row?.face ?? null;
  if (found.numOfFace === 0) return { state: 'absent' };
  if (found.numOfFace === null) return known ?? { state: 'unknown' };
  // There is one. What we put there, or lost sight of while sending, keeps its state; the rest is not ours.
  const adoptable = row === null || (known?.state === 'unknown' && row.status === 'sincronizat');
  if (known !== null && !adoptable && known.state !== 'absent') return known;
  return rules.adoptFaces === 'trust' && adoptable && wish?.photo
    ? { state: 'confirmed', fingerprint: wish.photo.fingerprint }
    : { state: 'foreign' };
}

const sameKnowledge = (a: Knowledge, b: Knowledge): boolean =>
  a.state === b.state &&
  (a.state !== 'confirmed' || b.state !== 'confirmed' || a.fingerprint === b.fingerprint);

/**
 * What finding a person on a device teaches about the pair.
 * @param employee Who has the number in the database; null: nobody (any more).
 * @param row What was known before.
 */
export function adopt(
  found: FoundPerson,
  employeeNo: number,
  employee: Employee | null,
  row: Tracking | null,
  rules: AdoptionRules,
): Adoption {
  const wasOther = row?.errorCode === 'person_conflict' && row.person.state === 'absent';
  if (employee === null && (row === null || wasOther)) return { kind: 'stranger' };
  const wish = employee?.active === true ? wishFor(employee, rules.template) : null;
  const before = row ?? blankRow(rules.deviceId, employeeNo, employee?.biometricsId ?? null);
  const tracked = row !== null && isIdentified(row);
  const sent = row?.sentNames.includes(nameFingerprint(found.name)) === true;
  const named = sent || (employee !== null && wishFor(employee, rules.template)?.person.name === found.name);
  // Whoever is typed in after our leaver was gone is none of ours.
  if (rules.adoptPersons === 'same-name' && employee === null && row?.person.state === 'absent' && !named)
    return { kind: 'stranger' };
  // Whether a leaver nobody identified is to be closed out is decided, and reported, by the closing that is owed.
  const owed = employee?.active !== true && row !== null && row.person.state !== 'absent';
  // Without a name in the database nobody can say that another one is there.
  const nameless = employee !== null && namelessError(employee) !== null;
  if (rules.adoptPersons === 'same-name' && !tracked && !named && (owed || nameless))
    return { kind: 'ours', row: null };
  if (rules.adoptPersons === 'same-name' && !tracked && !named) {
    // "Absent" is the truth about our person, and keeps a stranger from being closed out as a leaver one day.
    const message = `Number ${employeeNo} belongs to somebody with another name on this device. Correct the terminal, or set ADOPT_PERSONS=any.`;
    return {
      kind: 'conflict',
      row: {
        ...before,
        identified: false,
        sentNames: [],
        status: 'eroare',
        errorCode: 'person_conflict',
        errorMessage: message,
      },
    };
  }
  const { employeeNo: _, numOfFace: __, ...data } = found;
  const inStep = wish !== null && sameOnDevice(found, wish.person);
  // A leaver's data does not matter, whether access is closed does.
  const closedLeaver = wish === null && !found.valid.enable;
  const person: Knowledge = inStep
    ? { state: 'confirmed', fingerprint: wish.personFingerprint }
    : closedLeaver
      ? { state: 'confirmed', fingerprint: personFingerprint(data) }
      : { state: 'foreign' };
  const face = faceFound(found, row, wish, rules);
  const accessClosed = !found.valid.enable && (wish === null || before.accessClosed);
  const known =
    row !== null &&
    sameKnowledge(person, row.person) &&
    sameKnowledge(face, row.face) &&
    accessClosed === row.accessClosed &&
    row.identified;
  if (known) return { kind: 'ours', row: null };
  const stillFine = row?.status === 'sincronizat' && inStep && face.state === 'confirmed';
  return {
    kind: 'ours',
    row: {
      ...before,
      person,
      face,
      accessClosed,
      identified: true,
      sentNames: [],
      status: stillFine ? 'sincronizat' : 'pending',
    },
  };
}
