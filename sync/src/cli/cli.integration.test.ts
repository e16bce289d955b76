import { randomUUID } from 'node:crypto';
import { startLocalSupabase, type LocalSupabase } from '@pontaj/supabase';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createDatabaseClient, type Client } from '../store/supabase/client.ts';
import { scopes } from '../engine/run/scopes.ts';
import { credentialsFingerprint } from '../model/fingerprints.ts';
import { createSupabaseStore } from '../store/supabase/supabase-store.ts';
import { runCli } from './run-cli.ts';

/** As long as they are: what to do stands at the end. */
const LAST_ERROR =
  'Another terminal answers at this address: serial number DS-NEW, expected DS-OLD. Correct ip_address, or accept the new terminal.';
const NOBODY = '00000000-0000-4000-8000-00000000dead';
let supabase: LocalSupabase;
let database: Client;
let settings: Record<string, string>;
const deviceId = randomUUID();
const credentials = { username: 'admin', password: 'Parola-123' };
const refused = credentialsFingerprint({ deviceId, ...credentials });

async function run(
  words: string[],
  environment: Record<string, string> = settings,
  { interrupted, onNote }: { interrupted?: AbortSignal; onNote?: (text: string) => void } = {},
) {
  let out = '';
  let note = '';
  const code = await runCli(words, {
    out: (text) => (out += text),
    note: (text) => {
      note += text;
      onNote?.(text);
    },
    interactive: false,
    environment,
    interrupted: interrupted ?? new AbortController().signal,
  });
  return { code, out, note };
}

beforeAll(async () => {
  supabase = await startLocalSupabase();
  database = createDatabaseClient({ ...supabase, timeoutMs: 10_000 });
  settings = {
    SUPABASE_URL: supabase.url,
    SUPABASE_SECRET_KEY: supabase.secretKey,
    SUPABASE_JWT_SECRET: supabase.jwtSecret,
    PORT: '0',
    LOG_LEVEL: 'silent',
  };
  await database
    .from('dispozitive_pontaj')
    .insert({
      id: deviceId,
      nume: 'Poarta Nord',
      ip_address: '192.0.2.1',
      username: credentials.username,
      password_encrypted: credentials.password,
      // Left alone by runs: nothing answers there.
      status: 'inactiv',
      numar_serie: 'DS-OLD',
      credentiale_refuzate: refused,
      blocat_pana_la: '2030-01-01T00:00:00Z',
      ultima_eroare: LAST_ERROR,
    })
    .throwOnError();
});
afterAll(() => supabase.stop());

