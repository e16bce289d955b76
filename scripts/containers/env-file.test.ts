import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { roleKey, setInEnvFile, writeEnvFile } from './env-file.ts';

let file: string;
beforeEach(async () => {
  file = path.join(await mkdtemp(path.join(tmpdir(), 'pontaj-env-')), '.env');
});
afterEach(() => rm(path.dirname(file), { recursive: true }));

const read = async () =>
  new Map(
    Array.from((await readFile(file, 'utf8')).matchAll(/^(\w+)=(.*)$/gm), ([, name = '', value = '']) => [
      name,
      value,
    ]),
  );

test('secrets are made once, differ from each other, and are their owner’s alone', async () => {
  const added = await writeEnvFile(file);
  expect(added).toContain('POSTGRES_PASSWORD');
  const first = await read();
  expect(new Set(first.values()).size).toBe(added.length);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await writeEnvFile(file)).toEqual([]);
  expect(await read()).toEqual(first);
});

test('what stands in the file stays, what is missing is added below, and the mode is mended', async () => {
  await writeFile(file, '# mine\nSYNC_PORT=8090', { mode: 0o644 });
  await writeEnvFile(file, { POSTGRES_IMAGE: 'postgres:17', SYNC_PORT: '0' });
  const values = await read();
  expect(values.get('SYNC_PORT')).toBe('8090');
  expect(values.get('POSTGRES_IMAGE')).toBe('postgres:17');
  expect(values.get('SUPABASE_SECRET_KEY')).toMatch(/^sb_secret_/);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('what is set takes the place of what stood there, and nothing else changes', async () => {
  await writeFile(file, '# mine\nPOSTGRES_IMAGE=postgres:17\nNOT_NODE_IMAGE=x\nPOSTGRES_PASSWORD=kept\n');
  const images = { POSTGRES_IMAGE: 'pontaj/postgres:local', NODE_IMAGE: 'a$&b' };
  expect(await setInEnvFile(file, images)).toBe(true);
  expect(await readFile(file, 'utf8')).toMatch(
    /^# mine\nPOSTGRES_IMAGE=pontaj\/postgres:local\nNOT_NODE_IMAGE=x\nPOSTGRES_PASSWORD=kept\n/,
  );
  expect((await read()).get('NODE_IMAGE')).toBe('a$&b');
  expect(await setInEnvFile(file, images)).toBe(false);
  expect(await setInEnvFile(file, { NODE_IMAGE: 'node:24' })).toBe(true);
  expect((await read()).get('NODE_IMAGE')).toBe('node:24');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a role key is a token signed with the secret', () => {
  const [header = '', payload = '', signature] = roleKey('anon', 'secret', 1_000_000).split('.');
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ role: 'anon', iat: 1000 });
  expect(signature).toBe(createHmac('sha256', 'secret').update(`${header}.${payload}`).digest('base64url'));
});
