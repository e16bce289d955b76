import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StackError } from '../stack-error.ts';
import { commandLineOf, identifyProcess, isRunning, type ProcessIdentity } from './process-identity.ts';

/** A fast shutdown takes well under a second; a server busy with recovery longer. */
const SHUTDOWN_MS = 15_000;
const KILLED_MS = 5_000;
const POLL_MS = 20;

/**
 * Ends a PostgreSQL that outlived the program which started it (kill -9 leaves it running) and removes its stale
 * postmaster.pid. The caller has claimed the folder: whatever still runs on it belongs to nobody.
 */
export async function endStaleServer(pgdata: string): Promise<'none' | 'ended'> {
  const server = await findServer(pgdata);
  if (server !== null) {
    process.kill(server.pid, 'SIGINT');
    if (!(await hasGone(server, SHUTDOWN_MS))) {
      process.kill(server.pid, 'SIGKILL');
      if (!(await hasGone(server, KILLED_MS))) {
        throw new StackError(
          'stop_failed',
          `A PostgreSQL left over on ${pgdata} (process ${server.pid}) does not end. End it, then start again.`,
        );
      }
    }
  }
  await rm(join(pgdata, 'postmaster.pid'), { force: true });
  return server === null ? 'none' : 'ended';
}

/** The PostgreSQL that runs on this folder, by its postmaster.pid; null when it is gone or the number is another's. */
async function findServer(pgdata: string): Promise<ProcessIdentity | null> {
  let lines: string[];
  try {
    lines = (await readFile(join(pgdata, 'postmaster.pid'), 'utf8')).split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  // 0 and negative numbers would mean whole groups of processes.
  if (!Number.isSafeInteger(pid) || pid <= 1) return null;
  const server = identifyProcess(pid);
  const [program = ''] = commandLineOf(pid)?.split(' ') ?? [];
  const onThisFolder = commandLineOf(pid)?.includes(pgdata) ?? false;
  return server !== null && basename(program).startsWith('postgres') && onThisFolder ? server : null;
}

async function hasGone(server: ProcessIdentity, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (isRunning(server)) {
    if (Date.now() >= deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}
