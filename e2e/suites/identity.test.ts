import { expect, test } from 'vitest';
import { expectAgreement } from './support/agreement.ts';
import { callsOf, endpointsOf, mark } from './support/calls.ts';
import { deviceRow, setDevice } from './support/rows.ts';
import { useStack } from './support/use-stack.ts';

const shared = useStack({ devices: 2, employees: 3 });

test('another terminal at the address gets nobody, until an operator accepts it', async () => {
  const { stack } = shared;
  const [known, newcomer] = stack.devices;
  await setDevice(stack, newcomer!, { status: 'inactiv' });
  const first = await stack.sync('sync-all-to-all-devices');
  expect(first.body.status).toBe('completed');
  expect(await deviceRow(stack, known!)).toMatchObject({ numar_serie: known!.serialNumber });

  // Somebody exchanged the terminals: behind the known address stands the other one.
  await setDevice(stack, known!, { port: newcomer!.address.port });
  const { status, body } = await stack.sync('sync-all-to-all-devices', { full: true });
  expect(status).toBe(502);
  expect(body.status).toBe('failed');
  expect(body.errors[0]?.code).toBe('serial_changed');
  expect(body.devices[0]?.reason).toContain(newcomer!.serialNumber);
  expect(body.devices[0]?.reason).toContain(known!.serialNumber);
  expect(body.results.map((result) => result.status)).toEqual(['neincercat', 'neincercat', 'neincercat']);
  expect(endpointsOf(await callsOf(newcomer!))).toEqual(['device-info-get']);
  expect(await deviceRow(stack, known!)).toMatchObject({
    status: 'eroare',
    ultima_eroare_cod: 'serial_changed',
    numar_serie: known!.serialNumber,
  });

  // Incremental, too: a changed name must not be what slips through.
  const { nume } = stack.employees[0]!;
  await stack.database.from('angajati').update({ nume: 'Marin' }).eq('id', stack.employees[0]!.employeeId);
  await stack.sync('sync-all-to-all-devices');
  await stack.database.from('angajati').update({ nume }).eq('id', stack.employees[0]!.employeeId);
  expect(await newcomer!.persons()).toEqual([]);

  const wrong = await stack.cli(['devices', 'accept-serial', newcomer!.name]);
  expect(wrong.exitCode).toBe(2);
  const before = await mark(newcomer!);
  const accepted = await stack.cli(['devices', 'accept-serial', known!.databaseId, newcomer!.serialNumber]);
  expect(accepted, accepted.stderr).toMatchObject({ exitCode: 0 });
  expect(accepted.stdout).toContain(newcomer!.serialNumber);
  const again = await stack.sync('sync-all-to-all-devices');
  expect(again.body.status).toBe('completed');
  // The new terminal was read before anything was sent to it, and then got everybody.
  const calls = endpointsOf(await callsOf(newcomer!, before));
  expect(calls.indexOf('person-search')).toBeLessThan(calls.indexOf('person-record'));
  expect(await newcomer!.persons()).toHaveLength(3);
  expect(await newcomer!.faces()).toHaveLength(3);
  expect(await deviceRow(stack, known!)).toMatchObject({
    status: 'activ',
    ultima_eroare_cod: null,
    numar_serie: newcomer!.serialNumber,
  });
});

test('the terminal that came back is a stranger too', async () => {
  const { stack } = shared;
  const [known] = stack.devices;
  await setDevice(stack, known!, { port: known!.address.port });
  const before = await mark(known!);
  const refused = await stack.sync('sync-all-to-all-devices', { full: true });
  expect(refused.body.errors[0]?.code).toBe('serial_changed');
  expect(endpointsOf(await callsOf(known!, before))).toEqual(['device-info-get']);
  // Without a serial number: whichever terminal answers next.
  const accepted = await stack.cli(['devices', 'accept-serial', known!.databaseId]);
  expect(accepted.exitCode).toBe(0);
  const { body } = await stack.sync('sync-all-to-all-devices');
  expect(body.status).toBe('completed');
  expect(await deviceRow(stack, known!)).toMatchObject({ numar_serie: known!.serialNumber });
  await expectAgreement(stack, body);
});

test('an address typed twice: one row is driven, the other is not called and comes back once it is corrected', async () => {
  const { stack } = shared;
  const [known, twin] = stack.devices;
  await setDevice(stack, twin!, { status: 'activ', port: known!.address.port });
  const before = await mark(known!);
  const { body } = await stack.sync('sync-all-to-all-devices', { full: true });
  expect(body.devices.map(({ status }) => status).toSorted()).toEqual(['ok', 'stopped']);
  expect(body.errors.map(({ code }) => code)).toEqual(['address_taken']);
  expect(body.devices.find(({ status }) => status === 'stopped')?.reason).toContain(known!.databaseId);
  expect(endpointsOf(await callsOf(known!, before)).filter((one) => one === 'device-info-get')).toHaveLength(
    1,
  );
  expect(await deviceRow(stack, twin!)).toMatchObject({
    status: 'eroare',
    ultima_eroare_cod: 'address_taken',
    numar_serie: null,
  });

  const told = stack.daemon.logs().length;
  await setDevice(stack, twin!, { port: twin!.address.port });
  await stack.daemon.waitForLog(
    ({ event, deviceId }) => event === 'device.recovered' && deviceId === twin!.databaseId,
    told,
  );
  expect(await deviceRow(stack, twin!)).toMatchObject({
    status: 'activ',
    ultima_eroare_cod: null,
    numar_serie: twin!.serialNumber,
  });
});
