import { execFileSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findBinaries } from './binaries.ts';

test('the programs are those npm installed', async () => {
  const { postgres, initdb } = await findBinaries(null);
  expect(postgres).toContain('node_modules');
  expect(execFileSync(postgres, ['--version'], { encoding: 'utf8' })).toContain('PostgreSQL) 17.');
  expect(execFileSync(initdb, ['--version'], { encoding: 'utf8' })).toContain('PostgreSQL) 17.');
});

test('in a folder closed to their user they are copied once, to where nobody else can change them', async () => {
  const closed = () => Promise.resolve(false);
  const both = await Promise.all([findBinaries(null, closed), findBinaries(null, closed)]);
  const again = await findBinaries(null, closed);
  expect(both).toContainEqual(again);
  const home = dirname(dirname(again.postgres));
  expect(dirname(home)).toBe(tmpdir());
  const folder = await stat(home);
  expect(folder.mode & 0o777).toBe(0o755);
  expect(folder.uid).toBe(process.getuid?.());
  expect(execFileSync(join(home, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' })).toContain('17.');
});