describe('commands', () => {
  it('teach', async () => {
    const { code, out } = await run(['--help'], {});
    expect(code).toBe(0);
    for (const taught of [
      'run',
      'devices',
      'accept-serial',
      'retry-credentials',
      'SUPABASE_URL',
      'Exit codes',
    ])
      expect(out).toContain(taught);
  });

  it.each([
    [['run', '--dryrun'], 'Did you mean --dry-run?'],
    [['frobnicate'], 'no command "frobnicate"'],
    [['run', '--angajat', 'ion'], '--angajat is "ion"'],
    [['run', '--full', '--verify'], 'exclude each other'],
    [['run', '--photo-only'], 'give --angajat'],
    [['run', '--santier', NOBODY, '--dispozitiv', NOBODY], 'exclude each other'],
    [['run', '--angajat', NOBODY], `no employee ${NOBODY}`],
    [['run', '--dispozitiv', NOBODY], `no device ${NOBODY}`],
    [['devices', 'accept-serial', NOBODY], `no device ${NOBODY}`],
    [['devices', 'retry-credentials', NOBODY], `no device ${NOBODY}`],
    [['runs', 'show', NOBODY], `no run ${NOBODY}`],
    [['runs', '--limit', 'all'], '--limit is "all"'],
  ])('%j say what does not fit', async (words, complaint) => {
    const { code, note, out } = await run(words);
    expect(note).toContain(complaint);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('say that the database is away, and end with a code of its own', async () => {
    const { code, note } = await run(['devices'], { ...settings, SUPABASE_URL: 'http://127.0.0.1:1' });
    expect(code).toBe(3);
    expect(note).toContain('SUPABASE_URL');
  });

  it.each([['serve'], ['devices'], ['run']])(
    '%s does not work with a key the database refuses',
    async (word) => {
      const { code, note, out } = await run([word], {
        ...settings,
        SUPABASE_SECRET_KEY: 'sb_secret_of_another',
      });
      expect(code).toBe(2);
      expect(note).toContain('SUPABASE_SECRET_KEY');
      expect(note + out).not.toContain('sb_secret_of_another');
    },
  );
});

describe('devices', () => {
  it('are listed with what an operator needs, and no password', async () => {
    const table = await run(['devices']);
    expect(table.code).toBe(0);
    for (const told of [deviceId, 'Poarta Nord', '192.0.2.1:80', 'credentials refused', 'DS-OLD'])
      expect(table.out).toContain(told);
    expect(table.out).toContain(`Poarta Nord: ${LAST_ERROR}\n`);
    const json = await run(['devices', '--json']);
    expect(JSON.parse(json.out)).toMatchObject([
      { id: deviceId, serial: 'DS-OLD', credentials: 'refused', error: LAST_ERROR },
    ]);
    expect(table.out + json.out).not.toMatch(new RegExp(`${credentials.password}|${refused}`));
  });

  it('with another serial number accepted are unknown again, and so is who is on them', async () => {
    await database
      .from('angajati_biometrie_dispozitive')
      .insert({
        dispozitiv_id: deviceId,
        employee_no: 5000,
        persoana_stare: 'confirmata',
        persoana_amprenta: 'p',
        fata_stare: 'straina',
        acces_inchis: true,
        status_sincronizare: 'sincronizat',
      })
      .throwOnError();
    const { code, out } = await run(['devices', 'accept-serial', deviceId, 'DS-NEW']);
    expect(code).toBe(0);
    expect(out).toContain('DS-NEW');
    const { data: device } = await database.from('dispozitive_pontaj').select().single().throwOnError();
    expect(device).toMatchObject({
      numar_serie: 'DS-NEW',
      inventariat_la: null,
      straini_numar: null,
      ultima_eroare: null,
    });
    const { data: row } = await database
      .from('angajati_biometrie_dispozitive')
      .select()
      .single()
      .throwOnError();
    expect(row).toMatchObject({
      persoana_stare: 'necunoscuta',
      persoana_amprenta: null,
      fata_stare: 'necunoscuta',
      acces_inchis: false,
      status_sincronizare: 'pending',
    });
  });

  it('are logged in to once more when asked, but not while they are locked', async () => {
    const { code, out } = await run(['devices', 'retry-credentials', deviceId]);
    expect(code).toBe(0);
    expect(out).toContain('at the first sync after 2030-01-01 00:00:00 (UTC)');
    const { data } = await database.from('dispozitive_pontaj').select().single().throwOnError();
    expect(data.credentiale_refuzate).toBeNull();
    expect(data.blocat_pana_la).not.toBeNull();
  });
});

describe('runs', () => {
  it('are run, listed, shown, and cannot be cancelled when they are over', async () => {
    const ran = await run(['run', '--json']);
    expect(ran.code).toBe(0);
    const body = JSON.parse(ran.out) as Record<string, unknown>;
    const runId = String(body.run_id);
    expect(body).toMatchObject({
      status: 'completed',
      requested_by: 'cli',
      summary: { devices: 0 },
      results: [],
    });
    expect((await run(['runs'])).out).toContain(runId);
    expect(JSON.parse((await run(['runs', '--json'])).out)).toMatchObject([{ run_id: runId }]);
    expect((await run(['runs', 'show', runId])).out).toContain(`Run ${runId}: completed`);
    const cancelled = await run(['runs', 'cancel', runId]);
    expect(cancelled.code).toBe(2);
    expect(cancelled.note).toContain('is over (completed)');
  });
});

it('a run writes beside its result what a device said that nobody understands', async () => {
  const terminal = createServer((_request, response) => response.end('ce e asta?'));
  await new Promise<void>((resolve) => terminal.listen(0, '127.0.0.1', resolve));
  const { data } = await database
    .from('dispozitive_pontaj')
    .insert({
      nume: 'Poarta Sud',
      ip_address: '127.0.0.1',
      port: (terminal.address() as AddressInfo).port,
      username: 'admin',
      password_encrypted: 'Parola-123',
      status: 'activ',
    })
    .select('id')
    .single()
    .throwOnError();
  onTestFinished(async () => {
    terminal.close();
    await database.from('dispozitive_pontaj').delete().eq('id', data.id).throwOnError();
  });
  const words = ['run', '--dispozitiv', data.id, '--verify', '--json'];
  const { code, out, note } = await run(words, { ...settings, LOG_LEVEL: 'info' });
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ devices: [{ nume: 'Poarta Sud', status: 'stopped' }] });
  const logged = note
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(logged).toMatchObject([
    { level: 'warn', event: 'device.stopped', code: 'device_unknown_answer', raw: 'ce e asta?' },
  ]);
  expect(note).not.toContain('Parola-123');
});

describe('Ctrl-C', () => {
  it('before anything was asked for asks for nothing', async () => {
    const before = await run(['runs', '--json']);
    const { code, note } = await run(['run', '--full'], settings, { interrupted: AbortSignal.abort() });
    expect(code).toBe(1);
    expect(note).toContain('nothing was asked for');
    expect((await run(['runs', '--json'])).out).toBe(before.out);
  });

  it('leaves alone a run that somebody else has asked for', async () => {
    await database.from('dispozitive_pontaj').update({ status: 'activ' }).eq('id', deviceId).throwOnError();
    const store = createSupabaseStore(database, () => Date.now());
    const scope = scopes.allEmployeesToDevice(deviceId);
    const { runId } = await store.createRun(scope, 'ana', [deviceId], {
      employeesInScope: 0,
      employeesWithoutNumber: 0,
    });
    // Another daemon is at it, so that the command has to wait.
    expect(await store.leaseDevicesWithWork('another daemon', 600_000, 10)).toHaveLength(1);
    const ctrl = new AbortController();
    const onNote = (text: string) => {
      if (text.includes('running already')) ctrl.abort();
    };
    const { code, note } = await run(['run', '--dispozitiv', deviceId], settings, {
      interrupted: ctrl.signal,
      onNote,
    });
    expect(code).toBe(1);
    expect(note).toContain(`The run goes on: sync runs show ${runId}`);
    const left = await store.readRun(runId);
    expect(left).toMatchObject({ state: 'queued', cancelRequested: false });
  });
});

describe('a setting that looks misspelt', () => {
  it('is told, since the default holds', async () => {
    const { code, note } = await run(['devices'], { ...settings, ADOPT_FACE: 'trust' });
    expect(code).toBe(0);
    expect(note).toBe('ADOPT_FACE is no setting and is ignored. Did you mean ADOPT_FACES?\n');
  });
});
