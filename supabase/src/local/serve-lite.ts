import { serve } from '@hono/node-server';
import type { App } from '@supabase/lite';
import { StackError, systemCodeOf } from '../stack-error.ts';
import type { ProjectKeys } from './keys.ts';
import { openLite } from './open-lite.ts';
import { nameOutage } from './outage.ts';

export interface LiteServer {
  url: string;
  stop(): Promise<void>;
}

export interface LiteAddress {
  /** 127.0.0.1 unless given. */
  host?: string;
  /** 0: any free one. */
  port: number;
}

/** Supabase's REST, Auth and Storage on a PostgreSQL: applies the migrations that are missing, then listens. */
export async function serveLite(
  databaseUrl: string,
  storageDir: string,
  address: LiteAddress,
  keys: ProjectKeys,
): Promise<LiteServer> {
  const { app, connection } = await openLite(databaseUrl, storageDir, keys);
  await restoreAccessRules(app, keys.secretKey, () => connection.exec('select intern.aplica_acces()'));
  return listen(app, address, () => connection.close());
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

function listen(
  app: App,
  { host = '127.0.0.1', port }: LiteAddress,
  close: () => Promise<void>,
): Promise<LiteServer> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        port,
        hostname: host,
        fetch: async (request, env) =>
          nameOutage(
            await app.fetch(request, {
              peerAddress: 'incoming' in env ? (env.incoming.socket.remoteAddress ?? null) : null,
            }),
          ),
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
              `Port ${port} on ${host} is taken. Stop what uses it, or choose another port (0: any free one).`,
              { cause },
            )
          : cause,
      );
    });
  });
}
