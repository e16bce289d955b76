import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { App, setExperimental } from '@supabase/lite';
import { applyPendingMigrations } from '@supabase/lite/cli';
import { createPostgresConnection } from '@supabase/lite/postgres';
import { StackError, systemCodeOf } from '../stack-error.ts';
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

export interface LiteServer {
  url: string;
  stop(): Promise<void>;
}

/** Supabase's REST, Auth and Storage on a PostgreSQL: applies the migrations that are missing, then listens. */
export async function serveLite(
  databaseUrl: string,
  storageDir: string,
  port: number,
  keys: ProjectKeys,
): Promise<LiteServer> {
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
  await restoreAccessRules(app, keys.secretKey, () => connection.exec('select intern.aplica_acces()'));
  return listen(app, port, () => connection.close());
}

/**
 * lite grants everything in `public` to every role, once, when it answers its first request: that request is made
 * here, before anybody else can, and the project's own rules are put back after it.
 */
async function restoreAccessRules(
  app: App,
  secretKey: string,
  restore: () => Promise<unknown>,
): Promise<void> {
  const response = await app.fetch(
    new Request('http://127.0.0.1/rest/v1/angajati?select=id&limit=1', { headers: { apikey: secretKey } }),
  );
  if (!response.ok) {
    throw new StackError(
      'start_failed',
      `The first request to the local Supabase was answered ${response.status}.`,
    );
  }
  await restore();
}

function listen(app: App, port: number, close: () => Promise<void>): Promise<LiteServer> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        port,
        hostname: '127.0.0.1',
        fetch: (request, env) =>
          app.fetch(request, {
            peerAddress: 'incoming' in env ? (env.incoming.socket.remoteAddress ?? null) : null,
          }),
      },
      (address) => {
        resolve({
          url: `http://127.0.0.1:${address.port}`,
          stop: async () => {
            await new Promise((done) => {
              server.close(done);
              if ('closeAllConnections' in server) server.closeAllConnections();
            });
            await close();
          },
        });
      },
    );
    server.once('error', (cause: Error) => {
      reject(
        systemCodeOf(cause) === 'EADDRINUSE'
          ? new StackError(
              'port_taken',
              `Port ${port} on 127.0.0.1 is taken. Stop what uses it, or choose another port (0: any free one).`,
              { cause },
            )
          : cause,
      );
    });
  });
}
