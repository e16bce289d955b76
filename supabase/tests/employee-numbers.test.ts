import type { Sql } from 'postgres';
import { describe, expect, test } from 'vitest';
import { addEmployee } from './support/people.ts';
import { refusalOf, useDatabase } from './support/use-database.ts';

const database = useDatabase();

describe('a number is given', () => {
  test('from 1000 up, one after the other', async () => {
    const { service } = database();
    const numbers = [];
    for (let i = 0; i < 3; i += 1) numbers.push((await addEmployee(service)).employeeNo);
    expect(numbers).toEqual([1000, 1001, 1002]);
  });

  test('to 50 concurrent inserts, without a double and without a failure', async () => {
    const sql = database().connect('service_role', 25);
    const added = await Promise.all(Array.from({ length: 50 }, () => addEmployee(sql)));
    expect(new Set(added.map((one) => one.employeeNo)).size).toBe(50);
  });

  test('although an insert before it was rolled back and left a gap', async () => {
    const { service } = database();
    const abandoned = service.begin(async (transaction) => {
      await addEmployee(transaction as unknown as Sql);
      throw new Error('changed my mind');
    });
    await expect(abandoned).rejects.toThrow('changed my mind');
    expect((await addEmployee(service)).employeeNo).toBeGreaterThanOrEqual(1000);
    expect((await addEmployee(service)).employeeNo).toBeGreaterThan(1000);
  });

  test('to somebody numbered by hand, and the sequence later steps over it', async () => {
    const { service } = database();
    for (const employeeNo of [1001, 1002, 1004]) await addEmployee(service, { employeeNo });
    const numbers = [];
    for (let i = 0; i < 3; i += 1) numbers.push((await addEmployee(service)).employeeNo);
    expect(numbers).toEqual([1000, 1003, 1005]);
  });

  test('behind a long block numbered by hand', async () => {
    const { admin, service } = database();
    await addEmployee(service);
    await admin`insert into public.angajati_numere_date (employee_no, angajat_biometrie_id)
                select n, gen_random_uuid() from generate_series(1001, 4000) n`;
    expect((await addEmployee(service)).employeeNo).toBe(4001);
    expect((await addEmployee(service)).employeeNo).toBe(4002);
  });

  test('not below 1000: those are the terminals’ own accounts', async () => {
    const refusal = await refusalOf(addEmployee(database().service, { employeeNo: 999 }));
    expect(refusal).toMatchObject({ code: 'PT422', detail: 'employee_no_reserved' });
    expect(refusal.message).toContain('999');
  });
});

