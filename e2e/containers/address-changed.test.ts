import { expect, test } from 'vitest';
import { expectAgreement } from '../suites/support/agreement.ts';
import { callsOf, changesOf, endpointsOf, mark } from '../suites/support/calls.ts';
import { deviceRow, setDevice } from '../suites/support/rows.ts';
import { useContainerStack } from './support/use-container-stack.ts';

const EMPLOYEES = 2;
const shared = useContainerStack({
  devices: 2,
  employees: EMPLOYEES,
  daemonEnv: { DEVICE_TIMEOUT_MS: '1500' },
});

test('two terminals change places on the network: neither gets the other’s people, and corrected rows mend it', async () => {
  const { stack } = shared;
  const [first, second] = stack.devices;
  const [firstHost, secondHost] = stack.ground.hosts.terminals;
  expect((await stack.sync('sync-all-to-all-devices')).body.status).toBe('completed');

  const firstAddress = await firstHost!.ipAddress();
  const secondAddress = await secondHost!.ipAddress();
  expect(first!.address.host).toBe(firstAddress);
  await firstHost!.cutOff();
  await secondHost!.cutOff();
  await firstHost!.reconnect(secondAddress);
  await secondHost!.reconnect(firstAddress);

  const marks = [await mark(first!), await mark(second!)];
  await stack.addEmployees([{ nume: 'Nou', prenume: 'Venit', faceSeed: 61 }]);
  const { status, body } = await stack.sync('sync-all-to-all-devices');
  expect(status).toBe(502);
  expect(body.errors.map(({ code }) => code)).toEqual(['serial_changed', 'serial_changed']);
  for (const [index, device] of stack.devices.entries()) {
    expect(await changesOf(device, marks[index])).toEqual([]);
    expect(new Set(endpointsOf(await callsOf(device, marks[index])))).toEqual(new Set(['device-info-get']));
    expect(await device.persons()).toHaveLength(EMPLOYEES);
    expect(await deviceRow(stack, device)).toMatchObject({ ultima_eroare_cod: 'serial_changed' });
  }

  await setDevice(stack, first!, { ip_address: secondAddress });
  await setDevice(stack, second!, { ip_address: firstAddress });
  const told = stack.daemon.logs().length;
  const mended = await stack.sync('sync-all-to-all-devices');
  expect(mended.body.status).toBe('completed');
  for (const device of stack.devices) {
    expect(await device.faces()).toHaveLength(EMPLOYEES + 1);
    // Written when the daemon is done with the device, a moment after the run has ended.
    await stack.daemon.waitForLog(
      ({ event, deviceId }) => event === 'device.recovered' && deviceId === device.databaseId,
      told,
    );
    expect(await deviceRow(stack, device)).toMatchObject({ status: 'activ', ultima_eroare_cod: null });
  }
  await expectAgreement(stack, mended.body);
});

test('a terminal that moves to a free address is found again once its row says so', async () => {
  const { stack } = shared;
  const [first] = stack.devices;
  const [host] = stack.ground.hosts.terminals;
  const old = await host!.ipAddress();
  const free = old.replace(/\d+$/, '200');
  await host!.cutOff();
  await host!.reconnect(free);
  const lost = await stack.sync('sync-all-to-device', { dispozitiv_id: first!.databaseId, full: true });
  expect(lost.status).toBe(502);
  expect(lost.body.errors[0]?.code).toMatch(/^device_(timeout|unreachable)$/);

  await setDevice(stack, first!, { ip_address: free });
  const found = await stack.sync('sync-all-to-device', { dispozitiv_id: first!.databaseId, full: true });
  expect(found.body.status).toBe('completed');
  await expectAgreement(stack, found.body);
});
