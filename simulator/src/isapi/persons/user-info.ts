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
  return {
    name: name === undefined ? (known?.name ?? '') : checkName(name, traits),
    userType,
    valid: valid ? readValidity(valid, traits) : (known?.valid ?? wholeValidity(traits)),
    ...readRights(info, known, traits),
    extras: readExtras(info, known?.extras ?? null, traits),
  };
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
  const given = {
    ...(doorRight === undefined ? {} : { doorRight: checkDoorRight(doorRight, traits) }),
    ...(hasPlan ? { rightPlan: readRightPlan(info, traits) } : {}),
  };
  if (known) return { doorRight: known.doorRight, rightPlan: known.rightPlan, ...given };
  return completeRights(given, traits);
}
