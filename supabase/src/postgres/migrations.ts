import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sql } from 'postgres';

const MIGRATIONS_DIR = join(import.meta.dirname, '..', '..', 'migrations');

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
  for (const { name, text } of await readMigrations()) {
    try {
      await sql.begin((transaction) => transaction.unsafe(text));
    } catch (cause) {
      throw new Error(`Migration ${name} failed: ${cause instanceof Error ? cause.message : 'unknown'}`, {
        cause,
      });
    }
  }
}
