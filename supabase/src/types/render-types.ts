import { generateTypescript, sortGeneratorMetadata } from '@supabase/postgrest-typegen/generation';
import { introspect } from '@supabase/postgrest-typegen/introspection';
import postgres from 'postgres';

/** Of the REST server whose answers the types describe. */
const POSTGREST_VERSION = '13';

/** The TypeScript types of schema `public` of a database, as supabase-js takes them. */
export async function renderTypes(databaseUrl: string): Promise<string> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    const metadata = await introspect(
      { query: async (text) => ({ rows: [...(await sql.unsafe(text))] }) },
      { includedSchemas: ['public'] },
    );
    return await generateTypescript(sortGeneratorMetadata(metadata), { postgrestVersion: POSTGREST_VERSION });
  } finally {
    await sql.end();
  }
}
