import { join } from 'node:path';
import { App, setExperimental } from '@supabase/lite';
import { applyPendingMigrations } from '@supabase/lite/cli';
import { createPostgresConnection } from '@supabase/lite/postgres';
import { FileStorage } from './file-storage.ts';
import type { ProjectKeys } from './keys.ts';

/** The folder that has `supabase/migrations` in it, wherever the program was started from. */
const PROJECT_ROOT = join(import.meta.dirname, '..', '..', '..');
const MAX_CONNECTIONS = 10;

/** lite hands JSON over as text; the driver would make it a JSON string once more, and functions would get a scalar. */
const readyJson = (oid: number) => ({
  to: oid,
  from: [oid],
  serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
  parse: (text: string): unknown => JSON.parse(text),
});
const JSON_TYPES = { json: readyJson(114), jsonb: readyJson(3802) };

export interface OpenLite {
  app: App;
  connection: ReturnType<typeof createPostgresConnection>;
}

/**
 * lite on a PostgreSQL, with what a Supabase project has before its first migration (roles, `auth`, `storage`) laid
 * where it is missing, and the migrations applied that are. Nobody is served yet; `connection.close()` ends it.
 */
export async function openLite(
  databaseUrl: string,
  storageDir: string,
  keys: ProjectKeys,
): Promise<OpenLite> {
  setExperimental('storage', true);
  const connection = createPostgresConnection({
    url: databaseUrl,
    postgresOptions: { max: MAX_CONNECTIONS, onnotice: () => undefined, types: JSON_TYPES },
  });
  const app = new App({
    connection,
    api: { enabled: true, schemas: ['public'], max_rows: 1000 },
    auth: {
      enabled: true,
      jwt_secret: keys.jwtSecret,
      publishable_key: keys.publishableKey,
      secret_key: keys.secretKey,
    },
    storage: { enabled: true, file_size_limit: '50MiB' },
    options: { server: { disableStudio: true, disableFallback: true } },
  });
  app._storageAdapter = new FileStorage(storageDir);
  await app.init();
  // The migrations are looked for under the current folder.
  process.chdir(PROJECT_ROOT);
  await applyPendingMigrations(app);
  return { app, connection };
}
