import { describe, expect, test } from 'vitest';
import { DigestClient } from 'digest-fetch';
import { expectAgreement } from './support/agreement.ts';
import { callsOf, changesOf, endpointsOf, mark } from './support/calls.ts';
import { deviceRow, setDevice } from './support/rows.ts';
import { useStack } from './support/use-stack.ts';

const EMPLOYEES = 4;
const shared = useStack({
  // The last one locks for everybody: on hosts of their own, whoever mistypes has another address than the daemon.
  devices: [{}, {}, {}, { traits: { maxPersons: 3 } }, { traits: { lockPer: 'user' } }],
  employees: EMPLOYEES,
  daemonEnv: { DEVICE_TIMEOUT_MS: '1000', LOG_LEVEL: 'trace' },
});

describe('the answer was lost after the change', () => {
  test.each([
    ['silence', 0],
    ['reset', 1],
  ] as const)('%s: the terminal is asked, and nothing is sent twice', async (how, index) => {
    const { stack } = shared;
    const device = stack.devices[index]!;
    const [first, second] = stack.employees.map(({ employeeNo }) => String(employeeNo));
    await device.setFaults([
      {
        when: { endpoint: 'person-record', employeeNo: first!, times: 1 },
        what: { kind: 'answer-lost', how },
      },
      {
        when: { endpoint: 'face-record', employeeNo: second!, times: 1 },
        what: { kind: 'answer-lost', how },
      },
    ]);
    const { body } = await stack.sync('sync-all-to-device', { dispozitiv_id: device.databaseId });
    expect(body).toMatchObject({ status: 'completed', summary: { success: EMPLOYEES, failed: 0 } });
    const callsAbout = async (employeeNo: string) =>
      endpointsOf((await callsOf(device)).filter((call) => call.employeeNo === employeeNo));
    expect(await callsAbout(first!)).toEqual(['person-record', 'person-search', 'face-record']);
    expect(await callsAbout(second!)).toEqual(['person-record', 'face-record', 'face-search']);
    await expectAgreement(stack, body);
  });
});

test('a terminal that restarts in mid-run is left, and the next run goes on where it stopped', async () => {
  const { stack } = shared;
  const device = stack.devices[2]!;
  await device.setFaults([
    { when: { endpoint: 'person-record', nth: 3 }, what: { kind: 'reboot', awayMs: 600_000 } },
  ]);
  const { status, body } = await stack.sync('sync-all-to-device', { dispozitiv_id: device.databaseId });
  expect(status).toBe(502);
  expect(body.devices[0]?.status).toBe('stopped');
  expect(body.errors[0]?.code).toBe('device_unreachable');
  expect(body.results.map((result) => result.status)).toEqual([
    'sincronizat',
    'sincronizat',
    'eroare',
    'neincercat',
  ]);
  await expectAgreement(stack, body);

  await device.powerOn();
  const before = await mark(device);
  const next = await stack.sync('sync-all-to-device', { dispozitiv_id: device.databaseId });
  expect(next.body).toMatchObject({ status: 'completed', summary: { success: EMPLOYEES } });
  const third = String(stack.employees[2]!.employeeNo);
  const ofThird = (await callsOf(device, before)).filter(({ employeeNo }) => employeeNo === third);
  // It was cut off in the third: whether that one is there is asked first.
  expect(endpointsOf(ofThird)).toEqual(['person-search', 'person-record', 'face-record']);
  expect(new Set((await changesOf(device, before)).map(({ employeeNo }) => employeeNo))).toEqual(
    new Set([third, String(stack.employees[3]!.employeeNo)]),
  );
  await expectAgreement(stack, next.body);
});

test('a terminal that is too small says so before the first write, and takes those who fit', async () => {
  const { stack } = shared;
  const device = stack.devices[3]!;
  const { body } = await stack.sync('sync-all-to-device', { dispozitiv_id: device.databaseId });
  expect(body.results.map((result) => result.status)).toEqual([
    'sincronizat',
    'sincronizat',
    'sincronizat',
    'eroare',
  ]);
  expect(body.results[3]?.error?.code).toBe('device_persons_full');
  expect(body.results[3]?.error?.message).toContain('3 persons');
  // Known, not tried.
  expect((await changesOf(device)).filter(({ endpoint }) => endpoint === 'person-record')).toHaveLength(3);
  const log = stack.daemon.logs().filter(({ deviceId }) => deviceId === device.databaseId);
  const said = log.findIndex(({ event }) => event === 'device.capacity-short');
  const sent = log.findIndex(
    ({ event, operation }) => event === 'call.started' && operation === 'recordPerson',
  );
  expect(log[said]).toMatchObject({ maxPersons: 3, present: 0, missingPlaces: 1 });
  expect(said).toBeLessThan(sent);
  await expectAgreement(stack, body);
});

test('a locked account is left alone until the lock has run out, also after a restart', async () => {
  const { stack } = shared;
  const device = stack.devices[4]!;
  const { username } = await deviceRow(stack, device);
  // Somebody types a wrong password until the terminal locks.
  for (let tries = 0; tries < 5; tries += 1)
    await new DigestClient(username ?? '', 'gresita').fetch(`${device.url}/ISAPI/System/deviceInfo`);

  const { status, body } = await stack.sync('sync-all-to-device', { dispozitiv_id: device.databaseId });
  expect(status).toBe(502);
  expect(body.errors[0]?.code).toBe('device_account_locked');
  const locked = await deviceRow(stack, device);
  const lockedForMs = Date.parse(locked.blocat_pana_la ?? '') - Date.now();
  expect(lockedForMs).toBeGreaterThan(1_700_000);
  expect(lockedForMs).toBeLessThan(1_900_000);
  // A lock says nothing about the password.
  expect(locked.credentiale_refuzate).toBeNull();

  const before = await mark(device);
  await stack.sync('sync-all-to-device', { dispozitiv_id: device.databaseId, full: true });
  await stack.daemon.stop();
  await stack.startDaemon();
  const later = await stack.sync('sync-all-to-device', { dispozitiv_id: device.databaseId });
  expect(later.body.errors[0]?.code).toBe('device_account_locked');
  expect(await device.requests({ after: before })).toEqual([]);

  // Half an hour later.
  await device.powerOff();
  await device.powerOn();
  await setDevice(stack, device, { blocat_pana_la: new Date(Date.now() - 1000).toISOString() });
  const opened = await stack.sync('sync-all-to-device', { dispozitiv_id: device.databaseId });
  expect(opened.body.status).toBe('completed');
  expect(await deviceRow(stack, device)).toMatchObject({ status: 'activ', blocat_pana_la: null });
  await expectAgreement(stack, opened.body);
});
