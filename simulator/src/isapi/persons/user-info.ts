import type { Traits } from '../../profiles/traits.ts';
import type { Person, PersonData } from '../../terminal/persons.ts';
import { optionalObject, optionalString, valueOf, type JsonObject } from '../json-fields.ts';
import { Refusal } from '../refusal.ts';
import { readExtras } from './person-extras.ts';
import { checkName } from './person-name.ts';
import { checkDoorRight, completeRights, readRightPlan } from './right-plan.ts';
import { readValidity, wholeValidity } from './validity.ts';

/**
 * The data of a person as a `UserInfo` leaves it: what it carries, over what the device has (`known`), over defaults.
 * Throws a `Refusal` for the first field that does not fit.
 */
export function readPersonData(info: JsonObject, known: Person | undefined, traits: Traits): PersonData {
  const name = optionalString(info, 'name');
  const userType = optionalString(info, 'userType') ?? known?.userType ?? traits.userTypes[0] ?? 'normal';
  if (!traits.userTypes.includes(userType)) throw new Refusal('badJsonContent', 'userType');
  const valid = optionalObject(info, 'Valid');
  if (!valid && !known && traits.validRequired) throw new Refusal('MessageParametersLack', 'Valid');
  const checkedName = name === undefined ? (known?.name ?? '') : checkName(name, traits);
  const validity = valid ? readValidity(valid, traits) : (known?.valid ?? wholeValidity(traits));
  const { doorRight, rightPlan } = readRights(info, known, traits);
  const extras = readExtras(info, known?.extras ?? null, traits);
  return { name: checkedName, userType, valid: validity, doorRight, rightPlan, extras };
}

function readRights(
  info: JsonObject,
  known: Person | undefined,
  traits: Traits,
): Pick<PersonData, 'doorRight' | 'rightPlan'> {
  const doorRight = optionalString(info, 'doorRight');
  const hasPlan = valueOf(info, 'RightPlan') !== undefined;
  if (!known && traits.rightPlanRequired) {
    if (doorRight === undefined) throw new Refusal('MessageParametersLack', 'doorRight');
    if (!hasPlan) throw new Refusal('MessageParametersLack', 'RightPlan');
  }
  const door = doorRight === undefined ? undefined : checkDoorRight(doorRight, traits);
  const rightPlan = hasPlan ? readRightPlan(info, traits) : undefined;
  if (known) return { doorRight: door ?? known.doorRight, rightPlan: rightPlan ?? known.rightPlan };
  return completeRights({ doorRight: door, rightPlan }, traits);
}
