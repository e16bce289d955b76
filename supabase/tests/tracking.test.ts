import { beforeEach, describe, expect, test } from 'vitest';
import { addDevice, addEmployee } from './support/people.ts';
import { refusalOf, useDatabase } from './support/use-database.ts';
import { createRun, takeLeases } from './support/work.ts';

const database = useDatabase();
let device: string;
let fence: string;

beforeEach(async () => {
  const { service } = database();
  device = await addDevice(service);
  await createRun(service, [device]);
  fence = (await takeLeases(service, 'A'))[0]!.fence;
});

async function track(rows: Record<string, unknown>[], underFence = fence): Promise<void> {
  const { service } = database();
  await service`select public.scrie_urmarire(${device}, ${underFence}, ${service.json(rows as never)})`;
}
const confirmed = (employee_no: number, more: Record<string, unknown> = {}) => ({
  employee_no,
  status_sincronizare: 'sincronizat',
  persoana_stare: 'confirmata',
  persoana_amprenta: 'p',
  fata_stare: 'absenta',
  ...more,
});
const owed = async (limit = 100, after: number | null = null) => {
  const rows = await database().service<{ employee_no: number }[]>`
    select employee_no from public.inchideri_datorate(${device}, ${limit}, ${after})`;
  return rows.map((row) => row.employee_no);
};

describe('tracking without a run', () => {
  test('whether the person is ours, and by which names, is written and taken back', async () => {
    const read = async () => {
      const [row] = await database().service`
        select recunoscuta, nume_trimise from public.angajati_biometrie_dispozitive where employee_no = 1000`;
      return row;
    };
    await track([
      confirmed(1000, { persoana_stare: 'necunoscuta', persoana_amprenta: null, nume_trimise: ['a', 'b'] }),
    ]);
    expect(await read()).toEqual({ recunoscuta: false, nume_trimise: ['a', 'b'] });
    await track([confirmed(1000, { recunoscuta: true, nume_trimise: [] })]);
    expect(await read()).toEqual({ recunoscuta: true, nume_trimise: [] });
  });

  describe('by a daemon of the former version, which does not know whose the person is', () => {
    const read = async () => {
      const [row] = await database().service`
        select recunoscuta, nume_trimise from public.angajati_biometrie_dispozitive where employee_no = 1000`;
      return row;
    };
    const inState = (persoana_stare: string) =>
      confirmed(1000, { persoana_stare, persoana_amprenta: persoana_stare === 'confirmata' ? 'p' : null });

    test.each([
      // Known before, what is written, known after.
      [true, 'confirmata', true],
      [true, 'necunoscuta', true],
      [true, 'straina', true],
      [true, 'absenta', false],
      [false, 'necunoscuta', false],
      [false, 'straina', false],
      [false, 'confirmata', true],
    ])('ours before: %s, now %s: ours %s; the names sent stay', async (before, state, after) => {
      await track([{ ...inState('necunoscuta'), recunoscuta: before, nume_trimise: ['a'] }]);
      await track([inState(state)]);
      expect(await read()).toEqual({ recunoscuta: after, nume_trimise: ['a'] });
    });

    test.each([
      ['confirmata', true],
      ['straina', false],
    ])('nothing before, now %s: ours %s', async (state, ours) => {
      await track([inState(state)]);
      expect(await read()).toEqual({ recunoscuta: ours, nume_trimise: [] });
    });
  });

  test('is written whole, one row per number, the last one of doubles', async () => {
    const { service } = database();
    const { biometricsId } = await addEmployee(service);
    await track([
      confirmed(1000, { persoana_amprenta: 'old' }),
      confirmed(1000),
      confirmed(5000, { persoana_stare: 'straina', persoana_amprenta: null }),
    ]);
    await track([confirmed(5000, { status_sincronizare: 'eroare', eroare_cod: 'x', eroare_detalii: 'y' })]);
    const rows = await service`
      select angajat_biometrie_id, employee_no, status_sincronizare, persoana_stare, persoana_amprenta, eroare_cod
      from public.angajati_biometrie_dispozitive order by employee_no`;
    const row = {
      status_sincronizare: 'sincronizat',
      persoana_stare: 'confirmata',
      persoana_amprenta: 'p',
      eroare_cod: null,
    };
    expect([...rows]).toEqual([
      { ...row, angajat_biometrie_id: biometricsId, employee_no: 1000 },
      {
        ...row,
        angajat_biometrie_id: null,
        employee_no: 5000,
        status_sincronizare: 'eroare',
        eroare_cod: 'x',
      },
    ]);
  });

  test('under a stale fence is refused', async () => {
    expect(await refusalOf(track([confirmed(1000)], '7'))).toMatchObject({
      code: 'PT409',
      detail: 'lease_lost',
    });
  });

  test('cannot claim a confirmed half without saying what was confirmed', async () => {
    expect((await refusalOf(track([confirmed(1000, { persoana_amprenta: null })]))).code).toBe('23514');
    expect((await refusalOf(track([confirmed(1000, { fata_amprenta: 'f' })]))).code).toBe('23514');
  });

  test('of nobody is nothing', async () => {
    await track([]);
    expect(await database().service`select 1 from public.angajati_biometrie_dispozitive`).toHaveLength(0);
  });

  test('goes with its device', async () => {
    const { service } = database();
    await track([confirmed(1000)]);
    await service`delete from public.dispozitive_pontaj where id = ${device}`;
    expect(await service`select 1 from public.angajati_biometrie_dispozitive`).toHaveLength(0);
  });
});

