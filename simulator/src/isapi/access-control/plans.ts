import {
  MAX_HOLIDAY_GROUPS,
  MAX_TEMPLATES,
  MAX_WEEK_PLANS,
  SLOTS_PER_DAY,
  WEEK_DAYS,
  type PlanSlot,
} from '../../terminal/plans.ts';
import { jsonAnswer, jsonOk } from '../answers.ts';
import type { Endpoint } from '../endpoint.ts';
import { jsonCall } from '../json-call.ts';
import {
  optionalBoolean,
  optionalInteger,
  optionalString,
  readJson,
  requireBoolean,
  requireInteger,
  requireList,
  requireObject,
  requireString,
  type JsonObject,
} from '../json-fields.ts';
import { Refusal } from '../refusal.ts';

const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$|^24:00:00$/;
const TEMPLATE_NAME_MAX_BYTES = 32;

function numberOf(text: string | undefined): number {
  return /^\d{1,3}$/.test(text ?? '') ? Number(text) : NaN;
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Refusal('invalidID');
  return value;
}

function readSlot(object: JsonObject): PlanSlot {
  const week = WEEK_DAYS.find((day) => day === requireString(object, 'week'));
  if (!week) throw new Refusal('badJsonContent', 'week');
  const segment = requireObject(object, 'TimeSegment');
  const beginTime = requireTime(segment, 'beginTime');
  const endTime = requireTime(segment, 'endTime');
  if (endTime < beginTime) throw new Refusal('badJsonContent', 'endTime');
  const id = requireInteger(object, 'id', 1, SLOTS_PER_DAY);
  return { week, id, enable: requireBoolean(object, 'enable'), beginTime, endTime };
}

function requireTime(object: JsonObject, key: string): string {
  const time = requireString(object, key);
  if (!TIME.test(time)) throw new Refusal('badJsonContent', key);
  return time;
}

/** Slots that are named take over; the others stay. */
function mergeSlots(known: readonly PlanSlot[], named: readonly PlanSlot[]): PlanSlot[] {
  const changed = new Map(named.map((slot) => [`${slot.week} ${slot.id}`, slot]));
  return known.map((slot) => changed.get(`${slot.week} ${slot.id}`) ?? slot);
}

export const planEndpoints: Endpoint[] = [
  {
    name: 'plan-template-get',
    method: 'GET',
    path: '/ISAPI/AccessControl/UserRightPlanTemplate/{template}',
    handle: jsonCall(({ terminal: { plans }, params }) =>
      jsonAnswer({ UserRightPlanTemplate: present(plans.template(numberOf(params.template))) }),
    ),
  },
  {
    name: 'plan-template-put',
    method: 'PUT',
    path: '/ISAPI/AccessControl/UserRightPlanTemplate/{template}',
    handle: jsonCall(({ request, terminal: { plans }, params }) => {
      const templateNo = numberOf(params.template);
      const known = present(plans.template(templateNo));
      const change = requireObject(readJson(request.body), 'UserRightPlanTemplate');
      const templateName = optionalString(change, 'templateName') ?? known.templateName;
      if (Buffer.byteLength(templateName) > TEMPLATE_NAME_MAX_BYTES)
        throw new Refusal('badJsonContent', 'templateName');
      plans.setTemplate(templateNo, {
        enable: requireBoolean(change, 'enable'),
        templateName,
        weekPlanNo: optionalInteger(change, 'weekPlanNo', 0, MAX_WEEK_PLANS) ?? known.weekPlanNo,
        holidayGroupNo: readHolidayGroups(change) ?? known.holidayGroupNo,
      });
      return jsonOk();
    }),
  },
  {
    name: 'plan-template-capabilities',
    method: 'GET',
    path: '/ISAPI/AccessControl/UserRightPlanTemplate/capabilities',
    handle: jsonCall(() =>
      jsonAnswer({
        UserRightPlanTemplate: {
          templateNo: { '@min': 1, '@max': MAX_TEMPLATES },
          enable: 'true,false',
          templateName: { '@min': 0, '@max': TEMPLATE_NAME_MAX_BYTES },
          weekPlanNo: { '@min': 1, '@max': MAX_WEEK_PLANS },
          holidayGroupNo: { '@min': 1, '@max': MAX_HOLIDAY_GROUPS },
        },
      }),
    ),
  },
  {
    name: 'week-plan-get',
    method: 'GET',
    path: '/ISAPI/AccessControl/UserRightWeekPlanCfg/{plan}',
    handle: jsonCall(({ terminal: { plans }, params }) => {
      const { enable, slots } = present(plans.weekPlan(numberOf(params.plan)));
      const WeekPlanCfg = slots.map(({ week, id, enable: on, beginTime, endTime }) => ({
        week,
        id,
        enable: on,
        TimeSegment: { beginTime, endTime },
      }));
      return jsonAnswer({ UserRightWeekPlanCfg: { enable, WeekPlanCfg } });
    }),
  },
  {
    name: 'week-plan-put',
    method: 'PUT',
    path: '/ISAPI/AccessControl/UserRightWeekPlanCfg/{plan}',
    handle: jsonCall(({ request, terminal: { plans }, params }) => {
      const planNo = numberOf(params.plan);
      const known = present(plans.weekPlan(planNo));
      const change = requireObject(readJson(request.body), 'UserRightWeekPlanCfg');
      const named = requireList(change, 'WeekPlanCfg', WEEK_DAYS.length * SLOTS_PER_DAY).map(readSlot);
      plans.setWeekPlan(planNo, {
        enable: optionalBoolean(change, 'enable') ?? true,
        slots: mergeSlots(known.slots, named),
      });
      return jsonOk();
    }),
  },
];

/** Comma list of numbers, or empty. */
function readHolidayGroups(object: JsonObject): string | undefined {
  const groups = optionalString(object, 'holidayGroupNo');
  const isGood = (text: string) =>
    /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_HOLIDAY_GROUPS;
  if (groups !== undefined && groups !== '' && !groups.split(',').every(isGood))
    throw new Refusal('badJsonContent', 'holidayGroupNo');
  return groups;
}
