import postgres from 'postgres';

export const POSTGRES_PORT = 5432;
export const TEMPLATE = 'sablon';

/** A PostgreSQL in a container and the network that stacks on it share. Plain data: it travels to other processes. */
export interface DatabaseServer {
  image: string;
  network: string;
  /** In the network. */
  name: string;
  containerId: string;
  /** As this machine reaches it. */
  outerHost: string;
  outerPort: number;
  password: string;
}

/** A database of its own, with all migrations; its name. */
export function copyTemplate(server: DatabaseServer, name: string): Promise<string> {
  return createDatabase(server, name, TEMPLATE);
}

/** Ends connections that are left, and the database. */
export async function dropDatabase(server: DatabaseServer, name: string): Promise<void> {
  await withMaintenance(server, (sql) => sql.unsafe(`drop database if exists "${name}" with (force)`));
}

/** Connection strings of the superuser: for this machine, and for containers in the network. */
export const outerDatabaseUrl = ({ password, outerHost, outerPort }: DatabaseServer, database: string) =>
  `postgresql://postgres:${password}@${outerHost}:${outerPort}/${database}`;
export const innerDatabaseUrl = ({ password, name }: DatabaseServer, database: string) =>
  `postgresql://postgres:${password}@${name}:${POSTGRES_PORT}/${database}`;

/** @returns its name */
export async function createDatabase(
  server: DatabaseServer,
  name: string,
  template: string,
): Promise<string> {
  await withMaintenance(server, (sql) => sql.unsafe(`create database "${name}" template "${template}"`));
  return name;
}

async function withMaintenance(
  server: DatabaseServer,
  work: (sql: postgres.Sql) => Promise<unknown>,
): Promise<void> {
  const sql = postgres(outerDatabaseUrl(server, 'postgres'), { max: 1, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
