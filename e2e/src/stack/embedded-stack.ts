import { issueToken, startLocalSupabase, type Database, type LocalSupabase } from '@pontaj/supabase';
import { listenControl, startFleet, type Fleet } from '@pontaj/simulator';
import { createClient } from '@supabase/supabase-js';
import path from 'node:path';
import { inventPeople } from '../people/people.ts';
import { readPeople } from '../people/read-people.ts';
import { storePeople } from '../people/store-people.ts';
import { startDaemonProcess } from './daemon-process.ts';
import type { DaemonHandle, RunBody, Stack, StackOptions } from './stack.ts';
import { storeDevices } from './store-devices.ts';

const DEVICE_PASSWORD = 'Parola-123';
/** The local Supabase names no issuer in tokens of its own; the stack's have one, as production's do. */
const TOKEN_ISSUER = 'https://stack.example/auth/v1';
/** Short, so that suites are quick; the default of 1 s is shown on a virtual clock in sync/. */
const PAUSE_MS = 5;
/** A developer's working day on one token. */
const TOKEN_LIFE_S = 86_400;

/**
 * Database, terminals and daemon on this machine without containers: the local Supabase in a child process, the
 * terminals in this process, the daemon in a child process. `stop()` ends all of it, also after a failed start.
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const ending: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of ending.splice(0).reverse()) await end();
  };
  try {
    const { dataDir, ports } = options;
    const supabase = await startLocalSupabase({
      dataDir: dataDir && path.join(dataDir, 'supabase'),
      port: ports?.supabase ?? 0,
    });
    ending.push(() => supabase.stop());
    const fleet = await startFleet({
      devices: options.devices ?? 3,
      ...(options.traits && { traits: options.traits }),
      port: ports?.devices ?? 0,
      password: DEVICE_PASSWORD,
      seed: options.seed ?? 1,
      // What the terminals hold must last as long as what the database remembers of them.
      ...(dataDir && { stateDir: path.join(dataDir, 'terminals') }),
    });
    ending.push(() => fleet.stop());
    const control =
      ports?.control === undefined
        ? null
        : await listenControl({ fleet, host: '127.0.0.1', port: ports.control });
    if (control) ending.push(() => control.stop());
    return await furnish({ supabase, fleet, controlUrl: control?.url ?? null, options, ending, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

async function furnish(parts: {
  supabase: LocalSupabase;
  fleet: Fleet;
  controlUrl: string | null;
  options: StackOptions;
  ending: (() => Promise<void>)[];
  stop: () => Promise<void>;
}): Promise<Stack> {
  const { supabase, fleet, controlUrl, options, ending, stop } = parts;
  const database = createClient<Database>(supabase.url, supabase.secretKey, {
    auth: { persistSession: false },
  });
  const wanted =
    typeof options.employees === 'object' ? options.employees : inventPeople(options.employees ?? 5);
  const known = await readPeople(database);
  const employees = known.length > 0 ? known : await storePeople(database, wanted);
  const devices = await storeDevices(database, fleet.devices);
  const daemonEnv = {
    SUPABASE_URL: supabase.url,
    SUPABASE_SECRET_KEY: supabase.secretKey,
    SUPABASE_JWT_SECRET: supabase.jwtSecret,
    JWT_ISSUER: TOKEN_ISSUER,
    PORT: String(options.ports?.daemon ?? 0),
    RATE_LIMIT_MS: String(PAUSE_MS),
    ...options.daemonEnv,
  };
  const startDaemon = async (env: Record<string, string> = {}) => {
    const daemon = await startDaemonProcess({ ...daemonEnv, ...env });
    ending.push(() => daemon.stop());
    current = daemon;
    return daemon;
  };
  let current: DaemonHandle | null = null;
  if (options.startDaemon !== false) await startDaemon();

  const token = (claims: Record<string, unknown> = {}) =>
    issueToken({
      jwtSecret: supabase.jwtSecret,
      sub: '00000000-0000-4000-8000-000000000001',
      expiresInS: TOKEN_LIFE_S,
      claims: { iss: TOKEN_ISSUER, app_metadata: { role: 'admin' }, ...claims },
    });
  const stack: Stack = {
    supabase,
    controlUrl,
    database,
    employees,
    devices,
    daemonEnv,
    get daemon() {
      if (!current) throw new Error('This stack has no daemon yet: call startDaemon() first.');
      return current;
    },
    startDaemon,
    addEmployees: async (more) => {
      const added = await storePeople(database, more);
      employees.push(...added);
      return added;
    },
    token,
    sync: async (action, body = {}, { token: given, headers = {} } = {}) => {
      const response = await fetch(`${stack.daemon.url}/api/hikvision/${action}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${given ?? token()}`,
          'content-type': 'application/json',
          ...headers,
        },
        body: JSON.stringify(body),
      });
      return { status: response.status, headers: response.headers, body: (await response.json()) as RunBody };
    },
    stop,
  };
  return stack;
}
