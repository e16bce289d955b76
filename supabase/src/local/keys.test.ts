import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readKeys } from './keys.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pontaj-keys-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('are made once, kept, and closed to others', async () => {
  const keys = await readKeys(folder);
  expect(keys.publishableKey).toMatch(/^sb_publishable_\w{30,}$/);
  expect(keys.secretKey).toMatch(/^sb_secret_\w{30,}$/);
  expect(keys.jwtSecret.length).toBeGreaterThanOrEqual(32);
  expect(await readKeys(folder)).toEqual(keys);
  expect((await stat(join(folder, 'keys.json'))).mode & 0o777).toBe(0o600);
});

test.each(['', '[]', 'null', '{"publishableKey": "a", "secretKey": "b"}'])(
  'a file with %j is not guessed at',
  async (text) => {
    await writeFile(join(folder, 'keys.json'), text);
    await expect(readKeys(folder)).rejects.toMatchObject({
      code: 'folder_unusable',
      message: expect.stringContaining('keys.json') as string,
    });
  },
);
