import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forkHolder, killHard } from '../testing/fork-holder.ts';
import { removeDataFolder } from './data-folder.ts';
import { startPostgres } from './start-postgres.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pontaj-start-postgres-test-'));
});
afterEach(async () => {
  await removeDataFolder(join(folder, 'data'));
  await rm(folder, { recursive: true, force: true });
});

async function ask<Row extends Record<string, unknown>>(url: string, statement: string): Promise<Row[]> {
  const sql = postgres(url, { max: 1 });
  try {
    return [...(await sql.unsafe<Row[]>(statement))];
  } finally {
    await sql.end();
  }
}

test('listens on this machine alone, wants its password, and is gone after stop', async () => {
  const server = await startPostgres();
  const url = server.urlOf('postgres');
  const [row] = await ask(
    url,
    `select current_setting('listen_addresses') as hosts, inet_server_port() as port,
    current_setting('server_encoding') as encoding, current_setting('unix_socket_directories') as sockets`,
  );
  expect(row).toEqual({ hosts: '127.0.0.1', port: server.port, encoding: 'UTF8', sockets: '' });
  const [place] = await ask<{ data_directory: string }>(url, 'show data_directory');
  const wrong = url.replace(/:[^:@]+@/, ':wrong@');
  await expect(ask(wrong, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  await server.stop();
  await expect(ask(url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await expect(access(place!.data_directory)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a folder keeps its data and its password through a restart', async () => {
  const dataDir = join(folder, 'data');
  const first = await startPostgres({ dataDir });
  await ask(first.urlOf('postgres'), 'create table kept as select 7 as n');
  await first.stop();
  const second = await startPostgres({ dataDir, port: first.port });
  expect(await ask(second.urlOf('postgres'), 'select n from kept')).toEqual([{ n: 7 }]);
  expect(second.urlOf('postgres')).toBe(first.urlOf('postgres'));
  await second.stop();
});

test('what a killed program left running is ended, and nothing acknowledged is lost', async () => {
  const dataDir = join(folder, 'data');
  const holder = await forkHolder('postgres', dataDir);
  await ask(holder.databaseUrl, 'create table kept as select 7 as n');
  await killHard(holder.process);
  expect(await ask(holder.databaseUrl, 'select 1 as still_running')).toHaveLength(1);
  const server = await startPostgres({ dataDir });
  expect(await ask(server.urlOf('postgres'), 'select n from kept')).toEqual([{ n: 7 }]);
  await expect(ask(holder.databaseUrl, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await server.stop();
});

test('a port that is taken is said so, and leaves nothing behind', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const dataDir = join(folder, 'data');
  await expect(startPostgres({ dataDir, port })).rejects.toMatchObject({
    code: 'port_taken',
    message: expect.stringContaining(String(port)) as string,
  });
  other.close();
  await (await startPostgres({ dataDir, port })).stop();
});
