import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addDevice, addEmployee } from './support/people.ts';
import { refusalOf, useDatabase, type Role } from './support/use-database.ts';

const database = useDatabase();
const DENIED = '42501';

const TABLES = [
  'angajati',
  'angajati_biometrie',
  'angajati_numere_date',
  'dispozitive_pontaj',
  'dispozitive_lease',
  'angajati_biometrie_dispozitive',
  'sincronizari',
  'sincronizari_dispozitive',
  'sincronizari_linii',
];
const outsiders: Role[] = ['anon', 'authenticated'];

test('every table has row-level security on, and none is missing from this suite', async () => {
  const rows = await database().admin<{ name: string; secured: boolean }[]>`
    select relname::text as name, relrowsecurity as secured from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`;
  expect(rows.map((row) => row.name).sort()).toEqual([...TABLES].sort());
  expect(rows.filter((row) => !row.secured)).toEqual([]);
});

describe.each(outsiders)('%s', (role) => {
  test.each(TABLES)('writes nothing to %s', async (table) => {
    const sql = database().connect(role);
    const [column] = await database().admin<{ name: string }[]>`
      select attname::text as name from pg_attribute where attrelid = ${`public.${table}`}::regclass and attnum = 1`;
    for (const statement of [
      `insert into public.${table} default values`,
      `update public.${table} set ${column!.name} = ${column!.name}`,
      `delete from public.${table}`,
      `truncate public.${table}`,
    ]) {
      expect((await refusalOf(sql.unsafe(statement))).code, statement).toBe(DENIED);
    }
  });

  test.each(['password_encrypted', 'username', 'credentiale_refuzate', '*'])(
    'does not read dispozitive_pontaj.%s',
    async (column) => {
      await addDevice(database().admin);
      const sql = database().connect(role);
      const refusal = await refusalOf(sql.unsafe(`select ${column} from public.dispozitive_pontaj`));
      expect(refusal.code).toBe(DENIED);
      // Not even by guessing in a condition, which needs the same right.
      const guess = `select id from public.dispozitive_pontaj where password_encrypted like 'P%'`;
      expect((await refusalOf(sql.unsafe(guess))).code).toBe(DENIED);
    },
  );

  test.each(['dispozitive_lease', 'angajati_numere_date'])('does not read %s', async (table) => {
    const sql = database().connect(role);
    expect((await refusalOf(sql.unsafe(`select 1 from public.${table}`))).code).toBe(DENIED);
  });

  test('runs no function of ours and uses no number', async () => {
    const sql = database().connect(role);
    const functions = await database().admin<{ name: string }[]>`
      select p.oid::regprocedure::text as name from pg_proc p
      where p.pronamespace in ('public'::regnamespace, 'intern'::regnamespace)`;
    expect(functions.length).toBeGreaterThan(15);
    for (const { name } of functions) {
      const [row] = await database().admin<{ may: boolean }[]>`
        select has_function_privilege(${role}, ${name}::regprocedure, 'execute') as may`;
      expect(row?.may, name).toBe(false);
    }
    expect((await refusalOf(sql`select public.numeroteaza_angajati()`)).code).toBe(DENIED);
    expect((await refusalOf(sql`select nextval('public.angajat_employee_no_seq')`)).code).toBe(DENIED);
  });
});

test('anon reads nothing at all', async () => {
  const sql = database().connect('anon');
  for (const table of TABLES) {
    expect((await refusalOf(sql.unsafe(`select 1 from public.${table}`))).code, table).toBe(DENIED);
  }
});

test('a signed-in user reads people, terminals without their secrets, tracking and runs', async () => {
  const { admin, connect } = database();
  await addEmployee(admin);
  await addDevice(admin, 'Poarta 1');
  const sql = connect('authenticated');
  expect(await sql`select nume, prenume, status from public.angajati`).toHaveLength(1);
  expect(await sql`select * from public.angajati_biometrie`).toHaveLength(1);
  const devices =
    await sql`select nume, ip_address, status, ultima_eroare, numar_serie from public.dispozitive_pontaj`;
  expect(devices[0]).toMatchObject({ nume: 'Poarta 1', status: 'activ' });
  for (const table of [
    'angajati_biometrie_dispozitive',
    'sincronizari',
    'sincronizari_dispozitive',
    'sincronizari_linii',
  ]) {
    expect(await sql.unsafe(`select * from public.${table}`)).toHaveLength(0);
  }
});

test('the rules can be applied again after somebody granted everything', async () => {
  const { admin, connect } = database();
  await admin`grant all on all tables in schema public to anon, authenticated`;
  const sql = connect('authenticated');
  await sql`select password_encrypted from public.dispozitive_pontaj`;
  await admin`select intern.aplica_acces()`;
  expect((await refusalOf(sql`select password_encrypted from public.dispozitive_pontaj`)).code).toBe(DENIED);
  expect((await refusalOf(connect('anon')`select 1 from public.angajati`)).code).toBe(DENIED);
});

test('photos are in a public bucket', async () => {
  const buckets = await database().admin`select id, public from storage.buckets`;
  expect([...buckets]).toEqual([{ id: 'pontaj-photos', public: true }]);
});

test('the seed can be run twice', async () => {
  const { admin } = database();
  const seed = await readFile(join(import.meta.dirname, '..', 'seed.sql'), 'utf8');
  await admin.unsafe(seed);
  await admin.unsafe(seed);
  const rows = await admin<
    { employee_no: number }[]
  >`select employee_no from public.angajati_biometrie order by angajat_id`;
  expect(rows.map((row) => row.employee_no)).toEqual([1000, 1001, 1002]);
});
