import type { FaceView, PersonView, SimulatedDevice } from '@pontaj/simulator';
import { defaultEngineOptions, type Employee, type Tracking } from '@pontaj/sync';
import { isGood, sha256Of, type Album } from './album.ts';
import {
  BLIND,
  FACELESS,
  FIRST_NUMBER,
  OTHER_NAME,
  OWN_PICTURES_ONLY,
  type PlannedDevice,
  type WorldPlan,
} from './world-plan.ts';

/** One terminal, the people of the database, and what the engine has written about them. */
export interface Evidence {
  plan: WorldPlan;
  planned: PlannedDevice;
  device: SimulatedDevice;
  employees: readonly Employee[];
  rows: readonly Tracking[];
  album: Album;
  /** Numbers the engine has written on this terminal. */
  ours: ReadonlySet<string>;
  /** People typed in at this terminal by others, those at the terminal that stands there now. */
  typedIn: PlannedDevice['typedIn'];
  /** Faces that were there when nothing was known of the terminal: they may be kept under ADOPT_FACES=trust. */
  wasThere: (face: FaceView) => boolean;
  /** We have given the person with this number this name here. */
  named: (employeeNo: string, name: string) => boolean;
  /** Which person of the album has a number; numbers are never given again. */
  personOf: ReadonlyMap<string, number>;
}

interface Contents {
  persons: Map<string, PersonView>;
  faces: Map<string, FaceView>;
}

const contentsOf = (device: SimulatedDevice): Contents => ({
  persons: new Map(device.persons().map((one) => [one.employeeNo, one])),
  faces: new Map(device.faces().map((one) => [one.FPID, one])),
});

/** No face gets there from outside; the people do all the same. */
const takesNoFaces = ({ plan, planned }: Evidence): boolean =>
  FACELESS.has(planned.profile) ||
  (plan.options.faceDelivery === 'url' && OWN_PICTURES_ONLY.has(planned.profile));

/** Their present photo is there under a number they had before: a terminal takes the same picture once only. */
const isDuplicate = ({ device, personOf, album }: Evidence, { employeeNo, photoUrl }: Employee): boolean => {
  const photo = photoUrl === null ? undefined : album.photos.get(photoUrl);
  if (photo === undefined) return false;
  const present = [photo.stored, photo.prepared].map(sha256Of);
  return device
    .faces()
    .some(
      ({ FPID, sha256 }) =>
        FPID !== String(employeeNo) &&
        personOf.get(FPID) === personOf.get(String(employeeNo)) &&
        present.includes(sha256),
    );
};

/** Employees who must come into step on this terminal, whatever happened before. */
export function expectedIn(evidence: Evidence): Employee[] {
  const { planned, employees, rows } = evidence;
  const inConflict = new Set(
    rows.flatMap((row) => (row.errorCode === 'person_conflict' ? [row.employeeNo] : [])),
  );
  return employees.filter((employee) => {
    const { active, employeeNo, photoUrl } = employee;
    return (
      active &&
      employeeNo !== null &&
      !inConflict.has(employeeNo) &&
      !isDuplicate(evidence, employee) &&
      (photoUrl === null || (isGood(photoUrl) && (FACELESS.has(planned.profile) || !takesNoFaces(evidence))))
    );
  });
}

/** Not put there by us, as far as anybody knows, and kept. */
export const isTrusted = ({ plan, wasThere }: Evidence, face: FaceView): boolean =>
  plan.options.adoptFaces === 'trust' && (face.origin === 'seeded' || wasThere(face));

/** What a terminal holds of one active employee, against what it should hold. */
function wishFailures(evidence: Evidence, employee: Employee, { persons, faces }: Contents): string[] {
  const { plan, planned, album, rows } = evidence;
  const key = String(employee.employeeNo);
  const person = persons.get(key);
  const row = rows.find(({ employeeNo }) => employeeNo === employee.employeeNo);
  if (person === undefined) return [`${key} is missing`];
  const { beginTime, endTime } = defaultEngineOptions.validity;
  const reported = plan.options.adoptPersons === 'same-name' && row?.errorCode === 'person_conflict';
  // A terminal that cannot tell who has a number leaves nobody sure that it is the same person.
  if (reported && (person.name !== employee.displayName || BLIND.has(planned.profile))) return [];
  const failures: string[] = [];
  if (person.name !== employee.displayName) failures.push(`${key} is called ${person.name}`);
  if (!person.valid.enable) failures.push(`${key} cannot pass`);
  if (person.valid.beginTime !== beginTime || person.valid.endTime !== endTime)
    failures.push(`${key} is valid ${person.valid.beginTime} to ${person.valid.endTime}`);
  const { photoUrl } = employee;
  if (photoUrl === null || !isGood(photoUrl) || takesNoFaces(evidence)) return failures;
  if (isDuplicate(evidence, employee)) return failures;
  const face = faces.get(key);
  if (face !== undefined && isTrusted(evidence, face)) return failures;
  const photo = album.photos.get(photoUrl);
  if (face === undefined) failures.push(`${key} has no face`);
  else if (
    photo === undefined ||
    ![photo.stored, photo.prepared].some((jpeg) => sha256Of(jpeg) === face.sha256)
  )
    failures.push(`${key} has another face than the present photo (${face.origin})`);
  return failures;
}

