import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder, readOwner } from './folder-lock.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pontaj-lock-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a folder is claimed once, and can be claimed again after it was given back', async () => {
  const unlock = await lockFolder(folder, 0);
  await expect(lockFolder(folder, 0)).rejects.toMatchObject({
    code: 'folder_in_use',
    message: expect.stringContaining(`in use by process ${process.pid}`) as string,
  });
  await unlock();
  await (
    await lockFolder(folder, 0)
  )();
  expect(await readdir(folder)).toEqual([]);
});

test('of many that claim at once, one gets it', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder, 0)));
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
});

test('somebody who waits gets it as soon as it is given back', async () => {
  const unlock = await lockFolder(folder, 0);
  const waiting = lockFolder(folder, 30_000);
  await unlock();
  await (
    await waiting
  )();
});

test.each([
  ['a process that is gone', JSON.stringify({ pid: 2 ** 30, startedAt: '1' })],
  ['another process that has the number now', JSON.stringify({ pid: process.pid, startedAt: '1' })],
  ['nobody, in rubbish', '{"pid"'],
])('a claim of %s counts for nothing', async (_who, text) => {
  await writeFile(join(folder, 'owner.json'), text);
  const unlock = await lockFolder(folder, 0);
  expect(await readOwner(folder)).toMatchObject({ pid: process.pid });
  await unlock();
});

test('a folder that cannot be made says which and what to do', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  await chmod(file, 0o400);
  await expect(lockFolder(join(file, 'data'), 0)).rejects.toMatchObject({
    code: 'folder_unusable',
    message: expect.stringMatching(/file\/data cannot be written \(ENOTDIR\)/) as string,
  });
});
