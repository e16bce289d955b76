import type { JournalEntry } from '@pontaj/simulator';
import { afterEach, expect, test } from 'vitest';
import type { DaemonHandle, DeviceHandle, Stack } from '../src/stack/stack.ts';
import { expectAgreement } from './support/agreement.ts';
import { callsOf, endpointsOf, expectOneAtATime, mark } from './support/calls.ts';
import { finishedRun, startRun } from './support/runs.ts';
import { useStack } from './support/use-stack.ts';

/** Long enough that nothing is finished before a daemon on a host of its own is dead. */
const PAUSE_MS = 100;
const LEASE_MS = 2000;
/** An idle daemon looks for free devices this often. */
const POLL_MS = 2000;
const SLACK_MS = 2000;
const EMPLOYEES = 6;

const shared = useStack({
  devices: 7,
  employees: EMPLOYEES,
  startDaemon: false,
  daemonEnv: {
    RATE_LIMIT_MS: String(PAUSE_MS),
    LEASE_MS: String(LEASE_MS),
    DEVICE_TIMEOUT_MS: '800',
  },
});

let daemons: DaemonHandle[] = [];

async function startDaemons(count: number): Promise<DaemonHandle[]> {
  daemons = await Promise.all(Array.from({ length: count }, () => shared.stack.startDaemon()));
  return daemons;
}

afterEach(async () => {
  await Promise.all(daemons.map((daemon) => daemon.kill()));
});

/** Which of the daemons drives a device: leases name their holder by machine and process. */
async function holderOf(stack: Stack, device: DeviceHandle): Promise<DaemonHandle> {
  const { data, error } = await stack.database
    .from('dispozitive_lease')
    .select('detinator')
    .eq('dispozitiv_id', device.databaseId)
    .single();
  expect(error).toBeNull();
  const holder = daemons.find((daemon) => daemon.isHolder(data?.detinator ?? ''));
  if (!holder)
    throw new Error(`${device.name} is driven by ${data?.detinator}, which is none of the daemons.`);
  return holder;
}

/** Everybody is on the device once: created once, whoever did it. */
async function expectCreatedOnce(device: DeviceHandle): Promise<void> {
  const created = (await callsOf(device)).filter(
    ({ endpoint, responseBody }) =>
      endpoint === 'person-record' && /"statusCode":\s*1\b/.test(responseBody ?? ''),
  );
  expect(created, device.name).toHaveLength(EMPLOYEES);
  expect(new Set(created.map(({ employeeNo }) => employeeNo)).size).toBe(EMPLOYEES);
  expect(await device.persons()).toHaveLength(EMPLOYEES);
  expect(await device.faces()).toHaveLength(EMPLOYEES);
}

test('one of three is killed in mid-run: the others take its devices over, and every run completes', async () => {
  const { stack } = shared;
  const devices = stack.devices.slice(0, 4);
  const started = await startDaemons(3);
  const underWay = Promise.all(
    devices.map((device) => device.waitForRequest({ endpoint: 'face-record', status: 200 })),
  );
  const runs = await Promise.all(
    devices.map((device, index) =>
      startRun(stack, 'sync-all-to-device', { dispozitiv_id: device.databaseId }, started[index % 3]),
    ),
  );
  await underWay;
  const [orphan] = devices;
  const killed = await holderOf(stack, orphan!);
  let after = await mark(orphan!);
  await killed.kill();
  const deadAtMs = Date.now();

  // What the dead one still had on the line comes first.
  let takenOver: JournalEntry;
  do {
    takenOver = await orphan!.waitForRequest({ auth: 'ok', after });
    after = takenOver.sequence;
  } while (takenOver.startedAtMs <= deadAtMs);
  expect(takenOver.startedAtMs - deadAtMs).toBeLessThan(LEASE_MS + POLL_MS + SLACK_MS);
  expect(await holderOf(stack, orphan!)).not.toBe(killed);
  const living = started.find((daemon) => daemon !== killed);
  for (const runId of runs) {
    const body = await finishedRun(stack, runId, living);
    expect(body.status).toBe('completed');
    expect(body.results).toHaveLength(EMPLOYEES);
    await expectAgreement(stack, body);
  }
  for (const device of devices) {
    await expectCreatedOnce(device);
    await expectOneAtATime(device, PAUSE_MS);
  }
});

test.each([
  ['a person was added', 'person-record', 4],
  ['a face was added', 'face-record', 5],
])(
  'killed after %s and before it was written down: the next one looks, and adds nobody twice',
  async (_, endpoint, index) => {
    const { stack } = shared;
    const device = stack.devices[index]!;
    const started = await startDaemons(2);
    const employeeNo = String(stack.employees[2]!.employeeNo);
    const changed = device.waitForRequest({ endpoint, employeeNo, status: 200 });
    const runId = await startRun(stack, 'sync-all-to-device', { dispozitiv_id: device.databaseId });
    const { sequence } = await changed;
    const killed = await holderOf(stack, device);
    await killed.kill();
    const living = started.find((daemon) => daemon !== killed);
    const body = await finishedRun(stack, runId, living);
    expect(body.status).toBe('completed');
    // What the dead one still had on the line comes before the greeting of the next.
    const calls = endpointsOf(await callsOf(device, sequence));
    expect(calls[calls.indexOf('device-info-get') + 1]).toBe('person-search');
    await expectCreatedOnce(device);
    await expectOneAtATime(device, PAUSE_MS);
    await expectAgreement(stack, body);
  },
);

test('a daemon that was frozen finds its lease lost: it sends nothing more and writes nothing', async () => {
  const { stack } = shared;
  const device = stack.devices[6]!;
  const started = await startDaemons(2);
  // Most of the time is spent in the middle of a handshake: there it is frozen.
  await device.setFaults([{ when: { stage: 'unsigned' }, what: { kind: 'delay', ms: 100 } }]);
  const underWay = device.waitForRequest({ endpoint: 'person-record', status: 200 });
  const runId = await startRun(stack, 'sync-all-to-device', { dispozitiv_id: device.databaseId });
  await underWay;
  const frozen = await holderOf(stack, device);
  await device.waitForRequest({ auth: 'none' });
  await frozen.freeze();
  const awake = started.find((daemon) => daemon !== frozen);
  const body = await finishedRun(stack, runId, awake);
  expect(body.status).toBe('completed');
  const last = await mark(device);
  await frozen.thaw();
  await frozen.waitForLog(({ event }) => event === 'lease.lost');
  await frozen.stop();
  expect(await device.requests({ after: last })).toEqual([]);
  await expectCreatedOnce(device);
  await expectOneAtATime(device, PAUSE_MS);
  await expectAgreement(stack, body);
});
