import { startLocalSupabase } from '@pontaj/supabase';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from './clock.ts';
import { readConfig, type Config } from './config.ts';
import { startDaemon, type Daemon, type DaemonOverrides } from './daemon.ts';
import { scopes } from './engine/run/scopes.ts';
import { ModelTerminal } from './engine/testing/model-terminal.ts';
import { employee, furnishedStore } from './http/testing/furnish.ts';
import { deviceId } from './http/testing/ids.ts';
import { SECRET, token } from './http/testing/tokens.ts';
import { createLog } from './observe/log.ts';
import { StoreRejectedError, StoreUnreachableError } from './store/store-errors.ts';
import { createDatabaseClient } from './store/supabase/client.ts';

let ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.reverse()) await end();
  ending = [];
});

const configOf = (environment: Record<string, string> = {}): Config =>
  readConfig({
    SUPABASE_URL: 'http://supabase',
    SUPABASE_SECRET_KEY: 'sb_secret_0123456789',
    SUPABASE_JWT_SECRET: SECRET,
    PORT: '0',
    RATE_LIMIT_MS: '0',
    LOG_LEVEL: 'trace',
    ...environment,
  });

const terminal = (n = 1) => new ModelTerminal(systemClock, 0, {}, `DS-${n}`);

async function start(overrides: DaemonOverrides, environment: Record<string, string> = {}) {
  const lines: string[] = [];
  const log = createLog('trace', { write: (line) => lines.push(line) });
  const daemon = await startDaemon(configOf(environment), { log, ...overrides });
  ending.push(() => daemon.stop());
  return { daemon, lines };
}

