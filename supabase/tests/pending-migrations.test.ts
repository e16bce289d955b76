import { readdirSync } from 'node:fs';
import path from 'node:path';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { createEmptyProject } from '../src/postgres/bare-supabase.ts';
import { applyPendingMigrations } from '../src/postgres/migrations.ts';
import { useServer } from './support/use-database.ts';

const server = useServer();
const files = readdirSync(path.join(import.meta.dirname, '../migrations')).sort();

async function project(name: string) {
  const url = await createEmptyProject(server(), name);
  return { url, connect: () => postgres(url, { max: 1, onnotice: () => undefined }) };
}

test('all are applied once, and written down where the Supabase CLI looks', async () => {
  const sql = (await project('fresh')).connect();
  expect(await applyPendingMigrations(sql)).toEqual(files);
  const rows = await sql<{ version: string; name: string }[]>`
    select version, name from supabase_migrations.schema_migrations order by version`;
  expect(rows.map(({ version, name }) => `${version}_${name}.sql`)).toEqual(files);
  expect(await applyPendingMigrations(sql)).toEqual([]);
  await sql.end();
});

test('what the CLI has applied already is left alone', async () => {
  const sql = (await project('begun')).connect();
  await applyPendingMigrations(sql);
  const last = files.at(-1) ?? '';
  await sql`delete from supabase_migrations.schema_migrations where version = ${last.slice(0, 14)}`;
  expect(await applyPendingMigrations(sql)).toEqual([last]);
  await sql.end();
});

test('two at the same moment share the work and apply nothing twice', async () => {
  const { connect } = await project('contended');
  const both = [connect(), connect()];
  const applied = await Promise.all(both.map((sql) => applyPendingMigrations(sql)));
  expect(applied.flat().sort()).toEqual(files);
  await Promise.all(both.map((sql) => sql.end()));
});
