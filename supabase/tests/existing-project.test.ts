import type { Sql } from 'postgres';
import { afterEach, describe, expect, test } from 'vitest';
import { createBareSupabase } from '../src/postgres/bare-supabase.ts';
import { applyMigrations } from '../src/postgres/migrations.ts';
import { addDevice, addEmployee } from './support/people.ts';
import { connectTo, useServer } from './support/use-database.ts';
import { createRun } from './support/work.ts';

/** The tables as projects had them before: the spec's columns alone, with rows, open to everybody. */
const OLD_TABLES = `
  create table public.angajati (id uuid primary key default gen_random_uuid(), nume text, prenume text,
    nume_complet text, status text, cnp text);
  create table public.angajati_biometrie (id uuid primary key default gen_random_uuid(),
    angajat_id uuid unique references public.angajati (id), foto_fata_url text, hikvision_employee_no text);
  create table public.dispozitive_pontaj (id uuid primary key default gen_random_uuid(), nume text, ip_address text,
    port integer default 80, username text, password_encrypted text, status text, santier_id uuid,
    ultima_sincronizare timestamptz, parola_veche text);
  create policy "oricine" on public.dispozitive_pontaj for all to public using (true) with check (true);
  create view public.terminale as select nume, password_encrypted as p from public.dispozitive_pontaj;
  create view public.terminale_pe_scurt as select p from public.terminale;
  grant select (password_encrypted) on public.dispozitive_pontaj to authenticated;
`;
const OLD_TRACKING = `
  create table public.angajati_biometrie_dispozitive (
    angajat_biometrie_id uuid not null references public.angajati_biometrie (id) on delete cascade,
    dispozitiv_id uuid not null references public.dispozitive_pontaj (id),
    status_sincronizare text, sincronizat_la timestamptz, eroare_detalii text,
    primary key (angajat_biometrie_id, dispozitiv_id));
`;
const idOf = (kind: string, n: number) => `00000000-0000-4000-8000-${kind}${String(n).padStart(11, '0')}`;

const server = useServer();
let count = 0;
let sql: Sql;

/** Migrates a project whose tables `fill` makes. */
async function migrate(fill: (sql: Sql) => Promise<void>): Promise<void> {
  const name = `existing_${(count += 1)}`;
  await createBareSupabase(server(), name, fill);
  sql = connectTo(server(), name, null, 1);
}

/** Three employees inserted out of order; their ids say the order they are to be numbered in. */
async function fillPeople(before: Sql): Promise<void> {
  for (const n of [3, 1, 2]) {
    await before`insert into public.angajati (id, nume, prenume, status) values (${idOf('a', n)}, 'N', 'P', 'activ')`;
    await before`insert into public.angajati_biometrie (id, angajat_id) values (${idOf('b', 9 - n)}, ${idOf('a', n)})`;
  }
  await before`insert into public.dispozitive_pontaj (id, nume, ip_address, password_encrypted, status)
               values (${idOf('d', 1)}, 'Poarta 1', '10.0.0.1', 'Parola-123', 'activ')`;
}

const numbers = async () =>
  (
    await sql<{ angajat_id: string; employee_no: number; hikvision_employee_no: string }[]>`
      select angajat_id, employee_no, hikvision_employee_no from public.angajati_biometrie order by angajat_id`
  ).map((row) => [row.angajat_id, row.employee_no, row.hikvision_employee_no]);

afterEach(async () => {
  await sql.end();
});

