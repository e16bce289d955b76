import { describe, expect, test } from 'vitest';
import { inventPeople } from '../src/people/people.ts';
import { storePhoto } from '../src/people/store-people.ts';
import { displayName, expectAgreement, photoHash } from './support/agreement.ts';
import { withStack } from './support/with-stack.ts';

describe('happy path', () => {
  test('every active employee is on every terminal with the own face, and everything says so', () =>
    withStack({ devices: 3, employees: 5 }, async (stack) => {
      const { status, body } = await stack.sync('sync-all-to-all-devices');
      expect(status).toBe(200);
      expect(body.status).toBe('completed');
      expect(body.summary).toMatchObject({
        employees: 5,
        devices: 3,
        success: 15,
        failed: 0,
        already_existing: 0,
      });
      expect(body.results).toHaveLength(15);
      expect(body.results.every(({ person, face }) => person === 'created' && face === 'set')).toBe(true);
      for (const device of stack.devices) {
        expect((await device.persons()).map(({ employeeNo, name }) => ({ employeeNo, name }))).toEqual(
          stack.employees.map((employee) => ({
            employeeNo: String(employee.employeeNo),
            name: displayName(employee),
          })),
        );
        const hashes = (await device.faces()).map(({ sha256 }) => sha256);
        expect(new Set(hashes)).toEqual(new Set(await Promise.all(stack.employees.map(photoHash))));
      }
      await expectAgreement(stack, body);
      const { data } = await stack.database.from('dispozitive_pontaj').select('ultima_sincronizare');
      expect(data?.every((row) => row.ultima_sincronizare !== null)).toBe(true);
    }));

  test('each terminal takes the employees in the order of their numbers', () =>
    withStack({ devices: 2, employees: 4 }, async (stack) => {
      await stack.sync('sync-all-to-all-devices');
      for (const device of stack.devices) {
        const records = await device.requests({ endpoint: 'person-record' });
        const numbers = records
          .filter(({ status }) => status === 200)
          .map(({ employeeNo }) => Number(employeeNo));
        expect(numbers).toEqual(stack.employees.map(({ employeeNo }) => employeeNo));
      }
    }));

  test('a second run in step makes no call to any device', () =>
    withStack({ devices: 2, employees: 3 }, async (stack) => {
      await stack.sync('sync-all-to-all-devices');
      const before = await Promise.all(stack.devices.map(async (device) => (await device.requests()).length));
      const { body } = await stack.sync('sync-all-to-all-devices');
      const after = await Promise.all(stack.devices.map(async (device) => (await device.requests()).length));
      expect(after).toEqual(before);
      expect(body.summary).toMatchObject({ success: 6, failed: 0 });
      expect(body.results.every(({ person, face }) => person === 'unchanged' && face === 'unchanged')).toBe(
        true,
      );
      await expectAgreement(stack, body);
    }));

  test('only what changed is sent: a new employee, a new name, a new photo', () =>
    withStack({ devices: 1, employees: 3 }, async (stack) => {
      await stack.sync('sync-all-to-all-devices');
      const [renamed, photographed, untouched] = stack.employees;
      await stack.database.from('angajati').update({ nume: 'Marin' }).eq('id', renamed!.employeeId);
      renamed!.nume = 'Marin';
      const photoUrl = await storePhoto(stack.database, 40);
      await stack.database
        .from('angajati_biometrie')
        .update({ foto_fata_url: photoUrl })
        .eq('id', photographed!.biometricsId);
      photographed!.faceSeed = 40;
      const [added] = await stack.addEmployees(inventPeople(4).slice(3));
      const { body } = await stack.sync('sync-all-to-all-devices');
      const byNumber = new Map(body.results.map((result) => [result.employee_no, result]));
      expect(byNumber.get(renamed!.employeeNo)).toMatchObject({ person: 'updated', face: 'unchanged' });
      expect(byNumber.get(photographed!.employeeNo)).toMatchObject({ face: 'set' });
      expect(byNumber.get(untouched!.employeeNo)).toMatchObject({ person: 'unchanged', face: 'unchanged' });
      expect(byNumber.get(added!.employeeNo)).toMatchObject({ person: 'created', face: 'set' });
      await expectAgreement(stack, body);
    }));

  test('one employee to all devices, one employee to one device, everybody to one device', () =>
    withStack({ devices: 2, employees: 2 }, async (stack) => {
      const [first, second] = stack.employees;
      const [gate] = stack.devices;
      const one = await stack.sync('sync-angajat-all-devices', { angajat_id: first!.employeeId });
      expect(one.body.summary).toMatchObject({ employees: 1, devices: 2, success: 2 });
      const pair = await stack.sync('sync-angajat-device', {
        angajat_id: second!.employeeId,
        dispozitiv_id: gate!.databaseId,
      });
      expect(pair.body.summary).toMatchObject({ employees: 1, devices: 1, success: 1 });
      expect(await stack.devices[1]!.persons()).toHaveLength(1);
      const all = await stack.sync('sync-all-to-device', { dispozitiv_id: stack.devices[1]!.databaseId });
      expect(all.body.summary).toMatchObject({ employees: 2, devices: 1, success: 2 });
      for (const device of stack.devices) expect(await device.faces()).toHaveLength(2);
    }));

  test('photo-only sends the face and leaves the person alone', () =>
    withStack({ devices: 2, employees: 1 }, async (stack) => {
      const [employee] = stack.employees;
      await stack.sync('sync-all-to-all-devices');
      for (const device of stack.devices) {
        await device.editAtTerminal({ employeeNo: String(employee!.employeeNo), removeFace: true });
      }
      const persons = async () => (await stack.devices[0]!.requests({ endpoint: 'person-record' })).length;
      const before = await persons();
      const { status, body } = await stack.sync('sync-angajat-photo-only', {
        angajat_id: employee!.employeeId,
      });
      expect(status).toBe(200);
      expect(body.results.every(({ face }) => face === 'set')).toBe(true);
      expect(await persons()).toBe(before);
      for (const device of stack.devices) expect(await device.faces()).toHaveLength(1);
      await expectAgreement(stack, body);
    }));
});
