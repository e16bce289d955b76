import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, StackError, systemCodeOf } from '../stack-error.ts';
import { identifyProcess, isRunning, type ProcessIdentity } from './process-identity.ts';

const LOCK_FILE = 'owner.json';
/** A process whose parent was killed is still ending when the next start comes: it gets this long. */
const WAIT_FOR_OWNER_MS = 10_000;
const POLL_MS = 50;

/** Makes the folder and claims it for this process. A claim of a process that is gone counts for nothing. */
export async function lockFolder(folder: string, waitMs = WAIT_FOR_OWNER_MS): Promise<() => Promise<void>> {
  const file = join(folder, LOCK_FILE);
  const deadline = Date.now() + waitMs;
  await makeFolder(folder);
  for (;;) {
    if (await claim(file, folder)) return () => rm(file, { force: true });
    const owner = await readOwner(folder);
    if (owner === null || !isRunning(owner)) {
      await rm(file, { force: true });
    } else if (Date.now() >= deadline) {
      throw new StackError(
        'folder_in_use',
        `The data folder ${folder} is in use by process ${owner.pid}. Stop that one, or give another folder.`,
      );
    } else {
      await sleep(POLL_MS);
    }
  }
}

/** Who claimed the folder, running or not; null when nobody did. */
export async function readOwner(folder: string): Promise<ProcessIdentity | null> {
  try {
    const owner: unknown = JSON.parse(await readFile(join(folder, LOCK_FILE), 'utf8'));
    if (typeof owner !== 'object' || owner === null || !('pid' in owner) || !('startedAt' in owner))
      return null;
    return { pid: Number(owner.pid), startedAt: String(owner.startedAt) };
  } catch {
    return null;
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw unusable(folder, cause);
  }
}

/** Linked into place whole, so that nobody reads a claim half written and takes it for a stale one. */
async function claim(file: string, folder: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, JSON.stringify(identifyProcess(process.pid)), { mode: 0o600 });
    await link(draft, file);
    return true;
  } catch (cause) {
    if (systemCodeOf(cause) === 'EEXIST') return false;
    throw unusable(folder, cause);
  } finally {
    await rm(draft, { force: true });
  }
}

function unusable(folder: string, cause: unknown): StackError {
  return new StackError(
    'folder_unusable',
    `The data folder ${folder} cannot be written (${systemCodeOf(cause) ?? messageOf(cause)}). ` +
      'Give a folder that this user may create and write, or none for a temporary one.',
    { cause },
  );
}
