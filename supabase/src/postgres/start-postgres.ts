import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { StackError } from '../stack-error.ts';
import { findBinaries, type PostgresBinaries } from './binaries.ts';
import { markInitialised, prepareDataFolder, readPassword, removeDataFolder } from './data-folder.ts';
import { lockFolder } from './folder-lock.ts';
import { findFreePort } from './free-port.ts';
import { chooseRunAs } from './run-as.ts';
import { initialiseCluster, startServer, stopServer } from './server-process.ts';
import { endStaleServer } from './stale-server.ts';

/** A port found free may be taken by the time PostgreSQL binds it. */
const PORT_TRIES = 5;

export interface PostgresOptions {
  /** Survives restarts. Absent: a temporary folder, removed at stop. */
  dataDir?: string | undefined;
  /** 0 or absent: any free one. */
  port?: number | undefined;
  /** `unsafe` does not wait for the disk: kill -9 loses nothing, a power cut may. Default for a temporary folder. */
  durability?: Durability | undefined;
  /** Programs of another PostgreSQL; absent: the 17 that npm installed. */
  binaries?: PostgresBinaries | undefined;
}

type Durability = 'fsync' | 'unsafe';

export interface LocalPostgres {
  port: number;
  /** Connection string of the superuser for a database; it contains the password. */
  urlOf(database: string): string;
  stop(): Promise<void>;
}

/**
 * A PostgreSQL of its own on 127.0.0.1. A server left over on `dataDir` by a killed process is ended first.
 * Throws `StackError`: folder not writable, in use, of another version, port taken, or PostgreSQL's own words.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<LocalPostgres> {
  const temporary = options.dataDir === undefined;
  const folder = options.dataDir === undefined ? await makeTemporaryFolder() : resolve(options.dataDir);
  const unlock = await lockFolder(folder);
  const release = () => (temporary ? removeDataFolder(folder) : unlock());
  try {
    const { server, port, password } = await startIn(
      folder,
      options.port ?? 0,
      options.durability ?? (temporary ? 'unsafe' : 'fsync'),
      options.binaries,
    );
    const endWithUs = () => server.kill('SIGINT');
    process.once('exit', endWithUs);
    return {
      port,
      urlOf: (database) =>
        `postgresql://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
      stop: async () => {
        process.off('exit', endWithUs);
        await stopServer(server);
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

async function makeTemporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pontaj-postgres-data-'));
  // PostgreSQL may run as another user: it has to pass through, not to read.
  await chmod(folder, 0o711);
  return folder;
}

async function startIn(
  folder: string,
  wantedPort: number,
  durability: Durability,
  otherBinaries: PostgresBinaries | undefined,
): Promise<{ server: ChildProcess; port: number; password: string }> {
  const runAs = chooseRunAs();
  const binaries = otherBinaries ?? (await findBinaries(runAs));
  const password = await readPassword(folder);
  const { pgdata, fresh } = await prepareDataFolder(folder, runAs);
  if (fresh) {
    await initialiseCluster(binaries, pgdata, password, runAs);
    await markInitialised(folder);
  } else {
    await endStaleServer(pgdata);
  }
  for (let tries = 1; ; tries += 1) {
    const port = wantedPort === 0 ? await findFreePort() : wantedPort;
    try {
      const server = await startServer(binaries, pgdata, port, durability, runAs);
      return { server, port, password };
    } catch (error) {
      const taken = error instanceof StackError && error.code === 'port_taken';
      if (!taken || wantedPort !== 0 || tries >= PORT_TRIES) throw error;
    }
  }
}
