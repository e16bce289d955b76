import type { SupabaseAccess } from '../stack.ts';

/** Where each part of a project's access stands in the environment. */
export const PROJECT_SETTINGS = {
  url: 'E2E_SUPABASE_URL',
  databaseUrl: 'E2E_DATABASE_URL',
  publishableKey: 'E2E_SUPABASE_PUBLISHABLE_KEY',
  secretKey: 'E2E_SUPABASE_SECRET_KEY',
  jwtSecret: 'E2E_SUPABASE_JWT_SECRET',
} as const satisfies Record<keyof SupabaseAccess, string>;

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * The project that suites may empty and use.
 * @throws Error that names every setting that is missing, or the address that is not of this machine
 */
export function readProjectAccess(settings: Readonly<Record<string, string | undefined>>): SupabaseAccess {
  const missing = Object.values(PROJECT_SETTINGS).filter((name) => !settings[name]);
  if (missing.length > 0)
    throw new Error(
      `The backend "project" needs ${missing.join(', ')}: docs/containers.md says which values.`,
    );
  const read = (part: keyof SupabaseAccess) => settings[PROJECT_SETTINGS[part]] ?? '';
  for (const part of ['url', 'databaseUrl'] as const) {
    const host = URL.canParse(read(part)) ? new URL(read(part)).hostname : 'no URL';
    if (!LOOPBACK.includes(host))
      throw new Error(
        `${PROJECT_SETTINGS[part]} is at ${host}: the suites empty every table of the project, so they take one on this machine only.`,
      );
  }
  return {
    url: read('url').replace(/\/$/, ''),
    databaseUrl: read('databaseUrl'),
    publishableKey: read('publishableKey'),
    secretKey: read('secretKey'),
    jwtSecret: read('jwtSecret'),
  };
}
