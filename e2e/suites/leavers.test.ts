import { afterEach, describe, expect, test } from 'vitest';
import type { DeviceHandle, StoredEmployee } from '../src/stack/stack.ts';
import { standBefore } from './support/access.ts';
import { changesOf, endpointsOf, mark } from './support/calls.ts';
import { setStatus, trackingOf } from './support/rows.ts';
import { useStack } from './support/use-stack.ts';

const shared = useStack({ devices: 2, employees: 5, daemonEnv: { DEVICE_TIMEOUT_MS: '2000' } });

const personOf = async (device: DeviceHandle, { employeeNo }: StoredEmployee) =>
  (await device.persons()).find((person) => person.employeeNo === String(employeeNo));

describe('somebody who is no longer active', () => {
  test('is shut out before all other work, keeps the face, and is let in again when hired again', async () => {
    const { stack } = shared;
    const [leaver, renamed] = stack.employees;
    const [gate] = stack.devices;
    await stack.sync('sync-all-to-all-devices');
    expect(await standBefore(stack, gate!, leaver!.employeeNo)).toBe('let in');

    await setStatus(stack, leaver!, 'inactiv');
    await stack.database.from('angajati').update({ nume: 'Marin' }).eq('id', renamed!.employeeId);
    renamed!.nume = 'Marin';
    const before = await mark(gate!);
    const { body } = await stack.sync('sync-all-to-all-devices');
    expect(body.status).toBe('completed');
    const changes = await changesOf(gate!, before);
    expect(changes.map(({ endpoint, employeeNo }) => [endpoint, employeeNo])).toEqual([
      ['person-modify', String(leaver!.employeeNo)],
      ['person-modify', String(renamed!.employeeNo)],
    ]);
    for (const device of stack.devices) {
      expect((await personOf(device, leaver!))?.valid.enable).toBe(false);
      expect(await standBefore(stack, device, leaver!.employeeNo)).toBe('not valid');
      expect(await standBefore(stack, device, renamed!.employeeNo)).toBe('let in');
      expect(await trackingOf(stack, device, leaver!.employeeNo)).toMatchObject({ acces_inchis: true });
    }

    const closed = await mark(gate!);
    await stack.sync('sync-all-to-all-devices');
    expect(await changesOf(gate!, closed)).toEqual([]);

    await setStatus(stack, leaver!, 'activ');
    const again = await stack.sync('sync-all-to-all-devices');
    expect(again.body.results.find(({ employee_no }) => employee_no === leaver!.employeeNo)).toMatchObject({
      status: 'sincronizat',
      person: 'updated',
      face: 'unchanged',
    });
    for (const device of stack.devices) {
      expect(await standBefore(stack, device, leaver!.employeeNo)).toBe('let in');
      expect(await trackingOf(stack, device, leaver!.employeeNo)).toMatchObject({
        acces_inchis: false,
        status_sincronizare: 'sincronizat',
      });
    }
  });

  test('stays owed while the device is offline, even when the employee is deleted meanwhile', async () => {
    const { stack } = shared;
    const leaver = stack.employees[2]!;
    const [gate, other] = stack.devices;
    await stack.sync('sync-all-to-all-devices');
    await other!.powerOff();
    const { error } = await stack.database.from('angajati').delete().eq('id', leaver.employeeId);
    expect(error).toBeNull();
    await stack.sync('sync-all-to-all-devices');
    expect(await standBefore(stack, gate!, leaver.employeeNo)).toBe('not valid');
    expect(await trackingOf(stack, other!, leaver.employeeNo)).toMatchObject({
      angajat_biometrie_id: null,
      acces_inchis: false,
    });

    await other!.powerOn();
    expect(await standBefore(stack, other!, leaver.employeeNo)).toBe('let in');
    await stack.sync('sync-all-to-all-devices');
    expect(await standBefore(stack, other!, leaver.employeeNo)).toBe('not valid');
    expect(await trackingOf(stack, other!, leaver.employeeNo)).toMatchObject({ acces_inchis: true });
    // The database has forgotten the name; the terminal has not.
    const shut = await personOf(other!, leaver);
    expect(shut?.name).toBe(`${leaver.nume} ${leaver.prenume}`);
  });

  test('is owed until the device confirms it: an answer that was lost is not taken for a yes', async () => {
    const { stack } = shared;
    const leaver = stack.employees[3]!;
    const [gate] = stack.devices;
    await stack.sync('sync-all-to-all-devices');
    await setStatus(stack, leaver, 'concediu');
    await gate!.setFaults([
      { when: { endpoint: 'person-modify' }, what: { kind: 'sub-status', subStatusCode: 'badJsonContent' } },
    ]);
    await stack.sync('sync-all-to-all-devices');
    expect(await trackingOf(stack, gate!, leaver.employeeNo)).toMatchObject({
      acces_inchis: false,
      status_sincronizare: 'eroare',
    });

    await gate!.setFaults([
      { when: { endpoint: 'person-modify', times: 1 }, what: { kind: 'answer-lost', how: 'reset' } },
    ]);
    const before = await mark(gate!);
    await stack.sync('sync-all-to-all-devices');
    // Closed by the call whose answer was lost; then the terminal was asked, not told again.
    expect(endpointsOf(await changesOf(gate!, before))).toEqual(['person-modify']);
    expect(await standBefore(stack, gate!, leaver.employeeNo)).toBe('not valid');
    expect(await trackingOf(stack, gate!, leaver.employeeNo)).toMatchObject({
      acces_inchis: true,
      persoana_stare: 'confirmata',
    });
  });
});

describe('with another setting', () => {
  afterEach(async () => {
    await shared.stack.daemon.stop();
  });

  test('LEAVERS=ignore leaves the person alone; LEAVERS=delete removes person and face', async () => {
    const { stack } = shared;
    const leaver = stack.employees[4]!;
    const [gate] = stack.devices;
    await stack.sync('sync-all-to-all-devices');
    await stack.daemon.stop();
    await setStatus(stack, leaver, 'inactiv');

    await stack.startDaemon({ LEAVERS: 'ignore' });
    const before = await mark(gate!);
    await stack.sync('sync-all-to-all-devices');
    expect(await changesOf(gate!, before)).toEqual([]);
    expect(await standBefore(stack, gate!, leaver.employeeNo)).toBe('let in');

    await stack.daemon.stop();
    await stack.startDaemon({ LEAVERS: 'delete' });
    await stack.sync('sync-all-to-all-devices');
    for (const device of stack.devices) {
      expect(await personOf(device, leaver)).toBeUndefined();
      expect((await device.faces()).some(({ FPID }) => FPID === String(leaver.employeeNo))).toBe(false);
      expect(await trackingOf(stack, device, leaver.employeeNo)).toMatchObject({ persoana_stare: 'absenta' });
    }
  });
});
