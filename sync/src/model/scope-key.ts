import type { RunScope } from './run.ts';

/** Two scopes with the same key ask for the same work: while one is open, the other is not created. */
export function scopeKey(scope: RunScope): string {
  const { employeeId, deviceId, siteId, work, mode, execution } = scope;
  return [employeeId ?? '*', deviceId ?? '*', siteId ?? '*', work, mode, execution].join('|');
}
