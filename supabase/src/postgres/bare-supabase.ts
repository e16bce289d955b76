import postgres, { type Sql } from 'postgres';
import { applyMigrations } from './migrations.ts';
import type { LocalPostgres } from './start-postgres.ts';

/** What a Supabase project has before its first migration, as far as ours look at it: roles, defaults, stubs. */
const BASE = `
  do $$
  begin
    if not exists (select 1 from pg_roles where rolname = 'anon') then
      create role anon nologin;
      create role authenticated nologin;
      create role service_role nologin bypassrls;
    end if;
  end
  $$;
  create schema auth;
  create function auth.uid() returns uuid language sql stable as
    $$ select nullif(current_setting('request.jwt.claim.sub', true), '')::uuid $$;
  create function auth.jwt() returns jsonb language sql stable as
    $$ select coalesce(nullif(current_setting('request.jwt.claims', true), ''), '{}')::jsonb $$;
  create schema storage;
  create table storage.buckets (id text primary key, name text not null unique, public boolean default false);
  grant usage on schema public, auth to anon, authenticated, service_role;
  -- A hosted project grants everything new in public to everybody and leaves the rest to row-level security.
  alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
  alter default privileges in schema public grant all on functions to anon, authenticated, service_role;
  alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
`;

/**
 * A new database like a Supabase project's, with the migrations applied. `before` runs ahead of them: for a project
 * that has tables already. Returns its connection string.
 */
export async function createBareSupabase(
  server: LocalPostgres,
  name: string,
  before: (sql: Sql) => Promise<void> = () => Promise.resolve(),
): Promise<string> {
  await createEmptyProject(server, name);
  await withDatabase(server, name, async (sql) => {
    await before(sql);
    await applyMigrations(sql);
  });
  return server.urlOf(name);
}

/** A new database like a Supabase project's before its first migration. Returns its connection string. */
export async function createEmptyProject(server: LocalPostgres, name: string): Promise<string> {
  await withDatabase(server, 'postgres', (sql) => sql.unsafe(`create database "${name}"`));
  await withDatabase(server, name, (sql) => sql.unsafe(BASE));
  return server.urlOf(name);
}

async function withDatabase(
  server: LocalPostgres,
  name: string,
  use: (sql: Sql) => Promise<unknown>,
): Promise<void> {
  const sql = postgres(server.urlOf(name), { max: 1, onnotice: () => undefined });
  try {
    await use(sql);
  } finally {
    await sql.end();
  }
}
