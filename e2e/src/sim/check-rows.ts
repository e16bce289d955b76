import type { FaceView, PersonView } from '@pontaj/simulator';
import { personFingerprint, photoFingerprint, type Tracking } from '@pontaj/sync';
import { sha256Of, type Album } from './album.ts';
import { expectedIn, isTrusted, type Evidence } from './check-terminal.ts';
import { BLIND } from './world-plan.ts';

const fingerprintOf = (person: PersonView): string =>
  personFingerprint({
    name: person.name,
    valid: person.valid,
    doorRight: person.doorRight,
    planTemplateNo: person.rightPlan[0]?.planTemplateNo ?? '',
  });

function faceIs(face: FaceView | undefined, fingerprint: string, album: Album): boolean {
  for (const [url, { stored, prepared }] of album.photos)
    if (photoFingerprint(url) === fingerprint)
      return face?.sha256 === sha256Of(stored) || face?.sha256 === sha256Of(prepared);
  return false;
}

function lies(
  row: Tracking,
  evidence: Evidence,
  person: PersonView | undefined,
  face: FaceView | undefined,
): string[] {
  const { album } = evidence;
  const key = row.employeeNo;
  const found: string[] = [];
  if (row.person.state === 'absent' && person !== undefined && row.errorCode !== 'person_conflict')
    found.push(`the row says ${key} is not there`);
  if (
    row.person.state === 'confirmed' &&
    (person === undefined || row.person.fingerprint !== fingerprintOf(person))
  )
    found.push(`the row says ${key} is in step`);
  if (row.accessClosed && person?.valid.enable !== false) found.push(`the row says ${key} is closed out`);
  if (row.face.state === 'absent' && face !== undefined && row.errorCode !== 'person_conflict')
    found.push(`the row says ${key} has no face`);
  const trusted = face !== undefined && isTrusted(evidence, face);
  if (row.face.state === 'confirmed' && !trusted && !faceIs(face, row.face.fingerprint, album))
    found.push(`the row says ${key} has its face`);
  return found;
}

/** Employees in step whose row does not say so: the next run would begin with them again. */
function modesty(evidence: Evidence): string[] {
  return expectedIn(evidence).flatMap(({ employeeNo }) => {
    const row = evidence.rows.find((one) => one.employeeNo === employeeNo);
    return row?.status === 'sincronizat' && row.person.state === 'confirmed'
      ? []
      : [`the row of ${employeeNo ?? ''} is ${row?.status ?? 'missing'} (${row?.errorCode ?? 'no error'})`];
  });
}

/** Where a tracking row claims what is not so on the terminal; `unknown` and `foreign` claim nothing. */
export function rowFailures(evidence: Evidence): string[] {
  const persons = new Map(evidence.device.persons().map((one) => [one.employeeNo, one]));
  const faces = new Map(evidence.device.faces().map((one) => [one.FPID, one]));
  const { plan, planned, employees } = evidence;
  const active = new Set(employees.flatMap((one) => (one.active ? [one.employeeNo] : [])));
  // What others did there to people who left, a terminal without a search cannot tell, and nothing is sent for them.
  const isUnknowable = plan.edits && BLIND.has(planned.profile);
  const told = evidence.rows.filter(({ employeeNo }) => !isUnknowable || active.has(employeeNo));
  const lied = told.flatMap((row) => {
    const key = String(row.employeeNo);
    return lies(row, evidence, persons.get(key), faces.get(key));
  });
  return [...lied, ...modesty(evidence)];
}
