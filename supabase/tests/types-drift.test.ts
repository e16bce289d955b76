import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createBareSupabase } from '../src/postgres/bare-supabase.ts';
import { renderTypes } from '../src/types/render-types.ts';
import { useServer } from './support/use-database.ts';

const server = useServer();

test('database.types.ts is what the migrations give (else: npm run -w @pontaj/supabase types)', async () => {
  const generated = await renderTypes(await createBareSupabase(server(), 'types'));
  expect(await readFile(join(import.meta.dirname, '..', 'src', 'database.types.ts'), 'utf8')).toBe(generated);
});
