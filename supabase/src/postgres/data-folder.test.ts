import { mkdir, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { markInitialised, prepareDataFolder, readPassword, removeDataFolder } from './data-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'pontaj-data-test-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** As initdb leaves it. */
async function fill(pgdata: string, version = '17'): Promise<void> {
  await writeFile(join(pgdata, 'PG_VERSION'), `${version}\n`);
  await markInitialised(folder);
}

test('is made closed to others, and opened as it is the next time', async () => {
  const made = await prepareDataFolder(folder, null);
  expect(made).toEqual({ pgdata: join(folder, 'pgdata'), fresh: true });
  expect((await stat(made.pgdata)).mode & 0o777).toBe(0o700);
  await fill(made.pgdata);
  expect(await prepareDataFolder(folder, null)).toEqual({ pgdata: made.pgdata, fresh: false });
});

test('left half-made by a killed initdb, is made anew', async () => {
  await mkdir(join(folder, 'pgdata'));
  await writeFile(join(folder, 'pgdata', 'PG_VERSION'), '17\n');
  expect(await prepareDataFolder(folder, null)).toMatchObject({ fresh: true });
});

test('of another PostgreSQL is refused, untouched', async () => {
  const { pgdata } = await prepareDataFolder(folder, null);
  await fill(pgdata, '16');
  await expect(prepareDataFolder(folder, null)).rejects.toMatchObject({
    code: 'folder_wrong_version',
    message: expect.stringContaining('PostgreSQL 16, this is 17') as string,
  });
  expect(await readFile(join(pgdata, 'PG_VERSION'), 'utf8')).toBe('16\n');
});

test('behind a closed folder, lies where its user gets to, and is removed from there', async () => {
  const runAs = { uid: process.getuid!(), gid: process.getgid!() };
  const closed = () => Promise.resolve(false);
  const { pgdata } = await prepareDataFolder(folder, runAs, closed);
  expect(pgdata.startsWith(folder)).toBe(false);
  expect((await stat(pgdata)).uid).toBe(runAs.uid);
  await fill(pgdata);
  expect(await prepareDataFolder(folder, runAs, closed)).toEqual({ pgdata, fresh: false });
  await removeDataFolder(folder);
  await expect(stat(pgdata)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('whose link leads nowhere any more, is made anew', async () => {
  await symlink(join(folder, 'gone'), join(folder, 'pgdata'));
  await writeFile(join(folder, 'initialised'), '');
  expect(await prepareDataFolder(folder, null)).toMatchObject({ fresh: true });
});

test('keeps one password, closed to others', async () => {
  const password = await readPassword(folder);
  expect(password.length).toBeGreaterThan(20);
  expect(await readPassword(folder)).toBe(password);
  expect((await stat(join(folder, 'password'))).mode & 0o777).toBe(0o600);
});
