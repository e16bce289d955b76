import type { Device, Line, Run } from '@pontaj/sync';
import { expectedIn, type Evidence } from './check-terminal.ts';

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
  return failures;
}

/** Where a terminal that works is shown as one that does not. */
export function deviceRowFailures(evidence: Evidence, row: Device | null): string[] {
  if (row === null) return ['its row is gone'];
  const failures: string[] = [];
  const { refusedCredentials, lockedUntilMs, serialNumber } = row.memory;
  if (row.status !== 'activ') failures.push(`it works and is shown as ${row.status}`);
  if (refusedCredentials !== null || lockedUntilMs !== null)
    failures.push('it let us in and is shown as locked');
  if (serialNumber !== null && serialNumber !== evidence.device.serialNumber)
    failures.push(`its serial number is remembered as ${serialNumber}`);
  return failures;
}
