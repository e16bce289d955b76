import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { access, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../database.types.ts';
import { issueToken } from '../issue-token.ts';
import { forkHolder, killHard } from '../testing/fork-holder.ts';
import { removeProject } from './project-folder.ts';
import { startLocalSupabase, type LocalSupabase } from './start-local-supabase.ts';

const USER = '00000000-0000-4000-8000-000000000001';
const PHOTO = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9]);

let folder: string;
let running: LocalSupabase[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pontaj-local-test-'));
  running = [];
});
afterEach(async () => {
  for (const supabase of running) await supabase.stop();
  await removeProject(folder, true);
});

async function start(options: Parameters<typeof startLocalSupabase>[0] = {}): Promise<LocalSupabase> {
  const supabase = await startLocalSupabase(options);
  running.push(supabase);
  return supabase;
}
const serviceOf = (supabase: LocalSupabase) =>
  createClient<Database>(supabase.url, supabase.secretKey, { auth: { persistSession: false } });

/** The data of an answer that has to be a good one. */
async function good<Data>(
  answer: PromiseLike<{ data: Data; error: { message: string } | null }>,
): Promise<NonNullable<Data>> {
  const { data, error } = await answer;
  if (error !== null) throw new Error(error.message);
  return data as NonNullable<Data>;
}

/** An employee with a number, a device, and a run over it. */
async function fill(client: SupabaseClient<Database>) {
  const [employee] = await good(
    client.from('angajati').insert({ nume: 'Popescu', prenume: 'Ion' }).select('id'),
  );
  const [biometrics] = await good(
    client.from('angajati_biometrie').insert({ angajat_id: employee!.id }).select('id, employee_no'),
  );
  const [device] = await good(
    client
      .from('dispozitive_pontaj')
      .insert({
        nume: 'Poarta 1',
        ip_address: '127.0.0.1',
        username: 'admin',
        password_encrypted: 'Parola-123',
      })
      .select('id'),
  );
  const run = await good(
    client.rpc('creeaza_sincronizare', {
      p_domeniu: { kind: 'sync-all-to-all-devices' },
      p_cheie: 'toti',
      p_cerut_de: 'cli',
      p_dispozitive: [device!.id],
      p_angajati: 1,
      p_fara_numar: 0,
    }),
  );
  return {
    employeeNo: biometrics!.employee_no!,
    biometricsId: biometrics!.id,
    deviceId: device!.id,
    runId: (run as { run_id: string }).run_id,
  };
}

test('the road of a run over HTTP, a photo, and kill -9 in the middle', async () => {
  const first = await start({ dataDir: folder });
  const client = serviceOf(first);
  const { employeeNo, biometricsId, deviceId, runId } = await fill(client);
  expect(employeeNo).toBe(1000);

  const leases = await good(
    client.rpc('ia_dispozitive_cu_lucru', { p_detinator: 'A', p_durata_ms: 60_000, p_limita: 10 }),
  );
  expect(leases).toMatchObject([{ dispozitiv_id: deviceId, fence: 1 }]);
  const renewed = await good(
    client.rpc('prelungeste_lease', {
      p_detinator: 'A',
      p_lease: [{ dispozitiv_id: deviceId, fence: 1 }],
      p_durata_ms: 60_000,
    }),
  );
  expect(renewed).toHaveLength(1);
  const results = {
    p_dispozitiv_id: deviceId,
    p_fence: 1,
    p_rezultate: [
      {
        run_id: runId,
        linie: {
          employee_no: employeeNo,
          status: 'sincronizat',
          persoana: 'created',
          fata: 'set',
          motive: ['new'],
        },
        urmarire: {
          employee_no: employeeNo,
          status_sincronizare: 'sincronizat',
          sincronizat_la: '2026-01-02T03:04:05.678Z',
          persoana_stare: 'confirmata',
          persoana_amprenta: 'p1',
          fata_stare: 'absenta',
        },
      },
    ],
    p_progres: [{ run_id: runId, stare: 'running', cursor_employee_no: employeeNo, neschimbate: [1001] }],
  };
  expect((await client.rpc('scrie_rezultate', results)).error).toBeNull();
  const photos = client.storage.from('pontaj-photos');
  await good(photos.upload('1000.jpg', PHOTO, { contentType: 'image/jpeg' }));

  await first.kill();
  const second = await start({ dataDir: folder });
  expect([second.publishableKey, second.secretKey, second.jwtSecret]).toEqual([
    first.publishableKey,
    first.secretKey,
    first.jwtSecret,
  ]);
  const again = serviceOf(second);
  // The same results once more, as a daemon does that never got its answer.
  expect((await again.rpc('scrie_rezultate', results)).error).toBeNull();
  const [leg] = await good(again.from('sincronizari_dispozitive').select('*'));
  expect(leg).toMatchObject({ stare: 'running', cursor_employee_no: 1000, reusite: 2, neschimbate: [1001] });
  const [tracked] = await good(again.from('angajati_biometrie_dispozitive').select('*'));
  expect(tracked).toMatchObject({ angajat_biometrie_id: biometricsId, persoana_amprenta: 'p1' });
  expect(new Date(tracked!.sincronizat_la!).toISOString()).toBe('2026-01-02T03:04:05.678Z');

  const stale = await again.rpc('scrie_rezultate', { ...results, p_fence: 7 });
  expect(stale.status).toBe(409);
  expect(stale.error).toMatchObject({ details: 'lease_lost' });

  const publicUrl = again.storage.from('pontaj-photos').getPublicUrl('1000.jpg').data.publicUrl;
  const response = await fetch(publicUrl);
  expect(response.headers.get('content-type')).toBe('image/jpeg');
  expect(Buffer.from(await response.arrayBuffer())).toEqual(PHOTO);
});

