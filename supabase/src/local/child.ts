import { lockFolder } from '../postgres/folder-lock.ts';
import { startPostgres, type LocalPostgres } from '../postgres/start-postgres.ts';
import { messageOf, StackError } from '../stack-error.ts';
import { isStartMessage, type ChildMessage, type StartMessage } from './child-messages.ts';
import { readKeys } from './keys.ts';
import { projectFolders, removeProject } from './project-folder.ts';
import { serveLite, type LiteServer } from './serve-lite.ts';

// The process that holds the local Supabase: forked by startLocalSupabase, one start message in, one answer out.
// It ends when its parent is gone, however that went.

/** lite prints every failed statement with its values: people's names and device passwords. */
for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) console[method] = () => undefined;

let release: (() => Promise<void>) | null = null;
let postgres: LocalPostgres | null = null;
let lite: LiteServer | null = null;
let ending: Promise<never> | null = null;

process.once('message', (message) => {
  if (!isStartMessage(message)) return;
  start(message).catch((error: unknown) => {
    const code = error instanceof StackError ? error.code : 'start_failed';
    process.send?.({ type: 'failed', code, message: messageOf(error) } satisfies ChildMessage);
    void end(1);
  });
});
process.once('disconnect', () => void end(0));
// Ctrl-C reaches the whole group of processes: the parent decides when to end.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => void end(0));
process.on('uncaughtException', () => void end(1));

async function start({ dataDir, port, temporary }: StartMessage): Promise<void> {
  const unlock = await lockFolder(dataDir);
  release = temporary ? () => removeProject(dataDir, true) : unlock;
  const keys = await readKeys(dataDir);
  const folders = projectFolders(dataDir);
  postgres = await startPostgres({ dataDir: folders.postgres, durability: temporary ? 'unsafe' : 'fsync' });
  const databaseUrl = postgres.urlOf('postgres');
  lite = await serveLite(databaseUrl, folders.storage, { port }, keys);
  process.send?.({ type: 'ready', url: lite.url, databaseUrl, ...keys } satisfies ChildMessage);
}

function end(code: number): Promise<never> {
  ending ??= (async () => {
    await lite?.stop().catch(() => undefined);
    await postgres?.stop().catch(() => undefined);
    await release?.().catch(() => undefined);
    process.exit(code);
  })();
  return ending;
}