describe('a closing is owed for', () => {
  test('somebody no longer activ, and for nobody who is', async () => {
    const { service } = database();
    const stays = await addEmployee(service);
    const leaves = await addEmployee(service);
    const strange = await addEmployee(service, { status: 'concediu' });
    await track([confirmed(stays.employeeNo), confirmed(leaves.employeeNo), confirmed(strange.employeeNo)]);
    expect(await owed()).toEqual([strange.employeeNo]);
    await service`update public.angajati set status = 'inactiv' where id = ${leaves.employeeId}`;
    expect(await owed()).toEqual([leaves.employeeNo, strange.employeeNo]);
    expect(await owed(1)).toEqual([leaves.employeeNo]);
    expect(await owed(1, leaves.employeeNo)).toEqual([strange.employeeNo]);
  });

  test.each(['angajati', 'angajati_biometrie'])('somebody deleted from %s', async (table) => {
    const { service } = database();
    const { employeeNo, employeeId, biometricsId } = await addEmployee(service);
    await track([confirmed(employeeNo)]);
    const id = table === 'angajati' ? employeeId : biometricsId;
    await service`delete from ${service(`public.${table}`)} where id = ${id}`;
    expect(await owed()).toEqual([employeeNo]);
    // Written again after the delete, as a daemon does that read the pair before it.
    await track([confirmed(employeeNo)]);
    expect(await owed()).toEqual([employeeNo]);
  });

  test.each(['necunoscuta', 'straina'])('a person whose state is %s', async (state) => {
    const { employeeNo } = await addEmployee(database().service, { status: 'inactiv' });
    await track([confirmed(employeeNo, { persoana_stare: state, persoana_amprenta: null })]);
    expect(await owed()).toEqual([employeeNo]);
  });

  test('nobody whose access is closed or who is not on the device', async () => {
    const { service } = database();
    const closed = await addEmployee(service, { status: 'inactiv' });
    const absent = await addEmployee(service, { status: 'inactiv' });
    await track([
      confirmed(closed.employeeNo, { acces_inchis: true }),
      confirmed(absent.employeeNo, { persoana_stare: 'absenta', persoana_amprenta: null }),
    ]);
    expect(await owed()).toEqual([]);
  });
});
