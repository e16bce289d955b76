import type { ProjectKeys } from './local/keys.ts';
import { StackError } from './stack-error.ts';

const DEFAULT_PORT = 54_321;

/** What the local Supabase in a container is told by its environment. */
export interface ContainerConfig {
  databaseUrl: string;
  host: string;
  port: number;
  storageDir: string;
  keys: ProjectKeys;
  /** Files in `supabase/`, run in this order after the migrations. */
  seedFiles: string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Throws `StackError` `settings_wrong` naming every setting that is missing or makes no sense. `migrate` needs no keys:
 * nobody is served.
 */
export function readContainerConfig(
  environment: Environment = process.env,
  purpose: 'serve' | 'migrate' = 'serve',
): ContainerConfig {
  const problems: string[] = [];
  const read = (name: string, expects: string, accepts: (text: string) => boolean, fallback?: string) => {
    const given = environment[name]?.trim();
    const text = given === undefined || given === '' ? fallback : given;
    if (text === undefined) problems.push(`${name} is not set. Set ${expects}.`);
    else if (!accepts(text)) problems.push(`${name} does not fit. Set ${expects}.`);
    return text ?? '';
  };
  const filled = () => true;
  const noKey = purpose === 'migrate' ? 'unused' : undefined;
  const config: ContainerConfig = {
    databaseUrl: read(
      'DATABASE_URL',
      'where the PostgreSQL is: postgresql://user:password@host:5432/postgres',
      (text) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol),
    ),
    host: read('HOST', 'an address to listen on', filled, '127.0.0.1'),
    port: Number(read('PORT', 'a port from 0 to 65535', isPort, String(DEFAULT_PORT))),
    storageDir: read('STORAGE_DIR', 'the folder for photos', filled, '/storage'),
    keys: {
      publishableKey: read('SUPABASE_PUBLISHABLE_KEY', 'a key of your own: sb_publishable_…', filled, noKey),
      secretKey: read('SUPABASE_SECRET_KEY', 'a key of your own: sb_secret_…', filled, noKey),
      jwtSecret: read(
        'SUPABASE_JWT_SECRET',
        '32 characters or more',
        (text) => text.length >= 32 || text === noKey,
        noKey,
      ),
    },
    seedFiles: (environment.SEED_FILES ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  };
  for (const name of config.seedFiles)
    if (!/^[\w.-]+\.sql$/.test(name))
      problems.push(`SEED_FILES names ${name}. Set names of SQL files in supabase/, with commas between.`);
  if (problems.length > 0) throw new StackError('settings_wrong', problems.join('\n'));
  return config;
}

function isPort(text: string): boolean {
  const port = Number(text);
  return Number.isInteger(port) && port >= 0 && port <= 65_535;
}
