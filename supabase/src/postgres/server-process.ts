import { spawn, type ChildProcess } from 'node:child_process';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf, StackError } from '../stack-error.ts';
import type { PostgresBinaries } from './binaries.ts';
import { OutputTail } from './output-tail.ts';
import type { RunAs } from './run-as.ts';

const READY = 'database system is ready to accept connections';
const ADDRESS_TAKEN = 'Address already in use';
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;

/** Fills an empty folder with a new database cluster. */
export async function initialiseCluster(
  binaries: PostgresBinaries,
  pgdata: string,
  password: string,
  runAs: RunAs | null,
): Promise<void> {
  const secret = await mkdtemp(join(tmpdir(), 'pontaj-initdb-'));
  try {
    const passwordFile = join(secret, 'password');
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (runAs !== null) {
      for (const path of [secret, passwordFile]) await chown(path, runAs.uid, runAs.gid);
    }
    const account = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
    const flags = ['--locale=C', '--encoding=UTF8', '--no-sync'];
    const child = launch(binaries.initdb, ['-D', pgdata, ...account, ...flags], pgdata, runAs);
    const tail = watchOutput(child);
    const outcome = await endOf(child);
    if (outcome !== 'code 0') {
      throw new StackError('start_failed', `initdb failed (${outcome}) on ${pgdata}:\n${tail.text()}`);
    }
  } finally {
    await rm(secret, { recursive: true, force: true });
  }
}

/** Starts PostgreSQL and waits until it takes connections. `unsafe` skips fsync: for data nobody will miss. */
export async function startServer(
  binaries: PostgresBinaries,
  pgdata: string,
  port: number,
  durability: 'fsync' | 'unsafe',
  runAs: RunAs | null,
): Promise<ChildProcess> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // Statements and values stay out of the output: they hold people's names and device passwords.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    lc_messages: 'C',
    ...(durability === 'unsafe' ? { fsync: 'off', full_page_writes: 'off' } : {}),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = launch(binaries.postgres, ['-D', pgdata, '-p', String(port), ...flags], pgdata, runAs);
  const tail = watchOutput(server);
  const ready = new Promise<'ready'>((resolve) => {
    server.stderr?.on('data', () => {
      if (tail.text().includes(READY)) resolve('ready');
    });
  });
  const timeout = timeoutAfter(START_TIMEOUT_MS);
  const outcome = await Promise.race([ready, endOf(server), timeout.elapsed]);
  timeout.clear();
  if (outcome === 'ready') return server;
  server.kill('SIGKILL');
  if (tail.text().includes(ADDRESS_TAKEN)) {
    throw new StackError(
      'port_taken',
      `Port ${port} on 127.0.0.1 is taken: PostgreSQL cannot use it. Choose another port, or 0 for any free one.`,
    );
  }
  throw new StackError('start_failed', `PostgreSQL did not start (${outcome}) on ${pgdata}:\n${tail.text()}`);
}

/** Fast shutdown: open connections are cut, everything committed is kept. */
export async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const end = endOf(server);
  server.kill('SIGINT');
  const timeout = timeoutAfter(STOP_TIMEOUT_MS);
  const outcome = await Promise.race([end, timeout.elapsed]);
  timeout.clear();
  if (outcome === 'timeout') {
    server.kill('SIGKILL');
    await end;
  }
}

/** In a process group of its own: Ctrl-C in the terminal must not stop the database before its clients are done. */
function launch(program: string, args: string[], cwd: string, runAs: RunAs | null): ChildProcess {
  return spawn(program, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'], ...(runAs ?? {}) });
}

/** Reads everything a program prints, so that it never waits for a reader, and keeps the end of it. */
function watchOutput(child: ChildProcess): OutputTail {
  const tail = new OutputTail();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text: Buffer) => {
      tail.push(text.toString());
    });
  }
  return tail;
}

/** How a program ended, in words; a program that could not be started counts as ended. */
function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve(messageOf(error));
    });
    child.once('close', (code, signal) => {
      resolve(code === null ? `signal ${signal ?? 'unknown'}` : `code ${code}`);
    });
  });
}

function timeoutAfter(ms: number): { elapsed: Promise<'timeout'>; clear(): void } {
  let timer: NodeJS.Timeout | undefined;
  const elapsed = new Promise<'timeout'>((resolve) => {
    timer = setTimeout(() => {
      resolve('timeout');
    }, ms);
  });
  return {
    elapsed,
    clear: () => {
      clearTimeout(timer);
    },
  };
}