async function post(daemon: Daemon, kind: string, body: unknown) {
  const response = await fetch(`${daemon.url}/api/hikvision/${kind}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await token(Date.now())}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** Terminals of the furnished store's two devices. */
function fleet() {
  const store = furnishedStore(systemClock);
  const terminals = new Map([1, 2].map((n) => [deviceId(n), terminal(n)]));
  const clientFor: DaemonOverrides['clientFor'] = (device) =>
    terminals.get(device.deviceId)!.clientFor(device);
  return { store, terminals, clientFor };
}

describe('the daemon', () => {
  it('brings what is asked for to the terminals, and tells it in answer, log and metrics', async () => {
    const { store, terminals, clientFor } = fleet();
    const { daemon, lines } = await start({ store, clientFor });
    const { status, body } = await post(daemon, 'sync-all-to-all-devices', {});
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'completed', summary: { employees: 3, devices: 2, success: 6 } });
    for (const one of terminals.values()) {
      expect([...one.persons.keys()].sort()).toEqual(['1001', '1002', '1003']);
      expect([...one.faces.keys()].sort()).toEqual(['1001', '1002']);
    }
    const log = lines.join('');
    expect(log).toContain(`"url":"${daemon.url}"`);
    expect(log).toContain('"msg":"run finished"');
    expect(log).not.toMatch(/Nume Prenume|secret/);
    const metrics = await (await fetch(`${daemon.url}/metrics`)).text();
    expect(metrics).toContain('pontaj_runs_total{state="completed"} 1');
    expect(metrics).toContain('pontaj_pairs_total{status="sincronizat"} 6');
    expect(metrics).not.toMatch(/Poarta|secret/);
  });

  it('costs no call the second time', async () => {
    const { store, terminals, clientFor } = fleet();
    const { daemon } = await start({ store, clientFor });
    await post(daemon, 'sync-all-to-all-devices', {});
    const calls = () => [...terminals.values()].map((one) => one.calls.length);
    const before = calls();
    const { body } = await post(daemon, 'sync-all-to-all-devices', {});
    expect(calls()).toEqual(before);
    expect(body).toMatchObject({ status: 'completed', summary: { success: 6 } });
    expect(body.results).toHaveLength(6);
  });

  it('goes on by itself with what was open when it starts', async () => {
    const { store, terminals, clientFor } = fleet();
    const scope = scopes.allEmployeesToDevice(deviceId(1));
    const counts = { employeesInScope: 3, employeesWithoutNumber: 0 };
    const { runId } = await store.createRun(scope, 'before', [deviceId(1)], counts);
    const { daemon } = await start({ store, clientFor });
    await daemon.engine.whenFinished(runId);
    expect(terminals.get(deviceId(1))?.persons.size).toBe(3);
    expect((await store.readRun(runId))?.state).toBe('completed');
  });

  it('starts without a database, says so, and works as soon as it is there', async () => {
    const { store, clientFor } = fleet();
    let away = true;
    const shaky = new Proxy(store, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (!away || typeof method !== 'function') return method;
        return () => Promise.reject(new StoreUnreachableError('connect ECONNREFUSED'));
      },
    });
    const { daemon, lines } = await start({ store: shaky, clientFor, engineOptions: { pollMs: 5 } });
    expect(lines.join('')).toContain('database unreachable');
    expect((await fetch(`${daemon.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${daemon.url}/readyz`)).status).toBe(503);
    expect(await post(daemon, 'sync-all-to-all-devices', {})).toMatchObject({
      status: 503,
      body: { code: 'database_unreachable' },
    });
    away = false;
    expect((await fetch(`${daemon.url}/readyz`)).status).toBe(200);
    expect(await post(daemon, 'sync-all-to-all-devices', {})).toMatchObject({ status: 200 });
  });

  it('does not start with a database that refuses it', async () => {
    const { store, clientFor } = fleet();
    const refusing = { ...store, checkReachable: () => Promise.reject(new StoreRejectedError('wrong key')) };
    await expect(start({ store: refusing, clientFor })).rejects.toThrow('wrong key');
  });

  it('does not start on a port that is taken, and drives no device then', async () => {
    const first = fleet();
    const { daemon } = await start(first);
    const second = fleet();
    const port = new URL(daemon.url).port;
    await expect(start(second, { PORT: port })).rejects.toMatchObject({ code: 'cannot_listen' });
    const counts = { employeesInScope: 3, employeesWithoutNumber: 0 };
    await second.store.createRun(scopes.allEmployeesToDevice(deviceId(1)), 'x', [deviceId(1)], counts);
    const taken = await second.store.leaseDevicesWithWork('another daemon', 1000, 10);
    expect(taken.map((lease) => lease.deviceId)).toEqual([deviceId(1)]);
    expect([...second.terminals.values()].flatMap(({ calls }) => calls)).toEqual([]);
  });

  it('stops twice as well as once, and answers nobody then', async () => {
    const { daemon } = await start(fleet());
    await Promise.all([daemon.stop(), daemon.stop()]);
    await expect(fetch(`${daemon.url}/healthz`)).rejects.toThrow();
  });
});

it('works the same on a real database', async () => {
  const supabase = await startLocalSupabase();
  ending.push(() => supabase.stop());
  const database = createDatabaseClient({ ...supabase, timeoutMs: 10_000 });
  for (const n of [1, 2]) {
    const { data } = await database
      .from('angajati')
      .insert({ nume: 'Popescu', prenume: `Ion ${n}` })
      .select('id')
      .single()
      .throwOnError();
    await database
      .from('angajati_biometrie')
      .insert({ angajat_id: data.id, foto_fata_url: employee(n).photoUrl })
      .throwOnError();
  }
  await database
    .from('dispozitive_pontaj')
    .insert({ nume: 'Poarta', ip_address: '192.0.2.1', username: 'admin', password_encrypted: 'secret' })
    .throwOnError();

  const device = terminal();
  const { daemon } = await start(
    { clientFor: (one) => device.clientFor(one) },
    { SUPABASE_URL: supabase.url, SUPABASE_SECRET_KEY: supabase.secretKey, JWT_ISSUER: 'any' },
  );
  const { status, body } = await post(daemon, 'sync-all-to-all-devices', {});
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { status: 'completed', summary: { success: 2 } },
  });
  expect([...device.persons.values()].map(({ name }) => name)).toEqual(['Popescu Ion 1', 'Popescu Ion 2']);
  expect(device.offences).toEqual([]);

  const { data: rows } = await database
    .from('angajati_biometrie_dispozitive')
    .select('employee_no, status_sincronizare')
    .order('employee_no')
    .throwOnError();
  expect(rows).toEqual(
    [1000, 1001].map((employee_no) => ({ employee_no, status_sincronizare: 'sincronizat' })),
  );
  const { data: devices } = await database
    .from('dispozitive_pontaj')
    .select('ultima_sincronizare, numar_serie')
    .throwOnError();
  expect(devices).toEqual([{ ultima_sincronizare: expect.any(String), numar_serie: 'DS-1' }]);
});
