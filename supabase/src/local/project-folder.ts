import { readdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { removeDataFolder } from '../postgres/data-folder.ts';
import { readOwner } from '../postgres/folder-lock.ts';
import { isRunning } from '../postgres/process-identity.ts';
import { endStaleServer } from '../postgres/stale-server.ts';

export const TEMPORARY_PREFIX = 'pontaj-supabase-';
/** What one start cleans up after earlier crashes: enough, without making it slow. */
const MAX_SWEPT = 10;

/** Where a project keeps what. */
export function projectFolders(dataDir: string): { postgres: string; storage: string } {
  return { postgres: join(dataDir, 'postgres'), storage: join(dataDir, 'storage') };
}

/** After a crash: ends the PostgreSQL that was left running and, when asked, removes the folder. */
export async function removeProject(dataDir: string, removeFiles: boolean): Promise<void> {
  const { postgres } = projectFolders(dataDir);
  const pgdata = await realpath(join(postgres, 'pgdata')).catch(() => null);
  if (pgdata !== null) await endStaleServer(pgdata);
  if (!removeFiles) return;
  await removeDataFolder(postgres);
  await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
}

/** Temporary projects whose process was killed before it could clean up. Nobody waits for them any more. */
export async function sweepAbandonedProjects(parent: string): Promise<number> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(TEMPORARY_PREFIX));
  let swept = 0;
  for (const name of names) {
    if (swept === MAX_SWEPT) break;
    const folder = join(parent, name);
    const owner = await readOwner(folder);
    // Without an owner it is being made at this moment, or it is another user's.
    if (owner === null || isRunning(owner)) continue;
    await removeProject(folder, true);
    swept += 1;
  }
  return swept;
}
