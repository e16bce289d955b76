import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const PROGRAMS = {
  postgres: new URL('./hold-postgres.ts', import.meta.url),
  'local-supabase': new URL('./hold-local-supabase.ts', import.meta.url),
};

/** Runs one of the programs beside this file on a folder until it says that it is up. */
export async function forkHolder(
  program: keyof typeof PROGRAMS,
  dataDir: string,
): Promise<{ process: ChildProcess; databaseUrl: string }> {
  const child = fork(PROGRAMS[program], [dataDir], { stdio: 'ignore', execArgv: [] });
  const [message] = (await once(child, 'message')) as [{ url: string }];
  return { process: child, databaseUrl: message.url };
}

export async function killHard(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
