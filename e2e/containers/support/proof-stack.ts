import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { issueToken, type Database } from '@pontaj/supabase';
import type { FaceView, PersonView } from '@pontaj/simulator';
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { composeProject, type ComposeProject } from '../../../scripts/containers/compose.ts';
import { docker } from '../../../scripts/containers/docker.ts';
import { writeEnvFile } from '../../../scripts/containers/env-file.ts';
import type { RunBody } from '../../src/index.ts';
import type { SupabaseAccess } from '../../src/stack/stack.ts';
import { saveEvidence } from './evidence.ts';

/** The terminals of the compose files. */
export const TERMINALS = ['poarta-1', 'poarta-2', 'poarta-3'] as const;

/** Any free port of this machine, for everything that is published. */
const FREE_PORTS = ['SUPABASE', 'SYNC', 'DATABASE', 'CONTROL_PORT_1', 'CONTROL_PORT_2', 'CONTROL_PORT_3'].map(
  (name) => [name.includes('PORT') ? name : `${name}_PORT`, '0'] as const,
);
/** How containers know the local Supabase; photos are fetched from there. */
const SUPABASE_INSIDE = 'http://supabase:54321';
const READY_TIMEOUT_MS = 60_000;
const ASK_EVERY_MS = 250;

/** A compose file's stack, up and ready, seen from this machine. */
export interface ProofStack {
  project: ComposeProject;
  database: SupabaseClient<Database>;
  access: SupabaseAccess;
  /** `POST /api/hikvision/<action>` as a user who may. */
  sync(action: string, body?: unknown): Promise<{ status: number; body: RunBody }>;
  /** What a terminal holds, by its own account. */
  held(terminal: string): Promise<{ persons: PersonView[]; faces: FaceView[] }>;
  cut(terminal: string): Promise<void>;
  mend(terminal: string): Promise<void>;
  /** The address of a photo, as a terminal reaches it. */
  photoUrlInside(url: string): string;
  end(): Promise<void>;
}

/** Terminal `poarta-2` is at the end of `line-2`. */
const lineOf = (project: ComposeProject, terminal: string) =>
  `${project.name}_line-${terminal.replace(/^\D+/, '')}`;

/** docker-compose.supabase.yml has the older kind of keys. */
const KEYS: Record<string, { publishable: string; secret: string }> = {
  'docker-compose.yml': { publishable: 'SUPABASE_PUBLISHABLE_KEY', secret: 'SUPABASE_SECRET_KEY' },
  'docker-compose.supabase.yml': { publishable: 'SUPABASE_ANON_KEY', secret: 'SUPABASE_SERVICE_ROLE_KEY' },
};

/** @param file the compose file, in the root of the repository */
export async function startProofStack(
  name: string,
  file: string,
  postgresImage: string,
): Promise<ProofStack> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pontaj-proof-'));
  let project: ComposeProject | undefined;
  const end = async () => {
    try {
      await project?.down();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
  try {
    const envFile = path.join(folder, 'env');
    await writeEnvFile(envFile, { POSTGRES_IMAGE: postgresImage, ...Object.fromEntries(FREE_PORTS) });
    project = await composeProject(name, file, envFile);
    await project.up();
    return await seenFromHere(project, file, envFile, end);
  } catch (cause) {
    const evidence = project ? `What it printed is in ${await saveEvidence(project, TERMINALS)}.` : '';
    await end().catch((error: unknown) => {
      console.error(`It could not be taken down either: ${String(error)}`);
    });
    throw new Error(`The stack of ${file} did not come up. ${evidence}`, { cause });
  }
}

async function seenFromHere(
  project: ComposeProject,
  file: string,
  envFile: string,
  end: () => Promise<void>,
): Promise<ProofStack> {
  const settings = new Map(
    Array.from((await readFile(envFile, 'utf8')).matchAll(/^(\w+)=(.*)$/gm), ([, key = '', value = '']) => [
      key,
      value,
    ]),
  );
  const setting = (key: string | undefined) => settings.get(key ?? '') ?? '';
  const supabaseUrl = `http://${await project.address('supabase', 54_321)}`;
  const databaseAddress = await project.address('database', 5432);
  const access: SupabaseAccess = {
    url: supabaseUrl,
    databaseUrl: `postgresql://postgres:${setting('POSTGRES_PASSWORD')}@${databaseAddress}/postgres`,
    publishableKey: setting(KEYS[file]?.publishable),
    secretKey: setting(KEYS[file]?.secret),
    jwtSecret: setting('SUPABASE_JWT_SECRET'),
  };
  const daemonUrl = `http://${await project.address('sync', 8080)}`;
  await ready(`${daemonUrl}/readyz`);
  const token = issueToken({
    jwtSecret: access.jwtSecret,
    sub: '00000000-0000-4000-8000-000000000001',
    claims: { app_metadata: { role: 'admin' } },
  });
  const database = createClient<Database>(supabaseUrl, access.secretKey, {
    auth: { persistSession: false },
  });
  return {
    project,
    database,
    access,
    sync: async (action, body = {}) => {
      const response = await fetch(`${daemonUrl}/api/hikvision/${action}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as RunBody };
    },
    held: async (terminal) => {
      const device = `http://${await project.address(terminal, 9100)}/api/devices/device-1`;
      const [persons, faces] = await Promise.all(
        ['persons', 'faces'].map(async (what) => (await fetch(`${device}/${what}`)).json()),
      );
      return { persons: persons as PersonView[], faces: faces as FaceView[] };
    },
    cut: async (terminal) => {
      await docker(['network', 'disconnect', lineOf(project, terminal), await project.container(terminal)]);
    },
    mend: async (terminal) => {
      await docker([
        ...['network', 'connect', '--alias', terminal],
        ...[lineOf(project, terminal), await project.container(terminal)],
      ]);
    },
    photoUrlInside: (url) => url.replace(supabaseUrl, SUPABASE_INSIDE),
    end,
  };
}

async function ready(url: string): Promise<void> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  for (;;) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    if (performance.now() > deadline)
      throw new Error(`${url} does not say that the daemon is ready: ${answer?.status ?? 'no answer'}.`);
    await sleep(ASK_EVERY_MS);
  }
}
