import { expect, test } from 'vitest';
import { ANY_ADDRESS } from '../src/stack/containers/host.ts';
import type { DeviceHandle } from '../src/stack/stack.ts';
import { expectAgreement } from '../suites/support/agreement.ts';
import { callsOf, expectOneAtATime, mark } from '../suites/support/calls.ts';
import { finishedRun, startRun } from '../suites/support/runs.ts';
import { useContainerStack } from './support/use-container-stack.ts';

const EMPLOYEES = 8;
const PAUSE_MS = 40;
const shared = useContainerStack({
  devices: 2,
  employees: EMPLOYEES,
  startDaemon: false,
  daemonEnv: { LEASE_MS: '2000', DEVICE_TIMEOUT_MS: '800', RATE_LIMIT_MS: String(PAUSE_MS) },
});

/** Everybody is there, and was added once, whoever did it. */
async function expectAddedOnce(device: DeviceHandle, after: number): Promise<void> {
  const added = (await callsOf(device, after)).filter(
    ({ endpoint, done }) => endpoint === 'person-record' && done,
  );
  expect(new Set(added.map(({ employeeNo }) => employeeNo)).size, device.name).toBe(added.length);
  expect(await device.persons()).toHaveLength(EMPLOYEES);
  expect(await device.faces()).toHaveLength(EMPLOYEES);
  await expectOneAtATime(device, PAUSE_MS);
}

test('a daemon dies with its host in mid-run, and one on another host ends the run', async () => {
  const { stack } = shared;
  const [gate] = stack.devices;
  const first = await stack.startDaemon();
  const underWay = gate!.waitForRequest({ endpoint: 'face-record', status: 200 });
  const runId = await startRun(stack, 'sync-all-to-device', { dispozitiv_id: gate!.databaseId }, first);
  await underWay;
  await first.kill();
  expect(await first.exited).toBe(137);
  const second = await stack.startDaemon();
  const body = await finishedRun(stack, runId, second);
  expect(body.status).toBe('completed');
  await expectAddedOnce(gate!, 0);
  await expectAgreement(stack, body);
  await second.stop();
  expect(await second.exited).toBe(0);
});

test('a daemon cut off from everything loses its devices; back on the network it sends nothing and writes nothing', async () => {
  const { stack } = shared;
  const device = stack.devices[1]!;
  const lonely = await stack.startDaemon();
  const underWay = device.waitForRequest({ endpoint: 'face-record', status: 200 });
  const runId = await startRun(stack, 'sync-all-to-device', { dispozitiv_id: device.databaseId }, lonely);
  await underWay;
  const host = stack.ground.hosts.hostOf(lonely);
  await host.cutOff();
  const other = await stack.startDaemon();
  const body = await finishedRun(stack, runId, other);
  expect(body.status).toBe('completed');
  const last = await mark(device);
  const told = lonely.logs().length;
  await host.reconnect(ANY_ADDRESS);
  // It asks for its devices again and learns that they are no longer its own.
  await lonely.waitForLog(({ event }) => event === 'lease.lost');
  await lonely.stop();
  expect(
    lonely
      .logs()
      .slice(told)
      .map(({ event }) => event),
  ).not.toContain('pair.finished');
  expect(await device.requests({ after: last })).toEqual([]);
  await expectAddedOnce(device, 0);
  await expectAgreement(stack, body);
  await other.stop();
});
