import { expect, test } from 'vitest';
import { storePhoto } from '../src/people/store-people.ts';
import { displayName, expectAgreement } from './support/agreement.ts';
import { callsOf, expectOneAtATime, mark } from './support/calls.ts';
import { setPhotoUrl } from './support/rows.ts';
import { finishedRun, readRun, startRun } from './support/runs.ts';
import { useStack } from './support/use-stack.ts';

const EMPLOYEES = 10;
const shared = useStack({ devices: 2, employees: EMPLOYEES, daemonEnv: { RATE_LIMIT_MS: '100' } });

test('one employee does not wait behind a bulk run, and the bulk run does not do the work again', async () => {
  const { stack } = shared;
  const gate = stack.devices[0]!;
  const last = stack.employees.at(-1)!;
  const underWay = gate.waitForRequest({ endpoint: 'face-record', status: 200 });
  const bulk = await startRun(stack, 'sync-all-to-device', { dispozitiv_id: gate.databaseId });
  await underWay;
  const asked = await mark(gate);
  const single = await stack.sync('sync-angajat-device', {
    angajat_id: last.employeeId,
    dispozitiv_id: gate.databaseId,
  });
  expect(single.body).toMatchObject({ status: 'completed', summary: { success: 1 } });
  expect((await readRun(stack, bulk)).status).toBe('running');
  // At most the pair in work, another that began while the request was on its way, and one look came before.
  const numbers = (await callsOf(gate, asked)).map(({ employeeNo }) => employeeNo);
  expect(numbers.indexOf(String(last.employeeNo))).toBeLessThanOrEqual(5);

  const body = await finishedRun(stack, bulk);
  expect(body).toMatchObject({ status: 'completed', summary: { success: EMPLOYEES } });
  const ofLast = (await callsOf(gate)).filter(({ employeeNo }) => employeeNo === String(last.employeeNo));
  expect(ofLast.filter(({ endpoint }) => endpoint === 'person-record')).toHaveLength(1);
  expect(ofLast.filter(({ endpoint }) => endpoint === 'face-record')).toHaveLength(1);
  await expectAgreement(stack, body);
  await expectOneAtATime(gate, 100);
});

test('a newer wish replaces the one that waits: the terminal never sees the old one', async () => {
  const { stack } = shared;
  const gate = stack.devices[1]!;
  const [renamed, photographed] = stack.employees.slice(-2);
  const oldName = displayName(renamed!);
  const underWay = gate.waitForRequest({ endpoint: 'face-record', status: 200 });
  const bulk = await startRun(stack, 'sync-all-to-device', { dispozitiv_id: gate.databaseId });
  await underWay;
  // Both wait in the page that the run has planned already.
  await stack.database.from('angajati').update({ nume: 'Marin' }).eq('id', renamed!.employeeId);
  renamed!.nume = 'Marin';
  await setPhotoUrl(stack, photographed!, await storePhoto(stack.database, 40));
  photographed!.faceSeed = 40;
  await stack.sync('sync-angajat-device', {
    angajat_id: photographed!.employeeId,
    dispozitiv_id: gate.databaseId,
  });

  const body = await finishedRun(stack, bulk);
  expect(body).toMatchObject({ status: 'completed', summary: { success: EMPLOYEES } });
  const calls = await callsOf(gate);
  expect(calls.filter(({ requestBody }) => requestBody?.includes(oldName))).toEqual([]);
  const faces = calls.filter(
    ({ endpoint, employeeNo }) =>
      endpoint === 'face-record' && employeeNo === String(photographed!.employeeNo),
  );
  expect(faces).toHaveLength(1);
  expect(faces[0]?.requestBody).toContain('fata-40.jpg');
  await expectAgreement(stack, body);
});
