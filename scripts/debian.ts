import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const INSTALL_TIMEOUT_MS = 300_000;
/** Two test files may install at the same time: apt waits this long for the other to let go of its lock. */
const LOCK_WAIT_S = 240;
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

export type DebianPackages = 'present' | 'installed' | { missing: string; why: string };

/** How this module reaches the system; replaced in its test. */
export interface DebianSystem {
  isRoot(): boolean;
  has(packageName: string): Promise<boolean>;
  /** Rejects with an error whose `stderr` says why. */
  aptGet(args: string[]): Promise<void>;
}

/**
 * Makes sure that Debian packages are installed, as programs that tests check the product against (a web server, an
 * HTTP client of another language). Installs what is missing with apt-get when running as root; services are not
 * wanted, only the programs. Never throws: `missing` names the packages, `why` says what to do.
 */
export async function ensureDebianPackages(
  packages: string[],
  system: DebianSystem = thisSystem,
): Promise<DebianPackages> {
  const absent = await absentOf(packages, system);
  if (absent.length === 0) return 'present';
  const missing = absent.join(' ');
  if (!system.isRoot()) {
    return { missing, why: `Only root can install packages here. Run: sudo apt-get install ${missing}` };
  }
  try {
    await install(absent, system);
  } catch (error) {
    return { missing, why: `apt-get could not install ${missing}: ${lastLinesOf(error)}` };
  }
  const still = await absentOf(absent, system);
  return still.length === 0
    ? 'installed'
    : {
        missing: still.join(' '),
        why: `apt-get reported success, but dpkg does not list ${still.join(' ')}.`,
      };
}

/** For `beforeAll`: throws with the remedy when a package cannot be had, so that no test is skipped in silence. */
export async function requireDebianPackages(packages: string[]): Promise<void> {
  const result = await ensureDebianPackages(packages);
  if (typeof result === 'object') {
    throw new Error(`These tests need the Debian packages ${result.missing}. ${result.why}`);
  }
}

/** Full path of a program, looked for in PATH and in the folders for system programs; null when there is none. */
export async function findProgram(name: string): Promise<string | null> {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/bin'];
  for (const folder of folders) {
    const candidate = join(folder, name);
    try {
      await access(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

async function install(packages: string[], system: DebianSystem): Promise<void> {
  const args = ['-o', `DPkg::Lock::Timeout=${LOCK_WAIT_S}`, 'install', '-y', '--no-install-recommends'];
  try {
    await system.aptGet([...args, ...packages]);
  } catch {
    // Most often the package lists are absent or older than the archive: fetched once, then the reason is final.
    await system.aptGet(['-o', `DPkg::Lock::Timeout=${LOCK_WAIT_S}`, 'update']);
    await system.aptGet([...args, ...packages]);
  }
}

async function absentOf(packages: string[], system: DebianSystem): Promise<string[]> {
  const present = await Promise.all(packages.map((name) => system.has(name)));
  return packages.filter((_, index) => present[index] !== true);
}

function lastLinesOf(error: unknown): string {
  const text =
    error instanceof Error ? ('stderr' in error ? String(error.stderr) : error.message) : String(error);
  return text.trim().split('\n').slice(-3).join(' / ');
}

const thisSystem: DebianSystem = {
  isRoot: () => process.getuid?.() === 0,
  async has(packageName) {
    try {
      const { stdout } = await run('dpkg-query', ['-W', '-f', '${db:Status-Status}', packageName]);
      return stdout === 'installed';
    } catch {
      return false;
    }
  },
  async aptGet(args) {
    await run('apt-get', args, {
      // A package's service stays off: only runlevels 2 to 5 start them.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
      timeout: INSTALL_TIMEOUT_MS,
      maxBuffer: MAX_OUTPUT_BYTES,
    });
  },
};
