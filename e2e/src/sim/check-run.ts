import { isRefused, type Device, type Line, type Run } from '@pontaj/sync';
import { expectedIn, type Evidence } from './check-terminal.ts';

/** Whoever left and is still let in belongs into the run that ended meanwhile, which then was no success. */
function openAccessFailures(
  { plan, employees, rows }: Evidence,
  leg: Run['legs'][number],
  told: ReadonlyMap<number | null, Line>,
): string[] {
  if (plan.options.leavers === 'ignore') return [];
  const active = new Set(employees.flatMap((one) => (one.active ? [one.employeeNo] : [])));
  const owed = rows.filter(
    ({ employeeNo, person, accessClosed }) =>
      !active.has(employeeNo) && person.state !== 'absent' && !accessClosed,
  );
  const silent = owed.flatMap(({ employeeNo }) => {
    const status = told.get(employeeNo)?.status;
    return status === 'eroare' || status === 'neincercat'
      ? []
      : [`the last run does not say that the access of ${employeeNo} is open`];
  });
  return owed.length > 0 && leg.state === 'ok'
    ? [...silent, 'the last run ended as ok all the same']
    : silent;
}

/** Where the last run tells less, or worse, than what happened on a terminal where nothing stood in the way. */
export function runFailures(evidence: Evidence, run: Run, lines: readonly Line[]): string[] {
  const { employees, device } = evidence;
  const leg = run.legs.find(({ deviceId }) => deviceId === device.id);
  if (leg === undefined) return ['the last run left it out'];
  const told = new Map(
    lines.flatMap((line) => (line.deviceId === device.id ? [[line.employeeNo, line]] : [])),
  );
  const unchanged = new Set(leg.unchanged);
  const failures = employees.flatMap(({ active, employeeNo }) =>
    !active || employeeNo === null || told.has(employeeNo) || unchanged.has(employeeNo)
      ? []
      : [`the last run says nothing of ${employeeNo}`],
  );
  if (leg.state !== 'ok' && leg.state !== 'partial')
    failures.push(`the last run ended as ${leg.state}: ${leg.reason ?? ''}`);
  for (const { employeeNo } of expectedIn(evidence)) {
    const line = told.get(employeeNo);
    if (line !== undefined && line.status !== 'sincronizat')
      failures.push(`the last run says ${employeeNo ?? ''} is ${line.status}: ${line.error?.code ?? ''}`);
  }
  return [...failures, ...openAccessFailures(evidence, leg, told)];
}

/** Where a terminal that works is shown as one that does not. */
export function deviceRowFailures(evidence: Evidence, row: Device | null): string[] {
  if (row === null) return ['its row is gone'];
  const failures: string[] = [];
  const { lockedUntilMs, serialNumber } = row.memory;
  if (row.status !== 'activ') failures.push(`it works and is shown as ${row.status}`);
  // A refusal of the former password stays until the terminal is called again: in step, it may not have been.
  if (isRefused(row) || lockedUntilMs !== null) failures.push('it let us in and is shown as locked');
  if (serialNumber !== null && serialNumber !== evidence.device.serialNumber)
    failures.push(`its serial number is remembered as ${serialNumber}`);
  return failures;
}
