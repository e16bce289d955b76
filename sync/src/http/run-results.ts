import type { Leg, Line, Run } from '../model/run.ts';
import type { StorePort } from './store-port.ts';
import { unchangedLine } from './run-answer.ts';

/** Lines and employees are read, and results handed on, in pages of this size. */
export const PAGE_SIZE = 500;

/** Which devices found an employee in step: employee number → device ids, both in ascending order. */
function unchangedByEmployee(legs: readonly Leg[]): [employeeNo: number, deviceIds: string[]][] {
  const byEmployee = new Map<number, string[]>();
  const ordered = legs.toSorted((a, b) => (a.deviceId < b.deviceId ? -1 : 1));
  for (const leg of ordered)
    for (const employeeNo of leg.unchanged) {
      const devices = byEmployee.get(employeeNo);
      if (devices === undefined) byEmployee.set(employeeNo, [leg.deviceId]);
      else devices.push(leg.deviceId);
    }
  return [...byEmployee].sort(([a], [b]) => a - b);
}

async function* unchangedLines(store: StorePort, legs: readonly Leg[]): AsyncGenerator<Line> {
  const pairs = unchangedByEmployee(legs);
  for (let start = 0; start < pairs.length; start += PAGE_SIZE) {
    const page = pairs.slice(start, start + PAGE_SIZE);
    const employees = await store.readEmployeesByNumber(page.map(([employeeNo]) => employeeNo));
    const byNumber = new Map(employees.map((employee) => [employee.employeeNo, employee]));
    for (const [employeeNo, deviceIds] of page)
      for (const deviceId of deviceIds) yield unchangedLine(employeeNo, deviceId, byNumber.get(employeeNo));
  }
}

async function* writtenLines(store: StorePort, runId: string): AsyncGenerator<Line> {
  let after: { employeeNo: number; deviceId: string } | null = null;
  for (;;) {
    const page = await store.readLines(runId, after, PAGE_SIZE);
    yield* page;
    const last = page.at(-1);
    if (page.length < PAGE_SIZE || last?.employeeNo == null) return;
    after = { employeeNo: last.employeeNo, deviceId: last.deviceId };
  }
}

const comesBefore = (a: Line, b: Line): boolean =>
  (a.employeeNo ?? 0) === (b.employeeNo ?? 0)
    ? a.deviceId <= b.deviceId
    : (a.employeeNo ?? 0) < (b.employeeNo ?? 0);

/** Every pair of the run once, by employee number, then device: the written lines and the compact ones merged. */
export async function* readResults(store: StorePort, run: Run): AsyncGenerator<Line> {
  const written = writtenLines(store, run.runId);
  const unchanged = unchangedLines(store, run.legs);
  let left = await written.next();
  let right = await unchanged.next();
  while (!left.done || !right.done) {
    if (right.done || (!left.done && comesBefore(left.value, right.value))) {
      if (!left.done) yield left.value;
      left = await written.next();
    } else {
      yield right.value;
      right = await unchanged.next();
    }
  }
}
