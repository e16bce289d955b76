import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checksumOf } from './inputs.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'pontaj-inputs-'));
  await mkdir(path.join(root, 'src/deep'), { recursive: true });
  await writeFile(path.join(root, 'Dockerfile'), 'FROM scratch');
  await writeFile(path.join(root, 'src/deep/a.ts'), 'a');
});
afterEach(() => rm(root, { recursive: true }));

const checksum = () => checksumOf(root, ['Dockerfile', 'src']);

test('a changed, added or renamed file changes the checksum', async () => {
  const seen = new Set([await checksum()]);
  await writeFile(path.join(root, 'src/deep/a.ts'), 'b');
  seen.add(await checksum());
  await writeFile(path.join(root, 'src/b.ts'), '');
  seen.add(await checksum());
  await rm(path.join(root, 'src/b.ts'));
  await writeFile(path.join(root, 'src/c.ts'), '');
  seen.add(await checksum());
  expect(seen.size).toBe(4);
});

test('tests are not part of an image, so a new one changes nothing', async () => {
  const before = await checksum();
  await writeFile(path.join(root, 'src/deep/a.test.ts'), 'test');
  expect(await checksum()).toBe(before);
});

test('a place that is not there is an error, not an empty one', async () => {
  await expect(checksumOf(root, ['gone'])).rejects.toMatchObject({ code: 'ENOENT' });
});
