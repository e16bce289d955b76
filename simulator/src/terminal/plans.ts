/** Days as the wire names them, Monday first. */
export const WEEK_DAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

type WeekDay = (typeof WEEK_DAYS)[number];

/** Observed on K1A340: seven days of eight slots. */
export const SLOTS_PER_DAY = 8;
/** Observed on K1A340. */
export const MAX_TEMPLATES = 255;
export const MAX_WEEK_PLANS = 128;
export const MAX_HOLIDAY_GROUPS = 64;

export interface PlanTemplate {
  enable: boolean;
  templateName: string;
  /** 0: none. */
  weekPlanNo: number;
  /** Kept and given back; holidays themselves are not simulated. */
  holidayGroupNo: string;
}

/** A slot of a day: `00:00:00` to `24:00:00` is the whole day. */
export interface PlanSlot {
  week: WeekDay;
  /** From 1. */
  id: number;
  enable: boolean;
  beginTime: string;
  endTime: string;
}

export interface WeekPlan {
  enable: boolean;
  slots: PlanSlot[];
}

export interface PlansSnapshot {
  templates: [number, PlanTemplate][];
  weekPlans: [number, WeekPlan][];
}

const ALL_DAY_TEMPLATE: PlanTemplate = { enable: true, templateName: '', weekPlanNo: 1, holidayGroupNo: '' };
const UNUSED_TEMPLATE: PlanTemplate = { enable: false, templateName: '', weekPlanNo: 0, holidayGroupNo: '' };

/** When doors open for whom: templates that point at week plans. Only what was changed takes memory. */
export class Plans {
  #templates: Map<number, PlanTemplate> | null = null;
  #weekPlans: Map<number, WeekPlan> | null = null;

  /** Template 1 is the all-day default; the others are there and off. Undefined beyond the last. */
  template(templateNo: number): PlanTemplate | undefined {
    if (!inRange(templateNo, MAX_TEMPLATES)) return undefined;
    return this.#templates?.get(templateNo) ?? (templateNo === 1 ? ALL_DAY_TEMPLATE : UNUSED_TEMPLATE);
  }

  setTemplate(templateNo: number, template: PlanTemplate): void {
    this.#templates ??= new Map();
    this.#templates.set(templateNo, template);
  }

  weekPlan(weekPlanNo: number): WeekPlan | undefined {
    if (!inRange(weekPlanNo, MAX_WEEK_PLANS)) return undefined;
    return this.#weekPlans?.get(weekPlanNo) ?? freshWeekPlan(weekPlanNo === 1);
  }

  setWeekPlan(weekPlanNo: number, plan: WeekPlan): void {
    this.#weekPlans ??= new Map();
    this.#weekPlans.set(weekPlanNo, plan);
  }

  /** Whether a template lets people in at a time of the device's wall clock, `2026-07-13T19:14:08`. */
  allows(templateNo: number, wallClock: string): boolean {
    const template = this.template(templateNo);
    if (!template?.enable) return false;
    const plan = this.weekPlan(template.weekPlanNo);
    if (!plan?.enable) return false;
    const day = WEEK_DAYS[(new Date(`${wallClock}Z`).getUTCDay() + 6) % 7];
    const time = wallClock.slice(11, 19);
    return plan.slots.some(
      (slot) => slot.enable && slot.week === day && time >= slot.beginTime && time < slot.endTime,
    );
  }

  snapshot(): PlansSnapshot {
    return { templates: [...(this.#templates ?? [])], weekPlans: [...(this.#weekPlans ?? [])] };
  }

  restore(snapshot: PlansSnapshot): void {
    this.#templates = new Map(snapshot.templates);
    this.#weekPlans = new Map(snapshot.weekPlans);
  }

  clear(): void {
    this.#templates = null;
    this.#weekPlans = null;
  }
}

function freshWeekPlan(allDay: boolean): WeekPlan {
  const slots = WEEK_DAYS.flatMap((week) =>
    Array.from({ length: SLOTS_PER_DAY }, (_, index) => ({
      week,
      id: index + 1,
      enable: allDay && index === 0,
      beginTime: '00:00:00',
      endTime: allDay && index === 0 ? '24:00:00' : '00:00:00',
    })),
  );
  return { enable: allDay, slots };
}

function inRange(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max;
}
