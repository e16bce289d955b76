import { issueToken } from '@pontaj/supabase';
import { inventPeople } from '../people/people.ts';
import { readPeople } from '../people/read-people.ts';
import { storePeople } from '../people/store-people.ts';
import { databaseClient } from './database-client.ts';
import type { Ground, GroundOptions } from './ground.ts';
import type { DaemonHandle, RunBody, Stack, StackOptions } from './stack.ts';
import { storeDevices } from './store-devices.ts';

const ACCOUNT = { username: 'admin', password: 'Parola-123' };
/** The local Supabase names no issuer in tokens of its own; the stack's have one, as production's do. */
const TOKEN_ISSUER = 'https://stack.example/auth/v1';
/** Short, so that suites are quick; the default of 1 s is shown on a virtual clock in sync/. */
const PAUSE_MS = 5;
/** A developer's working day on one token. */
const TOKEN_LIFE_S = 86_400;

/** Starts a ground and puts people, terminals and a daemon on it. What fails takes the ground down again. */
export async function furnish<Kind extends Ground>(
  options: StackOptions,
  startGround: (options: GroundOptions) => Promise<Kind>,
): Promise<Stack & { readonly ground: Kind }> {
  const ground = await startGround({ ...options, terminalAccount: ACCOUNT });
  try {
    return await furnished(options, ground);
  } catch (error) {
    await ground.stop();
    throw error;
  }
}

async function furnished<Kind extends Ground>(
  options: StackOptions,
  ground: Kind,
): Promise<Stack & { readonly ground: Kind }> {
  const { supabase } = ground;
  const database = databaseClient(supabase);
  const wanted =
    typeof options.employees === 'object' ? options.employees : inventPeople(options.employees ?? 5);
  const known = await readPeople(database);
  const employees = known.length > 0 ? known : await storePeople(database, wanted);
  const devices = await storeDevices(database, ground.terminals);
  const daemonEnv = {
    SUPABASE_URL: supabase.innerUrl,
    SUPABASE_SECRET_KEY: supabase.secretKey,
    SUPABASE_JWT_SECRET: supabase.jwtSecret,
    JWT_ISSUER: TOKEN_ISSUER,
    RATE_LIMIT_MS: String(PAUSE_MS),
    ...options.daemonEnv,
  };
  const daemons: DaemonHandle[] = [];
  const token = (claims: Record<string, unknown> = {}) =>
    issueToken({
      jwtSecret: supabase.jwtSecret,
      sub: '00000000-0000-4000-8000-000000000001',
      expiresInS: TOKEN_LIFE_S,
      claims: { iss: TOKEN_ISSUER, app_metadata: { role: 'admin' }, ...claims },
    });
  const stack: Stack & { readonly ground: Kind } = {
    ground,
    supabase,
    daemonEnv,
    controlUrl: ground.controlUrl,
    database,
    employees,
    devices,
    daemons,
    get daemon() {
      const latest = daemons.at(-1);
      if (!latest) throw new Error('This stack has no daemon yet: call startDaemon() first.');
      return latest;
    },
    startDaemon: async (env = {}) => {
      const daemon = await ground.startDaemon({ ...daemonEnv, ...env });
      daemons.push(daemon);
      return daemon;
    },
    cli: (args) => ground.runCli(daemonEnv, args),
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
    outputs: () => ground.outputs(),
    stop: () => ground.stop(),
  };
  if (options.startDaemon !== false) await stack.startDaemon();
  return stack;
}
