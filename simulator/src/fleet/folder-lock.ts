import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const LOCK_NAME = '.lock';

/**
 * Claims a folder for this process; a claim whose process is gone is taken over. Resolves with the way to give it back.
 * @throws Error that names the process that uses the folder
 */
export async function lockFolder(dir: string): Promise<() => Promise<void>> {
  const file = path.join(dir, LOCK_NAME);
  const claim = () => writeFile(file, String(process.pid), { flag: 'wx', mode: 0o600 });
  try {
    await claim();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const owner = Number(await readFile(file, 'utf8'));
    if (owner !== process.pid && isRunning(owner))
      throw new Error(
        `The folder "${dir}" is in use by process ${owner}. Stop it, or give this simulator another --state folder.`,
        { cause: error },
      );
    // The owner's folder within this very process: two fleets would overwrite each other's files as well.
    if (owner === process.pid && held.has(path.resolve(dir)))
      throw new Error(`The folder "${dir}" is in use by another fleet of this process.`, { cause: error });
    await rm(file, { force: true });
    await claim();
  }
  held.add(path.resolve(dir));
  return async () => {
    held.delete(path.resolve(dir));
    await rm(file, { force: true });
  };
}

const held = new Set<string>();

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
