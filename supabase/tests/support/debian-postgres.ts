import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { requireDebianPackages } from '../../../scripts/debian.ts';
import type { PostgresBinaries } from '../../src/postgres/binaries.ts';

/** Debian keeps each major version in a folder of its own. */
const HOME = '/usr/lib/postgresql';

/** The programs of the newest PostgreSQL from Debian, which is installed when there is none. */
export async function debianPostgres(): Promise<PostgresBinaries> {
  await requireDebianPackages(['postgresql']);
  const [newest] = (await readdir(HOME))
    .map(Number)
    .filter(Number.isInteger)
    .sort((a, b) => b - a);
  if (newest === undefined)
    throw new Error(`The package postgresql is installed, but ${HOME} holds no version.`);
  const bin = join(HOME, String(newest), 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}
