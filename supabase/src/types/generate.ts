import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createBareSupabase } from '../postgres/bare-supabase.ts';
import { startPostgres } from '../postgres/start-postgres.ts';
import { renderTypes } from './render-types.ts';

// `npm run -w @pontaj/supabase types` writes database.types.ts from the migrations; `types:check` only compares.

const TYPES_FILE = join(import.meta.dirname, '..', 'database.types.ts');

const server = await startPostgres();
try {
  const generated = await renderTypes(await createBareSupabase(server, 'types'));
  if (process.argv.includes('--check')) {
    if (generated !== (await readFile(TYPES_FILE, 'utf8'))) {
      console.error(
        'src/database.types.ts does not match the migrations. Run: npm run -w @pontaj/supabase types, and commit.',
      );
      process.exitCode = 1;
    }
  } else {
    await writeFile(TYPES_FILE, generated);
  }
} finally {
  await server.stop();
}
