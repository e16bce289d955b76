import type { Exchange } from './exchange.ts';
import type { FaultWhen } from './fault.ts';

/** Whether an endpoint's name fits a pattern: the name itself, or one with `*` at its end. */
export function matchesEndpoint(pattern: string, endpoint: string | null): boolean {
  if (pattern === '*') return true;
  if (endpoint === null) return false;
  return pattern.endsWith('*') ? endpoint.startsWith(pattern.slice(0, -1)) : endpoint === pattern;
}

function oneOf<T>(wanted: T | T[], test: (value: T) => boolean): boolean {
  return Array.isArray(wanted) ? wanted.some(test) : test(wanted);
}

/** Whether the exchange is one the fault speaks of: stage, endpoint, method and person. Counters and time come after. */
export function matchesExchange(when: FaultWhen, exchange: Exchange): boolean {
  // A connection has neither endpoint nor person yet: only time and counters decide there.
  if (exchange.stage === 'connection') return true;
  const stage = when.stage ?? 'signed';
  if (stage !== 'any' && stage !== exchange.stage) return false;
  if (when.method !== undefined && when.method.toUpperCase() !== exchange.method) return false;
  if (
    when.endpoint !== undefined &&
    !oneOf(when.endpoint, (pattern) => matchesEndpoint(pattern, exchange.endpoint))
  )
    return false;
  return when.employeeNo === undefined || oneOf(when.employeeNo, (wanted) => wanted === exchange.employeeNo);
}

/** Whether the fault's time window is open `sinceMs` after it was set. `fromMs` is inside, `untilMs` outside. */
export function windowOpen(when: FaultWhen, sinceMs: number): boolean {
  return sinceMs >= (when.fromMs ?? 0) && sinceMs < (when.untilMs ?? Infinity);
}

/** Whether this call's turn has come; `seen` counts the fitting calls from 1, this one included. */
export function turnCome(when: FaultWhen, seen: number): boolean {
  if (when.nth !== undefined && seen !== when.nth) return false;
  return when.every === undefined || seen % when.every === 0;
}

/** Nothing but time decides whether the fault holds: no call has to be looked at. */
export function timeAlone(when: FaultWhen): boolean {
  return (
    when.endpoint === undefined &&
    when.method === undefined &&
    when.employeeNo === undefined &&
    when.nth === undefined &&
    when.every === undefined &&
    when.probability === undefined &&
    when.times === undefined &&
    when.stage === undefined
  );
}
