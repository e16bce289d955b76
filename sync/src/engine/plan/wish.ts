import type { DevicePerson, FoundPerson } from '../../isapi/device-client.ts';
import { fitName } from '../../model/display-name.ts';
import type { Employee } from '../../model/employee.ts';
import type { ItemError } from '../../model/run.ts';
import { personFingerprint, photoFingerprint } from '../../model/fingerprints.ts';
import type { PersonTemplate } from '../../model/person-template.ts';

/** What a device shall hold of one active employee. */
export interface Wish {
  employeeId: string;
  biometricsId: string | null;
  employeeNo: number;
  person: DevicePerson;
  personFingerprint: string;
  /** Null: no photo in the database; a face that is on the device stays. */
  photo: { url: string; fingerprint: string } | null;
}

const devicePerson = (
  employeeNo: number,
  name: string,
  template: PersonTemplate,
  enable: boolean,
): DevicePerson => ({
  employeeNo: String(employeeNo),
  name: fitName(name),
  valid: { enable, beginTime: template.beginTime, endTime: template.endTime },
  doorRight: template.doorRight,
  planTemplateNo: template.planTemplateNo,
});

/** An active employee of whom nothing is sent, for a terminal would show a blank; null: there is a name. */
export const namelessError = ({ employeeId, displayName }: Employee): ItemError | null =>
  displayName.trim() === ''
    ? {
        code: 'employee_name_missing',
        message: `Employee ${employeeId} has no name: nothing is sent. Fill in nume and prenume, or nume_complet, in angajati.`,
      }
    : null;

/** Null for an employee without a number: there is nothing to call the person on a device. */
export function wishFor(employee: Employee, template: PersonTemplate): Wish | null {
  const { employeeId, biometricsId, employeeNo, photoUrl } = employee;
  if (employeeNo === null) return null;
  const person = devicePerson(employeeNo, employee.displayName, template, true);
  return {
    employeeId,
    biometricsId,
    employeeNo,
    person,
    personFingerprint: personFingerprint(person),
    photo:
      photoUrl === null || photoUrl.trim() === ''
        ? null
        : { url: photoUrl, fingerprint: photoFingerprint(photoUrl, employee.photoVersion ?? null) },
  };
}

/**
 * The person with access closed. What the device has of the person is kept as far as it was read: a name that the
 * database no longer knows must not be blanked.
 */
export function closedPerson(
  employeeNo: number,
  known: { name: string } | FoundPerson,
  template: PersonTemplate,
): DevicePerson {
  const closed = devicePerson(employeeNo, known.name, template, false);
  if (!('valid' in known)) return closed;
  return {
    ...closed,
    valid: {
      enable: false,
      beginTime: known.valid.beginTime || closed.valid.beginTime,
      endTime: known.valid.endTime || closed.valid.endTime,
    },
    doorRight: known.doorRight || closed.doorRight,
    planTemplateNo: known.planTemplateNo || closed.planTemplateNo,
  };
}

/** Fields a model does not report come empty: they are taken as right, what differs is what counts. */
export function sameOnDevice(found: FoundPerson, wished: DevicePerson): boolean {
  const agrees = (read: string, wish: string): boolean => read === '' || read === wish;
  return (
    found.name === wished.name &&
    found.valid.enable === wished.valid.enable &&
    agrees(found.valid.beginTime, wished.valid.beginTime) &&
    agrees(found.valid.endTime, wished.valid.endTime) &&
    agrees(found.doorRight, wished.doorRight) &&
    agrees(found.planTemplateNo, wished.planTemplateNo)
  );
}
