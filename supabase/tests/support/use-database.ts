import postgres, { type Sql } from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { createBareSupabase } from '../../src/postgres/bare-supabase.ts';
import { startPostgres, type LocalPostgres } from '../../src/postgres/start-postgres.ts';
import { postgresOrigin } from './config.ts';
import { debianPostgres } from './debian-postgres.ts';

export type Role = 'anon' | 'authenticated' | 'service_role';

export interface TestDatabase {
  /** The superuser: arranges and looks. */
  admin: Sql;
  /** What the daemon connects as: everything it needs must work here. */
  service: Sql;
  /** One more connection; closed after the test. */
  connect: (role: Role | null, max?: number) => Sql;
}

/** One server per test file, and for each test a fresh database with all migrations applied. */
export function useDatabase(): () => TestDatabase {
  const server = useServer();
  let count = 0;
  let open: Sql[] = [];
  let current: TestDatabase | null = null;

  beforeAll(async () => {
    await createBareSupabase(server(), 'template');
  });
  beforeEach(async () => {
    const name = `test_${(count += 1)}`;
    const maintenance = connectTo(server(), 'postgres', null, 1);
    await maintenance.unsafe(`create database ${name} template template`);
    await maintenance.end();
    const connect = (role: Role | null, max = 1) => {
      const sql = connectTo(server(), name, role, max);
      open.push(sql);
      return sql;
    };
    current = { admin: connect(null), service: connect('service_role'), connect };
  });
  afterEach(async () => {
    await Promise.all(open.map((sql) => sql.end()));
    open = [];
  });
  return () => {
    if (current === null) throw new Error('The database is there inside tests only.');
    return current;
  };
}

/** One server for the whole test file. */
export function useServer(): () => LocalPostgres {
  let server: LocalPostgres | null = null;
  beforeAll(async () => {
    server = await startPostgres(postgresOrigin === 'debian' ? { binaries: await debianPostgres() } : {});
  });
  afterAll(async () => {
    await server?.stop();
  });
  return () => {
    if (server === null) throw new Error('The server is there inside tests and hooks only.');
    return server;
  };
}

export function connectTo(server: LocalPostgres, database: string, role: Role | null, max: number): Sql {
  return postgres(server.urlOf(database), {
    max,
    onnotice: () => undefined,
    connection: role === null ? {} : { role },
  });
}

/** How a statement was refused. Fails the test when it was not. */
export async function refusalOf(
  statement: Promise<unknown>,
): Promise<{ code: string; detail: string; message: string }> {
  try {
    await statement;
  } catch (error) {
    if (error instanceof postgres.PostgresError) {
      return { code: error.code, detail: error.detail ?? '', message: error.message };
    }
    throw error;
  }
  throw new Error('The statement was expected to be refused, but it went through.');
}
