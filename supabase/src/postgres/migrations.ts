import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sql, TransactionSql } from 'postgres';

const MIGRATIONS_DIR = join(import.meta.dirname, '..', '..', 'migrations');
/** Two that start at the same moment wait for each other; any number does, as long as nobody else uses it. */
const MIGRATION_LOCK = 7_303_014;

interface Migration {
  name: string;
  text: string;
}

/** The project's migrations in the order they are applied in. */
async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(MIGRATIONS_DIR)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(join(MIGRATIONS_DIR, name), 'utf8') })),
  );
}

/** Applies all migrations, each in a transaction of its own, as the Supabase CLI does. */
export async function applyMigrations(sql: Sql): Promise<void> {
  for (const { name, text } of await readMigrations())
    await applying(name, () => sql.begin((transaction) => transaction.unsafe(text)));
}

/**
 * Applies the migrations that the database does not have yet, and writes them down where and how the Supabase CLI does
 * (`supabase_migrations.schema_migrations`), so that both can take turns. Safe to run twice, and two at a time.
 * Returns the names of those applied.
 */
export async function applyPendingMigrations(sql: Sql): Promise<string[]> {
  await sql.begin(async (transaction) => {
    await lock(transaction);
    await transaction.unsafe(`
      create schema if not exists supabase_migrations;
      create table if not exists supabase_migrations.schema_migrations (version text primary key);
      alter table supabase_migrations.schema_migrations
        add column if not exists statements text[], add column if not exists name text;`);
  });
  const applied: string[] = [];
  for (const { name, text } of await readMigrations()) {
    const [, version = '', title = ''] = /^(\d+)_(.*)\.sql$/.exec(name) ?? [];
    const isNew = await applying(name, () =>
      sql.begin(async (transaction) => {
        await lock(transaction);
        const known =
          await transaction`select from supabase_migrations.schema_migrations where version = ${version}`;
        if (known.length > 0) return false;
        await transaction.unsafe(text);
        await transaction`
          insert into supabase_migrations.schema_migrations (version, name, statements)
          values (${version}, ${title}, ${[text]})`;
        return true;
      }),
    );
    if (isNew) applied.push(name);
  }
  return applied;
}

async function lock(transaction: TransactionSql): Promise<void> {
  await transaction`select pg_advisory_xact_lock(${MIGRATION_LOCK})`;
}

async function applying<Result>(name: string, apply: () => Promise<Result>): Promise<Result> {
  try {
    return await apply();
  } catch (cause) {
    throw new Error(`Migration ${name} failed: ${cause instanceof Error ? cause.message : 'unknown'}`, {
      cause,
    });
  }
}
