import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import type { ContainerConfig } from '../config.ts';
import { openLite } from '../local/open-lite.ts';
import { applyPendingMigrations } from '../postgres/migrations.ts';

const SUPABASE_DIR = join(import.meta.dirname, '..', '..');

/** One-shot: a plain PostgreSQL becomes a Supabase project's, migrated and seeded. Safe to run again. */
export async function prepare(config: ContainerConfig, say: (line: string) => void): Promise<void> {
  const { connection } = await openLite(config.databaseUrl, config.storageDir, config.keys);
  await connection.close();
  await migrate(config, say);
}

/** One-shot: migrations and seed on a database that has Supabase's own schemas already. Safe to run again. */
export async function migrate(config: ContainerConfig, say: (line: string) => void): Promise<void> {
  const sql = postgres(config.databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    const applied = await applyPendingMigrations(sql);
    say(applied.length === 0 ? 'No migration was missing.' : `Applied ${applied.join(', ')}.`);
    for (const name of config.seedFiles) await seed(sql, name, say);
  } finally {
    await sql.end();
  }
}

async function seed(sql: Sql, name: string, say: (line: string) => void): Promise<void> {
  const text = await readFile(join(SUPABASE_DIR, name), 'utf8');
  await sql.begin((transaction) => transaction.unsafe(text));
  say(`Seeded with ${name}.`);
}
