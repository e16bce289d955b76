import { randomBytes } from 'node:crypto';
import { GenericContainer, Wait } from 'testcontainers';
import type { SupabaseAccess } from '../stack.ts';
import { ownerLabels, removeContainer } from './docker.ts';
import { hostOf, type Host } from './host.ts';
import { images } from './images.ts';
import { innerDatabaseUrl, outerDatabaseUrl, type DatabaseServer } from './database-server.ts';

const PORT = 54_321;

type Keys = Pick<SupabaseAccess, 'publishableKey' | 'secretKey' | 'jwtSecret'>;

export interface SupabaseContainer {
  access: SupabaseAccess & { innerUrl: string };
  /** In the network. */
  name: string;
  host: Host;
  remove(): Promise<void>;
}

/** Supabase's REST, Auth and Storage on a database of the server; `name` is its own in the network. */
export async function startSupabase(
  server: DatabaseServer,
  database: string,
  name: string,
): Promise<SupabaseContainer> {
  const keys = newKeys();
  const container = await new GenericContainer(images.supabase)
    .withEnvironment({ ...settingsFor(server, database, keys), HOST: '0.0.0.0', PORT: String(PORT) })
    .withLabels(ownerLabels)
    .withNetworkMode(server.network)
    .withNetworkAliases(name)
    .withExposedPorts(PORT)
    .withWaitStrategy(Wait.forLogMessage(/^Local Supabase on /m))
    .start();
  const id = container.getId();
  return {
    access: {
      ...keys,
      url: `http://${container.getHost()}:${container.getMappedPort(PORT)}`,
      innerUrl: `http://${name}:${PORT}`,
      databaseUrl: outerDatabaseUrl(server, database),
    },
    name,
    host: hostOf(id, server.network, name),
    remove: () => removeContainer(id),
  };
}

const settingsFor = (server: DatabaseServer, database: string, keys: Keys) => ({
  DATABASE_URL: innerDatabaseUrl(server, database),
  SUPABASE_PUBLISHABLE_KEY: keys.publishableKey,
  SUPABASE_SECRET_KEY: keys.secretKey,
  SUPABASE_JWT_SECRET: keys.jwtSecret,
});

const newKeys = (): Keys => ({
  publishableKey: `sb_publishable_${randomBytes(24).toString('base64url')}`,
  secretKey: `sb_secret_${randomBytes(24).toString('base64url')}`,
  jwtSecret: randomBytes(32).toString('base64url'),
});