describe('a temporary Supabase', () => {
  test('keeps the project’s access rules, and stops without a trace', async () => {
    const supabase = await start();
    await fill(serviceOf(supabase));
    const anon = createClient<Database>(supabase.url, supabase.publishableKey);
    const user = createClient<Database>(supabase.url, supabase.publishableKey, {
      accessToken: () => Promise.resolve(issueToken({ jwtSecret: supabase.jwtSecret, sub: USER })),
    });
    expect(await good(user.from('dispozitive_pontaj').select('nume'))).toEqual([{ nume: 'Poarta 1' }]);
    for (const client of [anon, user]) {
      expect((await client.from('dispozitive_pontaj').select('password_encrypted')).error?.code).toBe(
        '42501',
      );
      expect((await client.from('angajati').insert({ nume: 'X' })).error?.code).toBe('42501');
      expect((await client.rpc('numeroteaza_angajati')).error).not.toBeNull();
      expect((await client.storage.from('pontaj-photos').upload('x.jpg', PHOTO)).error).not.toBeNull();
    }
    expect((await anon.from('angajati').select('id')).error?.code).toBe('42501');
    expect((await fetch(`${supabase.url}/rest/v1/angajati`)).status).toBe(401);

    await supabase.stop();
    await supabase.stop();
    await expect(fetch(supabase.url)).rejects.toThrow();
  });

  test('killed, is cleaned up by stop', async () => {
    const supabase = await start();
    await supabase.kill();
    await supabase.stop();
    await expect(fetch(supabase.url)).rejects.toThrow();
  });
});

test('ends by itself when its parent is killed, and the next start on the folder waits for that', async () => {
  const holder = await forkHolder('local-supabase', folder);
  await killHard(holder.process);
  const supabase = await start({ dataDir: folder });
  expect(await good(serviceOf(supabase).from('angajati').select('id'))).toEqual([]);
});

describe('a start that cannot be', () => {
  test('on a folder that cannot be written', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await expect(start({ dataDir: join(file, 'data') })).rejects.toMatchObject({
      code: 'folder_unusable',
      message: expect.stringContaining('cannot be written') as string,
    });
  });

  test('on a port that is taken: says which, and the folder stays usable', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(start({ dataDir: folder, port })).rejects.toMatchObject({
      code: 'port_taken',
      message: expect.stringContaining(`Port ${port}`) as string,
    });
    other.close();
    const supabase = await start({ dataDir: folder, port });
    expect(supabase.url).toBe(`http://127.0.0.1:${port}`);
  });

  test('on keys that are no keys: says which file', async () => {
    await (await start({ dataDir: folder })).stop();
    await writeFile(join(folder, 'keys.json'), '{}');
    await expect(start({ dataDir: folder })).rejects.toMatchObject({ code: 'folder_unusable' });
    expect(await readFile(join(folder, 'keys.json'), 'utf8')).toBe('{}');
    await expect(access(join(folder, 'owner.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
