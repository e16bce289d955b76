import { expect, test } from 'vitest';
import type { DeviceHandle } from '../src/stack/stack.ts';
import { expectAgreement } from '../suites/support/agreement.ts';
import { callsOf, endpointsOf, expectOneAtATime, mark } from '../suites/support/calls.ts';
import { deviceRow } from '../suites/support/rows.ts';
import { finishedRun, startRun } from '../suites/support/runs.ts';
import { useContainerStack } from './support/use-container-stack.ts';

const EMPLOYEES = 5;
const PAUSE_MS = 50;
/** Long beside what the engine takes to pull a cable or to freeze a host, so that this falls into the work. */
const ANSWER_MS = 1000;
const LATE_MS = 10_000;
const shared = useContainerStack({
  devices: 2,
  employees: EMPLOYEES,
  daemonEnv: { DEVICE_TIMEOUT_MS: '3000', RATE_LIMIT_MS: String(PAUSE_MS), LOG_LEVEL: 'trace' },
});

/** Resolves once the terminal's one fault holds up a call. Asks over and over, since nothing tells of a call under way. */
async function faultTakesPart(device: DeviceHandle): Promise<void> {
  while ((await device.faultCounts()).every(({ fired }) => fired === 0));
}

test('a terminal cut off the network in mid-run is left, the other is finished, and once back it gets the rest', async () => {
  const { stack } = shared;
  const [gate, other] = stack.devices;
  const [host] = stack.ground.hosts.terminals;
  await gate!.setFaults([{ what: { kind: 'delay', ms: ANSWER_MS } }]);
  const underWay = gate!.waitForRequest({ endpoint: 'face-record', status: 200 });
  const runId = await startRun(stack, 'sync-all-to-all-devices');
  await underWay;
  await host!.cutOff();
  const body = await finishedRun(stack, runId);
  expect(body.status).toBe('partial');
  const statusOf = (id: string) => body.devices.find(({ dispozitiv_id }) => dispozitiv_id === id);
  expect(statusOf(gate!.databaseId)).toMatchObject({ status: 'stopped' });
  expect(statusOf(other!.databaseId)).toMatchObject({ status: 'ok', reason: null });
  // Nobody answered, neither with a refusal: a host that is not there lets the time run out, or a router says so.
  expect(body.errors).not.toEqual([]);
  for (const { code } of body.errors) expect(code).toMatch(/^device_(timeout|unreachable)$/);
  expect(await other!.faces()).toHaveLength(EMPLOYEES);
  expect((await gate!.faces()).length).toBeLessThan(EMPLOYEES);
  expect((await deviceRow(stack, gate!)).ultima_sincronizare).toBeNull();

  await host!.reconnect();
  await gate!.setFaults([]);
  const again = await stack.sync('sync-all-to-all-devices');
  expect(again.body.status).toBe('completed');
  expect(await gate!.faces()).toHaveLength(EMPLOYEES);
  const added = (await callsOf(gate!)).filter(({ endpoint, done }) => endpoint === 'person-record' && done);
  expect(new Set(added.map(({ employeeNo }) => employeeNo)).size).toBe(added.length);
  expect(await gate!.requests({ auth: 'wrong-response' })).toEqual([]);
  await expectOneAtATime(gate!, PAUSE_MS);
  await expectAgreement(stack, again.body);
});

test('a terminal frozen in mid-call does late what it was asked: the next run looks first and adds nobody twice', async () => {
  const { stack } = shared;
  const [gate] = stack.devices;
  const [host] = stack.ground.hosts.terminals;
  const [added] = await stack.addEmployees([{ nume: 'Înghețatu', prenume: 'Dan', faceSeed: 60 }]);
  const employeeNo = String(added!.employeeNo);
  await gate!.setFaults([{ when: { endpoint: 'person-record' }, what: { kind: 'delay', ms: LATE_MS } }]);
  const before = await mark(gate!);
  const runId = await startRun(stack, 'sync-angajat-device', {
    angajat_id: added!.employeeId,
    dispozitiv_id: gate!.databaseId,
  });
  await faultTakesPart(gate!);
  await host!.freeze();
  const body = await finishedRun(stack, runId);
  expect(body.status).toBe('failed');
  expect(body.errors[0]?.code).toBe('device_timeout');

  await host!.thaw();
  const record = { endpoint: 'person-record', employeeNo, auth: 'ok' };
  expect((await gate!.waitForRequest({ ...record, after: before })).done).toBe(true);
  await gate!.setFaults([]);
  const marked = await mark(gate!);
  const again = await stack.sync('sync-angajat-device', {
    angajat_id: added!.employeeId,
    dispozitiv_id: gate!.databaseId,
  });
  expect(again.body.status).toBe('completed');
  const calls = endpointsOf(await callsOf(gate!, marked));
  expect(calls).toContain('person-search');
  expect(calls).not.toContain('person-record');
  expect((await gate!.persons()).filter((person) => person.employeeNo === employeeNo)).toHaveLength(1);
  await expectAgreement(stack, again.body);
});
