import postgres from 'postgres';

/** Takes every row of the schema `public` away, and lets numbers begin anew: what a stack finds is what it makes. */
export async function emptyProject(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'public'`;
    if (tables.length === 0)
      throw new Error(
        'The project has no tables: apply supabase/migrations first, as docs/containers.md says.',
      );
    await sql.begin(async (transaction) => {
      await transaction.unsafe(
        `truncate ${tables.map(({ name }) => name).join(', ')} restart identity cascade`,
      );
      await transaction`alter sequence public.angajat_employee_no_seq restart`;
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}
