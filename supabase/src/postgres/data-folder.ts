import { randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StackError } from '../stack-error.ts';
import { canReach, type RunAs } from './run-as.ts';

/** Of the embedded PostgreSQL: a folder made by another one cannot be opened. */
const MAJOR_VERSION = '17';

export interface DataFolder {
  /** Where PostgreSQL keeps its files, with all links resolved. */
  pgdata: string;
  /** Made now: initdb has to fill it. */
  fresh: boolean;
}

/** Makes or opens `<folder>/pgdata` for the user that runs PostgreSQL. */
export async function prepareDataFolder(
  folder: string,
  runAs: RunAs | null,
  reaches: typeof canReach = canReach,
): Promise<DataFolder> {
  const place = join(folder, 'pgdata');
  await dropDanglingLink(place);
  if (await isInitialised(place)) {
    const version = (await readFile(join(place, 'PG_VERSION'), 'utf8')).trim();
    if (version !== MAJOR_VERSION) {
      throw new StackError(
        'folder_wrong_version',
        `${place} was made by PostgreSQL ${version}, this is ${MAJOR_VERSION}. ` +
          'Give another data folder, or delete this one when its data is not needed.',
      );
    }
    return { pgdata: await realpath(place), fresh: false };
  }
  // What is left of an initdb that was killed half-way is no database yet.
  await rm(place, { recursive: true, force: true });
  if (await reaches(await realpath(folder), runAs)) {
    await mkdir(place, { mode: 0o700 });
  } else {
    await symlink(await mkdtemp(join(tmpdir(), 'pontaj-pgdata-')), place);
  }
  const pgdata = await realpath(place);
  await chmod(pgdata, 0o700);
  if (runAs !== null) await chown(pgdata, runAs.uid, runAs.gid);
  return { pgdata, fresh: true };
}

/** Removes the data folder, also what lies elsewhere because the folder is closed to PostgreSQL's user. */
export async function removeDataFolder(folder: string): Promise<void> {
  const pgdata = await realpath(join(folder, 'pgdata')).catch(() => null);
  if (pgdata !== null) await rm(pgdata, { recursive: true, force: true, maxRetries: 3 });
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** The superuser's password, made once per folder and kept in it. */
export async function readPassword(folder: string): Promise<string> {
  const file = join(folder, 'password');
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known !== null && known.trim() !== '') return known.trim();
  const made = randomBytes(18).toString('base64url');
  await writeFile(file, `${made}\n`, { mode: 0o600 });
  return made;
}

/** PG_VERSION comes early in initdb, the control file late, and `initialised` once it is over. */
async function isInitialised(place: string): Promise<boolean> {
  return (await exists(join(place, 'PG_VERSION'))) && (await exists(join(dirname(place), 'initialised')));
}

/** To be called after initdb succeeded. */
export async function markInitialised(folder: string): Promise<void> {
  await writeFile(join(folder, 'initialised'), '');
}

async function dropDanglingLink(place: string): Promise<void> {
  if ((await exists(place)) || !(await lstat(place).catch(() => null))) return;
  await rm(place);
}

async function exists(path: string): Promise<boolean> {
  return (await realpath(path).catch(() => null)) !== null;
}
