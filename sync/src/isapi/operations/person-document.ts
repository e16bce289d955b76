import type { DevicePerson, FoundPerson } from '../device-client.ts';
import { booleanOf, fieldsOf, integerOf, listOf, textOf } from '../fields.ts';

/** The `UserInfo` document of a person: one object, ids and plan numbers as texts, as every capture has them. */
export function writePerson(person: DevicePerson): { UserInfo: Record<string, unknown> } {
  return {
    UserInfo: {
      employeeNo: person.employeeNo,
      name: person.name,
      userType: 'normal',
      Valid: person.valid,
      doorRight: person.doorRight,
      // Not `plamTemplateNo`, a misspelling that copies of copies carry: no device is known to honour it.
      RightPlan: doorsOf(person.doorRight).map((doorNo) => ({
        doorNo,
        planTemplateNo: person.planTemplateNo,
      })),
    },
  };
}

/** A person from UserInfo/Search; null for an entry without a number, which nothing can refer to. */
export function readPerson(entry: unknown): FoundPerson | null {
  const person = fieldsOf(entry);
  const employeeNo = textOf(person.employeeNo);
  if (employeeNo === null || employeeNo === '') return null;
  const valid = fieldsOf(person.Valid);
  const plan = fieldsOf(listOf(person.RightPlan)[0]);
  return {
    employeeNo,
    name: textOf(person.name) ?? '',
    valid: {
      enable: booleanOf(valid.enable) ?? true,
      beginTime: textOf(valid.beginTime) ?? '',
      endTime: textOf(valid.endTime) ?? '',
    },
    doorRight: textOf(person.doorRight) ?? '',
    planTemplateNo: textOf(plan.planTemplateNo) ?? '',
    numOfFace: integerOf(person.numOfFace),
  };
}

function doorsOf(doorRight: string): number[] {
  return doorRight
    .split(',')
    .map((door) => integerOf(door))
    .filter((door) => door !== null);
}
