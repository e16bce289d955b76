import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { canReach, chooseRunAs, mayEnter } from './run-as.ts';

const PASSWD = 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65533:nobody:/:/bin/false\n';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pontaj-run-as-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('an ordinary user runs PostgreSQL itself', () => {
  expect(chooseRunAs(1000, () => PASSWD)).toBeNull();
});

test('root takes postgres, else nobody, by number', () => {
  expect(chooseRunAs(0, () => PASSWD)).toEqual({ uid: 65534, gid: 65533 });
  expect(chooseRunAs(0, () => `${PASSWD}postgres:x:101:104::/:/bin/sh\n`)).toEqual({ uid: 101, gid: 104 });
});

test('root without any of them is told what to create', () => {
  expect(() => chooseRunAs(0, () => 'root:x:0:0::/root:/bin/sh')).toThrow(/useradd --system postgres/);
});

test.each([
  ['owner', { uid: 5, gid: 9, mode: 0o700 }, true],
  ['owner, although others may', { uid: 5, gid: 9, mode: 0o077 }, false],
  ['group', { uid: 0, gid: 5, mode: 0o710 }, true],
  ['group, although others may', { uid: 0, gid: 5, mode: 0o701 }, false],
  ['others', { uid: 0, gid: 0, mode: 0o711 }, true],
  ['others of a closed folder', { uid: 0, gid: 0, mode: 0o770 }, false],
])('who may pass through a folder: %s', (_who, owner, expected) => {
  expect(mayEnter(owner, { uid: 5, gid: 5 })).toBe(expected);
});

test('one closed folder on the way is enough not to be reached', async () => {
  const inner = join(folder, 'open', 'inner');
  await mkdir(inner, { recursive: true });
  const stranger = { uid: 54_321, gid: 54_321 };
  await chmod(folder, 0o755);
  expect(await canReach(inner, stranger)).toBe(true);
  await chmod(folder, 0o700);
  expect(await canReach(inner, stranger)).toBe(false);
  expect(await canReach(inner, null)).toBe(true);
});
