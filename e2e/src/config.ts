import path from 'node:path';
import type { DatabaseServer } from './stack/containers/database-server.ts';
import { PROJECT_SETTINGS } from './stack/project/project-access.ts';

/** Where programs are found; nothing else of the developer's environment reaches what the stack starts. */
export const searchPath = process.env.PATH ?? '';

const backends = ['embedded', 'containers', 'project'] as const;
/** What stacks are made of: processes of this machine, containers, or processes on a Supabase that runs already. */
export type Backend = (typeof backends)[number];

/** The backend of stacks that do not name one: E2E_BACKEND, `embedded` when it is not set. */
export const defaultBackend = readBackend(process.env.E2E_BACKEND);

/** Folder for what failing suites leave behind: E2E_RESULTS_DIR, `test-results/e2e` when it is not set. */
export const resultsDir =
  process.env.E2E_RESULTS_DIR ?? path.join(import.meta.dirname, '../../test-results/e2e');

/** The run's PostgreSQL for stacks of containers, from its set-up to its workers: E2E_SHARED_DATABASE, JSON. */
export const sharedDatabase =
  process.env.E2E_SHARED_DATABASE === undefined
    ? null
    : (JSON.parse(process.env.E2E_SHARED_DATABASE) as DatabaseServer);

/** Tells workers that start from now on; null: there is none any more. */
export function shareDatabase(server: DatabaseServer | null): void {
  if (server === null) delete process.env.E2E_SHARED_DATABASE;
  else process.env.E2E_SHARED_DATABASE = JSON.stringify(server);
}

/** The Supabase that stacks of the backend `project` empty and use; see stack/project/project-access.ts. */
export const projectSettings = Object.fromEntries(
  Object.values(PROJECT_SETTINGS).map((name) => [name, process.env[name]]),
);

/** Image of the database server; in a registry's reach `postgres:17-bookworm` will do. */
export const postgresImage = process.env.POSTGRES_IMAGE ?? 'pontaj/postgres:local';

function readBackend(value: string | undefined): Backend {
  const found = backends.find((backend) => backend === (value ?? 'embedded'));
  if (found) return found;
  throw new Error(`E2E_BACKEND is "${value ?? ''}"; it takes one of: ${backends.join(', ')}.`);
}
