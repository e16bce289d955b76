import { expect, test } from 'vitest';
import { expectAgreement } from '../suites/support/agreement.ts';
import { callsOf, expectOneAtATime } from '../suites/support/calls.ts';
import { finishedRun, startRun } from '../suites/support/runs.ts';
import { useContainerStack } from './support/use-container-stack.ts';

const DEVICES = 4;
const EMPLOYEES = 20;
/** So that the run takes longer than the restart. */
const PAUSE_MS = 250;
/** A terminal downloads a photo from where the database is away, and may wait for it longer than this. */
const GIVE_UP_MS = 3000;
const shared = useContainerStack({
  devices: DEVICES,
  employees: EMPLOYEES,
  terminalHosts: 'shared',
  databaseHost: 'own',
  daemonEnv: { RATE_LIMIT_MS: String(PAUSE_MS), DEVICE_TIMEOUT_MS: String(GIVE_UP_MS), LEASE_MS: '10000' },
});

test('the database restarts under load: the run goes on by itself, and nothing is lost or done twice', async () => {
  const { stack } = shared;
  const underWay = Promise.all(
    stack.devices.map((device) => device.waitForRequest({ endpoint: 'face-record', status: 200 })),
  );
  const runId = await startRun(stack, 'sync-all-to-all-devices');
  const finished = finishedRun(stack, runId);
  await underWay;
  const { database } = stack.ground.hosts;
  await database.restart();
  const backAtMs = await database.startedAtMs();
  const body = await finished;
  expect(body.results).toHaveLength(DEVICES * EMPLOYEES);
  // Photos are behind the same database: one that is wanted while it is away cannot be had. The person is there all the
  // same, the run says whose face is missing, and the next one brings it.
  const incomplete = body.results.filter(({ status }) => status !== 'sincronizat');
  for (const result of incomplete) expect(result).toMatchObject({ status: 'partial', face: 'failed' });
  expect(body.status).toBe(incomplete.length === 0 ? 'completed' : 'partial');
  for (const device of stack.devices) {
    const added = (await callsOf(device)).filter(
      ({ endpoint, done }) => endpoint === 'person-record' && done,
    );
    expect(added, device.name).toHaveLength(EMPLOYEES);
    // Work went on after the restart, or the test would show nothing.
    expect(added.at(-1)!.startedAtMs).toBeGreaterThan(backAtMs);
    const facesMissing = incomplete.filter(({ dispozitiv_id }) => dispozitiv_id === device.databaseId).length;
    expect(await device.faces()).toHaveLength(EMPLOYEES - facesMissing);
    await expectOneAtATime(device, PAUSE_MS, GIVE_UP_MS);
  }
  await expectAgreement(stack, body);
  const quiet = await stack.sync('sync-all-to-all-devices');
  expect(quiet.body).toMatchObject({ status: 'completed', summary: { success: DEVICES * EMPLOYEES } });
  for (const device of stack.devices) expect(await device.faces()).toHaveLength(EMPLOYEES);
});
