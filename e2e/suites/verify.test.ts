import { describe, expect, test } from 'vitest';
import { inventPeople } from '../src/people/people.ts';
import { expectAgreement, displayName } from './support/agreement.ts';
import { callsOf, changesOf, endpointsOf, mark } from './support/calls.ts';
import { deviceRow, trackingOf } from './support/rows.ts';
import { withStack } from './support/with-stack.ts';

const STRANGER = { employeeNo: '77', name: 'Somebody Else' };

describe('somebody typed at the terminal', () => {
  test('verify finds what was renamed, deleted or lost its face, mends that and nothing else', () =>
    withStack({ devices: [{ persons: [STRANGER] }, {}], employees: 5 }, async (stack) => {
      const [gate, other] = stack.devices;
      await stack.sync('sync-all-to-all-devices');
      const [renamed, removed, faceless] = stack.employees.map(({ employeeNo }) => String(employeeNo));
      await gate!.editAtTerminal({ employeeNo: renamed!, name: 'Typed By Hand' });
      await gate!.editAtTerminal({ employeeNo: removed!, remove: true });
      await gate!.editAtTerminal({ employeeNo: faceless!, removeFace: true });

      // Nobody has reason to look: that is what verify is for.
      const before = await mark(gate!);
      const incremental = await stack.sync('sync-all-to-all-devices');
      expect(incremental.body.summary).toMatchObject({ success: 10 });
      expect(await callsOf(gate!, before)).toEqual([]);

      const otherBefore = await mark(other!);
      const { body } = await stack.sync('sync-all-to-all-devices', { verify: true });
      expect(body.status).toBe('completed');
      expect(
        (await changesOf(gate!, before)).map(({ endpoint, employeeNo }) => [endpoint, employeeNo]),
      ).toEqual([
        ['person-modify', renamed],
        ['person-record', removed],
        ['face-record', removed],
        ['face-record', faceless],
      ]);
      expect(endpointsOf(await callsOf(other!, otherBefore))).toEqual(['device-info-get', 'person-search']);
      await expectAgreement(stack, body);
      expect(await gate!.faces()).toHaveLength(5);

      // Not ours: reported, left alone.
      expect((await gate!.persons()).filter(({ employeeNo }) => employeeNo === '77')).toMatchObject([
        STRANGER,
      ]);
      const inventories = stack.daemon
        .logs()
        .filter(({ event, deviceId }) => event === 'device.inventoried' && deviceId === gate!.databaseId);
      expect(inventories.at(-1)).toMatchObject({ persons: 5, ours: 4, gone: 1, strangers: 1 });
    }));

  test('one who left and was typed in again is shut out again by verify', () =>
    withStack({ devices: 1, employees: 2, daemonEnv: { LEAVERS: 'delete' } }, async (stack) => {
      const [gate] = stack.devices;
      const [leaver] = stack.employees;
      await stack.sync('sync-all-to-all-devices');
      await stack.database.from('angajati').update({ status: 'inactiv' }).eq('id', leaver!.employeeId);
      await stack.sync('sync-all-to-all-devices');
      await gate!.editAtTerminal({ employeeNo: String(leaver!.employeeNo), name: displayName(leaver!) });
      await stack.sync('sync-all-to-all-devices', { verify: true });
      expect((await gate!.persons()).map(({ employeeNo }) => employeeNo)).toEqual([
        String(stack.employees[1]!.employeeNo),
      ]);
      expect(await trackingOf(stack, gate!, leaver!.employeeNo)).toMatchObject({ persoana_stare: 'absenta' });
    }));
});

describe('first contact with a terminal that was filled by hand', () => {
  const people = inventPeople(60);
  const persons = people.map((person, index) => ({
    employeeNo: String(1000 + index),
    name: `${person.nume} ${person.prenume}`,
    face: true,
  }));

  test('with ADOPT_FACES=trust, persons and faces in place cost a call per page', () =>
    withStack(
      {
        devices: [{ persons: [...persons, STRANGER] }],
        employees: people,
        // What a terminal gives persons who are typed in: its whole range.
        daemonEnv: { ADOPT_FACES: 'trust', VALID_BEGIN: '2000-01-01T00:00:00' },
      },
      async (stack) => {
        const [gate] = stack.devices;
        const faces = await gate!.faces();
        const { body } = await stack.sync('sync-all-to-all-devices');
        expect(body.status).toBe('completed');
        expect(body.summary).toMatchObject({ success: 60, failed: 0, already_existing: 60 });
        expect((await callsOf(gate!)).length).toBeLessThanOrEqual(60 / 30 + 5);
        expect(await changesOf(gate!)).toEqual([]);
        expect(await gate!.faces()).toEqual(faces);
        expect(await trackingOf(stack, gate!, 1000)).toMatchObject({
          status_sincronizare: 'sincronizat',
          persoana_stare: 'confirmata',
          fata_stare: 'confirmata',
        });
        const again = await mark(gate!);
        await stack.sync('sync-all-to-all-devices');
        expect(await callsOf(gate!, again)).toEqual([]);
      },
    ));

  test('with ADOPT_PERSONS=same-name, another name under our number is a conflict and is not touched', () =>
    withStack(
      {
        devices: [{ persons: [{ employeeNo: '1001', name: 'Somebody Else', face: true }] }],
        employees: 3,
        daemonEnv: { ADOPT_PERSONS: 'same-name' },
      },
      async (stack) => {
        const [gate] = stack.devices;
        const [theirs] = await gate!.faces();
        const { status, body } = await stack.sync('sync-all-to-all-devices');
        expect(status).toBe(200);
        expect(body.status).toBe('partial');
        expect(body.results.map((result) => result.status)).toEqual(['sincronizat', 'eroare', 'sincronizat']);
        expect(body.results[1]?.error?.code).toBe('person_conflict');
        expect((await changesOf(gate!)).filter(({ employeeNo }) => employeeNo === '1001')).toEqual([]);
        expect((await gate!.persons()).find(({ employeeNo }) => employeeNo === '1001')?.name).toBe(
          'Somebody Else',
        );
        expect((await gate!.faces()).find(({ FPID }) => FPID === '1001')).toEqual(theirs);
        expect(await trackingOf(stack, gate!, 1001)).toMatchObject({
          status_sincronizare: 'eroare',
          eroare_cod: 'person_conflict',
        });
        expect((await deviceRow(stack, gate!)).ultima_sincronizare).toBeNull();
        // A full run, and one for the employee alone, keep their hands off too: adding is refused by the terminal.
        await stack.sync('sync-all-to-all-devices', { full: true });
        await stack.sync('sync-angajat-all-devices', { angajat_id: stack.employees[1]!.employeeId });
        expect(
          (await changesOf(gate!)).filter(({ employeeNo, done }) => done && employeeNo === '1001'),
        ).toEqual([]);
      },
    ));
});
