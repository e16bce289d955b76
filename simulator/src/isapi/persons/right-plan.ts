import type { Traits } from '../../profiles/traits.ts';
import type { RightPlan } from '../../terminal/persons.ts';
import { optionalString, requireInteger, requireList, type JsonObject } from '../json-fields.ts';
import { Refusal } from '../refusal.ts';

/** Observed on K1A340 (`maxPlanTemplate` 4, `planTemplateNo` 1 to 255). */
const MAX_TEMPLATES = 4;
const MAX_TEMPLATE_NO = 255;
/** Template 1 is the all-day default. */
const ALL_DAY = '1';

const NUMBERS = /^\d{1,3}(,\d{1,3})*$/;

/** `doorRight`: door numbers of the device, `1` or `1,2`; empty means no door. */
export function checkDoorRight(doorRight: string, traits: Traits): string {
  if (doorRight === '') return doorRight;
  const fits =
    NUMBERS.test(doorRight) && doorRight.split(',').every((door) => inRange(door, traits.doorCount));
  if (!fits) throw new Refusal('badJsonContent', 'doorRight');
  return doorRight;
}

/**
 * `RightPlan`: a door and its plan templates. An entry without `planTemplateNo` (`plamTemplateNo` is an unknown key) is
 * kept without a plan, so the door stays shut, or gets the all-day one, by model.
 */
export function readRightPlan(person: JsonObject, traits: Traits): RightPlan[] {
  return requireList(person, 'RightPlan', traits.doorCount).map((entry) => {
    const doorNo = requireInteger(entry, 'doorNo', 1, traits.doorCount);
    const without = traits.planWithoutTemplate === 'all-day' ? ALL_DAY : '';
    const planTemplateNo = optionalString(entry, 'planTemplateNo') ?? without;
    if (planTemplateNo !== '' && !arePlans(planTemplateNo))
      throw new Refusal('badJsonContent', 'planTemplateNo');
    return { doorNo, planTemplateNo };
  });
}

/**
 * What a new person gets for a door right or plan that was not written: by model all doors, all day, or nothing. A plan
 * is for the doors of the door right, where there is one.
 */
export function completeRights(
  given: { doorRight: string | undefined; rightPlan: RightPlan[] | undefined },
  traits: Traits,
): { doorRight: string; rightPlan: RightPlan[] } {
  const { doorRight, rightPlan } = given;
  if (doorRight !== undefined && rightPlan) return { doorRight, rightPlan };
  if (traits.withoutRightPlan === 'no-access')
    return { doorRight: doorRight ?? '', rightPlan: rightPlan ?? [] };
  const doors = Array.from({ length: traits.doorCount }, (_, index) => index + 1);
  const right = doorRight ?? doors.join(',');
  const entitled = new Set(right.split(',').map(Number));
  return {
    doorRight: right,
    rightPlan:
      rightPlan ??
      doors.filter((doorNo) => entitled.has(doorNo)).map((doorNo) => ({ doorNo, planTemplateNo: ALL_DAY })),
  };
}

function arePlans(text: string): boolean {
  if (!NUMBERS.test(text)) return false;
  const templates = text.split(',');
  return templates.length <= MAX_TEMPLATES && templates.every((no) => inRange(no, MAX_TEMPLATE_NO));
}

function inRange(text: string, max: number): boolean {
  const number = Number(text);
  return number >= 1 && number <= max;
}
