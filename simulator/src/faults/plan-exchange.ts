import type { AppliedFault } from './exchange.ts';
import { emptyPlan, type ExchangePlan } from './exchange-plan.ts';
import { bendPlan } from './kinds/index.ts';

/** Puts what the faults of one exchange ask for together, in the order of the list. */
export function planExchange(applied: readonly AppliedFault[]): ExchangePlan {
  const plan = emptyPlan();
  for (const { id, what, roll } of applied) {
    plan.faultIds.push(id);
    bendPlan(plan, what, roll);
  }
  return plan;
}
