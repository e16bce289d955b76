import { expect, test } from 'vitest';
import { callsOf, mark } from './support/calls.ts';
import { deviceRow, setDevice } from './support/rows.ts';
import { useStack } from './support/use-stack.ts';

const shared = useStack({
  devices: 2,
  employees: 2,
  daemonEnv: { DEVICE_TIMEOUT_MS: '1000' },
});

test('ultima_sincronizare moves only when the device really was brought in step', async () => {
  const { stack } = shared;
  const [gate, other] = stack.devices;
  const syncedAt = async () => (await deviceRow(stack, gate!)).ultima_sincronizare;

  await stack.sync('sync-angajat-all-devices', { angajat_id: stack.employees[0]!.employeeId });
  expect(await syncedAt()).toBeNull();
  await stack.sync('sync-all-to-all-devices', { dry_run: true });
  expect(await syncedAt()).toBeNull();
  await gate!.setFaults([
    { when: { endpoint: 'face-*' }, what: { kind: 'modelling-fails', code: 'faceLowQulity' } },
  ]);
  const partly = await stack.sync('sync-all-to-all-devices');
  expect(partly.body.status).toBe('partial');
  expect(await syncedAt()).toBeNull();
  expect((await deviceRow(stack, other!)).ultima_sincronizare).not.toBeNull();

  await gate!.setFaults([]);
  await stack.sync('sync-all-to-all-devices');
  const first = await syncedAt();
  expect(first).not.toBeNull();
  // Found in step without a call: that counts.
  const before = await mark(gate!);
  await stack.sync('sync-all-to-all-devices');
  expect(await callsOf(gate!, before)).toEqual([]);
  const second = await syncedAt();
  expect(Date.parse(second!)).toBeGreaterThan(Date.parse(first!));

  await gate!.powerOff();
  await stack.sync('sync-all-to-all-devices', { full: true });
  expect(await syncedAt()).toBe(second);
  await gate!.powerOn();
});

test('a device that keeps failing is shown as eroare with the reason, and comes back by itself', async () => {
  const { stack } = shared;
  const [gate, other] = stack.devices;
  await stack.sync('sync-all-to-all-devices', { full: true });
  expect(await deviceRow(stack, gate!)).toMatchObject({ status: 'activ', esecuri_consecutive: 0 });

  await gate!.powerOff();
  for (const failures of [1, 2, 3]) {
    const { body } = await stack.sync('sync-all-to-all-devices', { full: true });
    expect(body.status).toBe('partial');
    expect(await deviceRow(stack, gate!)).toMatchObject({
      esecuri_consecutive: failures,
      status: failures < 3 ? 'activ' : 'eroare',
      ultima_eroare_cod: 'device_unreachable',
    });
  }
  const failing = await deviceRow(stack, gate!);
  expect(failing.ultima_eroare).toMatch(/\w+ \w+/);
  expect(Date.parse(failing.urmatoarea_incercare_la!)).toBeGreaterThan(Date.now());
  expect(await deviceRow(stack, other!)).toMatchObject({ status: 'activ' });

  await gate!.powerOn();
  const before = await mark(gate!);
  const told = stack.daemon.logs().length;
  // The time of the next try has come; nobody asks for a sync.
  await setDevice(stack, gate!, { urmatoarea_incercare_la: new Date(Date.now() - 1000).toISOString() });
  await stack.daemon.waitForLog(
    ({ event, deviceId }) => event === 'device.recovered' && deviceId === gate!.databaseId,
    told,
  );
  // Its name alone would say little; a page of its list is read as well.
  expect((await callsOf(gate!, before)).map(({ endpoint }) => endpoint)).toEqual([
    'device-info-get',
    'person-search',
  ]);
  expect(await deviceRow(stack, gate!)).toMatchObject({
    status: 'activ',
    esecuri_consecutive: 0,
    ultima_eroare: null,
    urmatoarea_incercare_la: null,
  });
});
