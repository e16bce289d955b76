import type { Leg, RunScope } from '../model/run.ts';

/** A leg with what its run asks for. */
export type OpenLeg = Leg & { scope: RunScope; requestedAtMs: number };

export const isSingle = (leg: OpenLeg): boolean => leg.scope.employeeId !== null;