describe('numbering people who are there already', () => {
  test('goes from 1000 in the order of the employee id, and the sequence goes on after it', async () => {
    await migrate(async (before) => {
      await before.unsafe(OLD_TABLES);
      await fillPeople(before);
    });
    expect(await numbers()).toEqual([
      [idOf('a', 1), 1000, '1000'],
      [idOf('a', 2), 1001, '1001'],
      [idOf('a', 3), 1002, '1002'],
    ]);
    expect((await addEmployee(sql)).employeeNo).toBe(1003);
  });

  test('run again changes nothing and moves the sequence behind a number given by hand', async () => {
    await migrate(async (before) => {
      await before.unsafe(OLD_TABLES);
      await fillPeople(before);
    });
    const before = await numbers();
    await addEmployee(sql, { employeeNo: 1700 });
    expect([...(await sql`select public.numeroteaza_angajati() as n`)]).toEqual([{ n: 0 }]);
    expect((await numbers()).slice(0, 3)).toEqual(before);
    expect((await addEmployee(sql)).employeeNo).toBe(1701);
  });

  test('of empty tables gives nothing, twice, and the first person gets 1000', async () => {
    await migrate(async (before) => {
      await before.unsafe(OLD_TABLES);
    });
    expect([...(await sql`select public.numeroteaza_angajati() as n`)]).toEqual([{ n: 0 }]);
    expect((await addEmployee(sql)).employeeNo).toBe(1000);
  });

  test('keeps numbers given before and steps over them', async () => {
    await migrate(async (before) => {
      await before.unsafe(OLD_TABLES);
      await before.unsafe('alter table public.angajati_biometrie add column employee_no integer');
      await fillPeople(before);
      await before`update public.angajati_biometrie set employee_no = 1000 where angajat_id = ${idOf('a', 3)}`;
      await before`update public.angajati_biometrie set employee_no = 12 where angajat_id = ${idOf('a', 2)}`;
    });
    expect(await numbers()).toEqual([
      [idOf('a', 1), 1001, '1001'],
      [idOf('a', 2), 12, '12'],
      [idOf('a', 3), 1000, '1000'],
    ]);
  });

  test('takes over a number under its older name when it is usable and nobody else’s', async () => {
    await migrate(async (before) => {
      await before.unsafe(OLD_TABLES);
      await fillPeople(before);
      await before`update public.angajati_biometrie set hikvision_employee_no = '1001'
                   where angajat_id in (${idOf('a', 1)}, ${idOf('a', 3)})`;
      await before`update public.angajati_biometrie set hikvision_employee_no = '0017' where angajat_id = ${idOf('a', 2)}`;
    });
    expect(await numbers()).toEqual([
      [idOf('a', 1), 1001, '1001'],
      [idOf('a', 2), 1000, '1000'],
      [idOf('a', 3), 1002, '1002'],
    ]);
  });
});

describe('an older tracking table', () => {
  test('gets the employee number of each row, and outlives the biometrics row', async () => {
    await migrate(async (before) => {
      await before.unsafe(OLD_TABLES + OLD_TRACKING);
      await fillPeople(before);
      await before`insert into public.angajati_biometrie_dispozitive
                   values (${idOf('b', 8)}, ${idOf('d', 1)}, 'sincronizat', '2026-01-02T03:04:05Z', null),
                          (${idOf('b', 7)}, ${idOf('d', 1)}, null, null, 'nu răspunde')`;
    });
    const rows = await sql`
      select angajat_biometrie_id, employee_no, status_sincronizare, persoana_stare, fata_stare, eroare_detalii
      from public.angajati_biometrie_dispozitive order by employee_no`;
    const unknown = { persoana_stare: 'necunoscuta', fata_stare: 'necunoscuta' };
    expect([...rows]).toEqual([
      {
        angajat_biometrie_id: idOf('b', 8),
        employee_no: 1000,
        status_sincronizare: 'sincronizat',
        ...unknown,
        eroare_detalii: null,
      },
      {
        angajat_biometrie_id: idOf('b', 7),
        employee_no: 1001,
        status_sincronizare: 'pending',
        ...unknown,
        eroare_detalii: 'nu răspunde',
      },
    ]);
    await sql`delete from public.angajati_biometrie where id = ${idOf('b', 8)}`;
    const owed = await sql`select employee_no from public.inchideri_datorate(${idOf('d', 1)}, 10)`;
    expect([...owed]).toEqual([{ employee_no: 1000 }]);
  });

  test('without any key loses its doubles and its rows about nobody', async () => {
    await migrate(async (before) => {
      await before.unsafe(OLD_TABLES);
      await before.unsafe(`create table public.angajati_biometrie_dispozitive (angajat_biometrie_id uuid,
        dispozitiv_id uuid, status_sincronizare text, sincronizat_la timestamptz, eroare_detalii text)`);
      await fillPeople(before);
      await before`insert into public.angajati_biometrie_dispozitive (angajat_biometrie_id, dispozitiv_id, status_sincronizare, sincronizat_la)
                   values (${idOf('b', 8)}, ${idOf('d', 1)}, 'eroare', '2026-01-01T00:00:00Z'),
                          (${idOf('b', 8)}, ${idOf('d', 1)}, 'sincronizat', '2026-01-02T00:00:00Z'),
                          (${idOf('b', 1)}, ${idOf('d', 1)}, 'sincronizat', null),
                          (${idOf('b', 8)}, ${idOf('d', 2)}, 'sincronizat', null)`;
    });
    const rows =
      await sql`select employee_no, status_sincronizare from public.angajati_biometrie_dispozitive`;
    expect([...rows]).toEqual([{ employee_no: 1000, status_sincronizare: 'sincronizat' }]);
  });
});