/**
 * Leavers who stay owed under same-name: no sync identified them, and whoever has the number now is not called as they
 * are, nor as we ever called them there, or nobody can tell. Only those whose row says so count.
 */
export function doubtsIn({ plan, planned, device, employees, rows, named }: Evidence): ReadonlySet<string> {
  if (plan.options.adoptPersons !== 'same-name' || plan.options.leavers === 'ignore') return new Set();
  const names = new Map(device.persons().map((one) => [one.employeeNo, one.name]));
  const reported = rows.filter(({ employeeNo, ...row }) => {
    const leaver = employees.find((one) => one.employeeNo === employeeNo);
    const name = names.get(String(employeeNo));
    const key = String(employeeNo);
    const isOther = name !== undefined && name !== leaver?.displayName && !named(key, name);
    const isUnclear = BLIND.has(planned.profile) || isOther;
    const isReported = row.status === 'eroare' && row.errorCode === 'person_conflict';
    const isOwed = row.person.state !== 'absent' && !row.accessClosed;
    return leaver?.active !== true && isUnclear && isReported && isOwed && !row.identified;
  });
  return new Set(reported.map(({ employeeNo }) => String(employeeNo)));
}

/** Whoever is not active and was ever written by us must be out. */
function leaverFailures(evidence: Evidence, { persons }: Contents): string[] {
  const { plan, employees, rows, ours } = evidence;
  if (plan.options.leavers === 'ignore') return [];
  const active = new Set(employees.flatMap((one) => (one.active ? [String(one.employeeNo)] : [])));
  const tracked = rows.filter(({ person }) => person.state !== 'absent').map((row) => String(row.employeeNo));
  const doubts = doubtsIn(evidence);
  const failures: string[] = [];
  for (const key of new Set([...ours, ...tracked])) {
    const person = persons.get(key);
    if (active.has(key) || person === undefined) continue;
    if (person.valid.enable && !doubts.has(key)) failures.push(`${key} left and can still pass`);
  }
  return failures;
}

/** Under ADOPT_PERSONS=same-name somebody else with one of our numbers is a stranger too. */
const isOtherPerson = ({ plan }: Evidence, name: string): boolean =>
  plan.options.adoptPersons === 'same-name' && !plan.edits && name === OTHER_NAME;

function strangerFailures(evidence: Evidence, { persons, faces }: Contents): string[] {
  return evidence.typedIn.flatMap(({ employeeNo, name, face }) => {
    const isOurs = Number(employeeNo) >= FIRST_NUMBER && Number(employeeNo) < 9000;
    if (isOurs && !isOtherPerson(evidence, name)) return [];
    const person = persons.get(employeeNo);
    const untouched =
      person?.name === name && person.valid.enable && (faces.get(employeeNo)?.origin === 'seeded') === face;
    return untouched ? [] : [`${employeeNo}, who is not ours, was changed`];
  });
}

function mixedUpFaces({ album, personOf }: Evidence, { faces }: Contents): string[] {
  return [...faces.values()].flatMap(({ FPID, sha256, origin }) => {
    if (origin === 'seeded') return [];
    const owner = album.owner(sha256);
    return owner !== null && owner === personOf.get(FPID) ? [] : [`${FPID} has the face of somebody else`];
  });
}

/** What is wrong at any moment, in the worst of troubles too. */
export function safetyFailures(evidence: Evidence): string[] {
  const contents = contentsOf(evidence.device);
  return [...strangerFailures(evidence, contents), ...mixedUpFaces(evidence, contents)];
}

/** Where the terminal is not as wished; to be asked when everything had its chance. */
export function terminalFailures(evidence: Evidence): string[] {
  const contents = contentsOf(evidence.device);
  const wished = evidence.employees.filter(({ active, employeeNo }) => active && employeeNo !== null);
  return [
    ...wished.flatMap((employee) => wishFailures(evidence, employee, contents)),
    ...leaverFailures(evidence, contents),
    ...safetyFailures(evidence),
  ];
}
