import type { Leg, RunScope } from '../../model/run.ts';

/** A leg with what its run asks for. */
export type OpenLeg = Leg & { scope: RunScope; requestedAtMs: number };

export const isSingle = (leg: OpenLeg): boolean => leg.scope.employeeId !== null;

/** Brings a whole device in step: it may end well only when nobody who left is still let in. */
export const isWhole = ({ scope }: OpenLeg): boolean =>
  scope.employeeId === null && scope.work === 'person-and-face' && scope.execution === 'perform';