describe('rights that were there before', () => {
  const as = async (role: string, statement: string): Promise<string> => {
    try {
      await sql.begin(async (transaction) => {
        await transaction.unsafe(`set local role ${role}`);
        await transaction.unsafe(statement);
      });
      return 'ok';
    } catch (error) {
      return error instanceof Error ? error.message : 'failed';
    }
  };

  test.each(['anon', 'authenticated'])(
    '%s reads no password, by no way, and writes nothing',
    async (role) => {
      await migrate(async (before) => {
        await before.unsafe(OLD_TABLES);
        await fillPeople(before);
      });
      for (const statement of [
        'select password_encrypted from public.dispozitive_pontaj',
        'select username from public.dispozitive_pontaj',
        'select parola_veche from public.dispozitive_pontaj',
        'select * from public.dispozitive_pontaj',
        'select p from public.terminale',
        'select p from public.terminale_pe_scurt',
        `update public.dispozitive_pontaj set nume = 'x'`,
        'delete from public.dispozitive_pontaj',
        `insert into public.dispozitive_pontaj (nume, ip_address) values ('x', 'x')`,
      ]) {
        expect(await as(role, statement), statement).toContain('permission denied');
      }
    },
  );

  test('a signed-in user still reads the rest, and a project’s narrower rule about who reads stays', async () => {
    await migrate(async (before) => {
      await before.unsafe(OLD_TABLES);
      await fillPeople(before);
      await before.unsafe(`alter table public.angajati enable row level security;
        create policy "nimeni" on public.angajati for select to authenticated using (false)`);
    });
    expect(await as('authenticated', 'select nume, status from public.dispozitive_pontaj')).toBe('ok');
    const seen = await sql.begin(async (transaction) => {
      await transaction.unsafe('set local role authenticated');
      return transaction`select (select count(*)::int from public.angajati) as people,
                                (select count(*)::int from public.dispozitive_pontaj) as devices,
                                (select count(*)::int from public.angajati_biometrie) as biometrics`;
    });
    expect([...seen]).toEqual([{ people: 0, devices: 1, biometrics: 3 }]);
  });
});

test('a terminal without a name goes by its address in a run, one without either by its id', async () => {
  await migrate(async (before) => {
    await before.unsafe(OLD_TABLES);
    await fillPeople(before);
    await before`insert into public.dispozitive_pontaj (id, nume, ip_address, status)
                 values (${idOf('d', 2)}, ' ', '10.0.0.2', 'activ'), (${idOf('d', 3)}, null, null, 'activ')`;
  });
  await createRun(sql, [idOf('d', 1), idOf('d', 2), idOf('d', 3)]);
  const legs = await sql<{ dispozitiv_nume: string }[]>`
    select dispozitiv_nume from public.sincronizari_dispozitive order by dispozitiv_id`;
  expect(legs.map((leg) => leg.dispozitiv_nume)).toEqual(['Poarta 1', '10.0.0.2', idOf('d', 3)]);
});

test('the migrations of the source tables can meet their own result', async () => {
  await migrate(() => Promise.resolve());
  const device = await addDevice(sql);
  const { employeeNo } = await addEmployee(sql);
  await sql.unsafe(
    'drop table public.sincronizari, public.sincronizari_dispozitive, public.sincronizari_linii, public.dispozitive_lease cascade',
  );
  await sql.unsafe('drop trigger incheie_dispozitiv_sters on public.dispozitive_pontaj');
  await sql.unsafe('drop table public.angajati_biometrie_dispozitive cascade');
  await applyMigrations(sql);
  expect([...(await sql`select employee_no from public.angajati_biometrie`)]).toEqual([
    { employee_no: employeeNo },
  ]);
  expect([...(await sql`select id from public.dispozitive_pontaj`)]).toEqual([{ id: device }]);
});
