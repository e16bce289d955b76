import postgres from 'postgres';

/** Of each table; what comes after is left out and said so. */
const MAX_ROWS = 10_000;
const SECRET = new Set(['password_encrypted']);

/** All rows of all tables in `public`, by table; passwords are left out. Photos and the rest of Supabase are not ours. */
export async function dumpDatabase(databaseUrl: string): Promise<Record<string, unknown[]>> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined, connect_timeout: 10 });
  try {
    const tables = await sql<{ name: string }[]>`
      select tablename as name from pg_tables where schemaname = 'public' order by tablename`;
    const dump: Record<string, unknown[]> = {};
    for (const { name } of tables) {
      const rows = await sql`select * from public.${sql(name)} limit ${MAX_ROWS + 1}`;
      dump[name] = rows.slice(0, MAX_ROWS).map(withoutSecrets);
      if (rows.length > MAX_ROWS) dump[name].push(`… more than ${MAX_ROWS} rows`);
    }
    return dump;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function withoutSecrets(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [column, SECRET.has(column) ? '***' : value]),
  );
}
