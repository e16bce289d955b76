import { describe, expect, it } from 'vitest';
import { Plans, SLOTS_PER_DAY, WEEK_DAYS, type PlanSlot } from './plans.ts';

const MONDAY = '2026-01-05';
const SUNDAY = '2026-01-11';

function workingHours(): PlanSlot[] {
  return WEEK_DAYS.slice(0, 5).flatMap((week) => [
    { week, id: 1, enable: true, beginTime: '08:00:00', endTime: '12:00:00' },
    { week, id: 2, enable: true, beginTime: '13:00:00', endTime: '17:00:00' },
    { week, id: 3, enable: false, beginTime: '20:00:00', endTime: '24:00:00' },
  ]);
}

function withTemplate2(enable = true): Plans {
  const plans = new Plans();
  plans.setTemplate(2, { enable, templateName: 'site', weekPlanNo: 7, holidayGroupNo: '' });
  plans.setWeekPlan(7, { enable: true, slots: workingHours() });
  return plans;
}

describe('plans', () => {
  it('template 1 lets people in all day, the others are there and off', () => {
    const plans = new Plans();
    for (const time of ['00:00:00', '12:00:00', '23:59:59'])
      expect(plans.allows(1, `${SUNDAY}T${time}`)).toBe(true);
    expect(plans.template(2)).toEqual({ enable: false, templateName: '', weekPlanNo: 0, holidayGroupNo: '' });
    expect(plans.allows(2, `${MONDAY}T12:00:00`)).toBe(false);
  });

  it.each([0, 256, -1, 1.5, NaN])('there is no template %s', (templateNo) => {
    expect(new Plans().template(templateNo)).toBeUndefined();
    expect(new Plans().allows(templateNo, `${MONDAY}T12:00:00`)).toBe(false);
  });

  it('a week plan has eight slots for each of seven days', () => {
    const { slots } = new Plans().weekPlan(1)!;
    expect(slots).toHaveLength(7 * SLOTS_PER_DAY);
    expect(slots.filter((slot) => slot.enable)).toHaveLength(7);
    expect(new Plans().weekPlan(129)).toBeUndefined();
  });

  it.each([
    [`${MONDAY}T07:59:59`, false],
    [`${MONDAY}T08:00:00`, true],
    [`${MONDAY}T11:59:59`, true],
    [`${MONDAY}T12:00:00`, false],
    [`${MONDAY}T13:00:00`, true],
    [`${MONDAY}T21:00:00`, false],
    [`${SUNDAY}T09:00:00`, false],
  ])('working hours at %s: %s', (wallClock, allowed) => {
    expect(withTemplate2().allows(2, wallClock)).toBe(allowed);
  });

  it('a template or week plan that is off lets nobody in', () => {
    expect(withTemplate2(false).allows(2, `${MONDAY}T09:00:00`)).toBe(false);
    const plans = withTemplate2();
    plans.setWeekPlan(7, { enable: false, slots: workingHours() });
    expect(plans.allows(2, `${MONDAY}T09:00:00`)).toBe(false);
  });

  it('survive a snapshot', () => {
    const other = new Plans();
    other.restore(withTemplate2().snapshot());
    expect(other.allows(2, `${MONDAY}T09:00:00`)).toBe(true);
    other.clear();
    expect(other.allows(2, `${MONDAY}T09:00:00`)).toBe(false);
  });
});