describe('a number once given', () => {
  test.each([{ kind: 'assigned' }, { kind: 'manual', employeeNo: 1500 }])(
    'is not given again after a delete ($kind)',
    async ({ employeeNo }) => {
      const { service } = database();
      const first = await addEmployee(service, employeeNo === undefined ? {} : { employeeNo });
      await service`delete from public.angajati where id = ${first.employeeId}`;
      const refusal = await refusalOf(addEmployee(service, { employeeNo: first.employeeNo }));
      expect(refusal).toMatchObject({ code: 'PT409', detail: 'employee_no_reused' });
      expect((await addEmployee(service)).employeeNo).not.toBe(first.employeeNo);
    },
  );

  test('is not given again even when somebody sets the sequence back', async () => {
    const { admin, service } = database();
    await addEmployee(service);
    await service`delete from public.angajati_biometrie`;
    await admin`select setval('public.angajat_employee_no_seq', 1000, false)`;
    expect((await addEmployee(service)).employeeNo).toBe(1001);
  });

  test('is not given again to an insert that waits for the delete of its holder', async () => {
    const { service, connect } = database();
    const first = await addEmployee(service);
    const [other] = await service<
      { id: string }[]
    >`insert into public.angajati (nume) values ('B') returning id`;
    const second = connect('service_role');
    const [backend] = await second<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const { refusal } = await service.begin(async (transaction) => {
      await transaction`delete from public.angajati_biometrie where id = ${first.biometricsId}`;
      const waiting = refusalOf(
        second`insert into public.angajati_biometrie (angajat_id, employee_no)
               values (${other!.id}, ${first.employeeNo})`,
      );
      await untilBlocked(database().admin, backend!.pid);
      // In an object, so that it is not awaited before the delete is committed.
      return { refusal: waiting };
    });
    expect(await refusal).toMatchObject({ code: 'PT409', detail: 'employee_no_reused' });
  });

  test.each([2000, null])('cannot be changed to %s', async (employeeNo) => {
    const { service } = database();
    const { biometricsId } = await addEmployee(service);
    const refusal = await refusalOf(
      service`update public.angajati_biometrie set employee_no = ${employeeNo} where id = ${biometricsId}`,
    );
    expect(refusal).toMatchObject({ code: 'PT409', detail: 'employee_no_immutable' });
  });

  test('cannot move to another employee', async () => {
    const { service } = database();
    const { biometricsId } = await addEmployee(service);
    const [other] = await service<
      { id: string }[]
    >`insert into public.angajati (nume) values ('B') returning id`;
    const refusal = await refusalOf(
      service`update public.angajati_biometrie set angajat_id = ${other!.id} where id = ${biometricsId}`,
    );
    expect(refusal.detail).toBe('employee_no_immutable');
  });

  test('cannot be held twice', async () => {
    const { service } = database();
    const { employeeNo } = await addEmployee(service);
    expect((await refusalOf(addEmployee(service, { employeeNo }))).code).toBe('23505');
  });

  test('stays through an upsert of the photo, which uses up no number', async () => {
    const { service } = database();
    const { employeeId, employeeNo } = await addEmployee(service);
    await service`insert into public.angajati_biometrie (angajat_id, foto_fata_url) values (${employeeId}, 'http://x/a.jpg')
                  on conflict (angajat_id) do update set foto_fata_url = excluded.foto_fata_url`;
    // The whole row written back, number and all, as a form would.
    await service`insert into public.angajati_biometrie (angajat_id, employee_no, foto_fata_url)
                  values (${employeeId}, ${employeeNo}, 'http://x/b.jpg')
                  on conflict (angajat_id) do update
                  set employee_no = excluded.employee_no, foto_fata_url = excluded.foto_fata_url`;
    const rows = await service`select employee_no, foto_fata_url from public.angajati_biometrie`;
    expect([...rows]).toEqual([{ employee_no: employeeNo, foto_fata_url: 'http://x/b.jpg' }]);
    expect((await addEmployee(service)).employeeNo).toBe(employeeNo + 1);
  });
});

test('hikvision_employee_no is always the text of the number', async () => {
  const { service } = database();
  const { biometricsId, employeeId } = await addEmployee(service);
  await service`update public.angajati_biometrie set hikvision_employee_no = '7' where id = ${biometricsId}`;
  await service`delete from public.angajati where id <> ${employeeId}`;
  const [other] = await service<
    { id: string }[]
  >`insert into public.angajati (nume) values ('B') returning id`;
  await service`insert into public.angajati_biometrie (angajat_id, hikvision_employee_no) values (${other!.id}, '77')`;
  const rows =
    await service`select employee_no, hikvision_employee_no from public.angajati_biometrie order by 1`;
  expect([...rows]).toEqual([
    { employee_no: 1000, hikvision_employee_no: '1000' },
    { employee_no: 1001, hikvision_employee_no: '1001' },
  ]);
});

const MAX_LOOKS = 10_000;

/** Until a connection waits for a lock, as the server itself says. */
async function untilBlocked(sql: Sql, pid: number): Promise<void> {
  for (let look = 0; look < MAX_LOOKS; look += 1) {
    const [row] = await sql<
      { blocked: boolean }[]
    >`select cardinality(pg_blocking_pids(${pid})) > 0 as blocked`;
    if (row?.blocked) return;
  }
  throw new Error(`Connection ${pid} never waited for a lock.`);
}
