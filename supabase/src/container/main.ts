// The local Supabase in a container: `serve` (REST, Auth and Storage), `prepare` (one-shot: a plain PostgreSQL becomes a
// project's database, migrated and seeded), `migrate` (one-shot: the database has Supabase's own schemas already).
import { readContainerConfig } from '../config.ts';
import { serveLite } from '../local/serve-lite.ts';
import { messageOf, StackError } from '../stack-error.ts';
import { isLostConnection } from './lost-connection.ts';
import { migrate, prepare } from './prepare.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

const say = (line: string) => void process.stdout.write(`${line}\n`);
/** lite prints every failed statement with its values: people's names and device passwords. */
for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) console[method] = () => undefined;

// As PostgREST, this outlives its database.
process.on('uncaughtException', (error) => {
  if (isLostConnection(error)) return;
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exit(EXIT_FAILED);
});

const asked = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
});

async function run(command: string): Promise<number> {
  const config = readContainerConfig(undefined, command === 'migrate' ? 'migrate' : 'serve');
  if (command === 'prepare') await prepare(config, say);
  else if (command === 'migrate') await migrate(config, say);
  else if (command === 'serve') {
    const server = await serveLite(config.databaseUrl, config.storageDir, config, config.keys);
    say(`Local Supabase on ${config.host}:${config.port}.`);
    await asked;
    await server.stop();
  } else {
    process.stderr.write(`There is no command "${command}". Commands: serve, prepare, migrate.\n`);
    return EXIT_USAGE;
  }
  return 0;
}

try {
  process.exit(await run(process.argv[2] ?? 'serve'));
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(error instanceof StackError && error.code === 'settings_wrong' ? EXIT_USAGE : EXIT_FAILED);
}
