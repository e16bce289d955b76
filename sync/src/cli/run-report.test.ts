import { expect, it } from 'vitest';
import { createFakeEngine } from '../http/testing/fake-engine.ts';
import { employee, furnishedStore, line } from '../http/testing/furnish.ts';
import { deviceId } from '../http/testing/ids.ts';
import type { Strangers } from '../model/run.ts';
import { scopes } from '../engine/run/scopes.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { reportRun } from './run-report.ts';

async function reportOf(
  work: Parameters<ReturnType<typeof createFakeEngine>['work']>[2],
  unchanged: number[] = [],
  strangers?: Strangers,
) {
  const store = furnishedStore(createVirtualClock());
  store.admin.putEmployee(employee(9, { employeeNo: null }));
  const engine = createFakeEngine(store);
  const { runId } = await engine.submit(scopes.allEmployeesToDevice(deviceId(1)), 'cli');
  await engine.work(runId, deviceId(1), work, { unchanged, ...(strangers && { strangers }) });
  await engine.finish(runId);
  const run = await store.readRun(runId);
  if (run === null) throw new Error('no run');
  return reportRun(store, run);
}

it('shows each device, and each employee that was not simply in step', async () => {
  const error = { code: 'face_rejected', message: 'too dark' };
  const report = await reportOf([line(1, 1, { status: 'partial', face: 'failed', error })], [1002, 1003]);
  const rows = report.split('\n').map((row) => row.replace(/ +/g, ' ').trim());
  expect(rows[0]).toMatch(/^Run .*: partial \(employees: 3, devices: 1\)$/);
  expect(rows).toContain('Poarta 1 ok 2 0 1 0 0 0');
  expect(rows).toContain('1001 Poarta 1 partial created failed face_rejected: too dark');
  expect(report).not.toContain('1002');
  expect(report).toContain('because they have no employee_no: 1.');
});

it.each([
  ['no device is in use', null, 'no device in dispozitive_pontaj'],
  ['the site is mistyped', deviceId(9), `has santier_id ${deviceId(9)}`],
])('says so when %s, which is no work done', async (_what, siteId, told) => {
  const store = furnishedStore(createVirtualClock());
  const scope = scopes.allEmployeesToAllDevices({ siteId });
  const counts = { employeesInScope: 3, employeesWithoutNumber: 0 };
  const { runId } = await store.createRun(scope, 'cli', [], counts);
  await store.finishRun(runId);
  const run = await store.readRun(runId);
  if (run === null) throw new Error('no run');
  const report = await reportRun(store, run);
  expect(report).toContain('There was nothing to do');
  expect(report).toContain(told);
});

it('stays readable for a run with thousands of results', async () => {
  const many = Array.from({ length: 250 }, (_, n) => line(n + 1, 1));
  const report = await reportOf(many);
  expect(report).toContain('… and 150 more; --json has them all');
  expect(report.split('\n').length).toBeLessThan(120);
});

it('says who is on a device and is not ours', async () => {
  const report = await reportOf([], [], { count: 102, employeeNos: ['7', 'A12'] });
  expect(report).toContain('Not ours, and left alone, on Poarta 1: 102 (numbers 7, A12 and 100 more).');
});
