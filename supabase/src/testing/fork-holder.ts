import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Runs one of the programs beside this file on a folder until it says that it is up. */
export async function forkHolder(
  program: 'hold-postgres' | 'hold-local-supabase',
  dataDir: string,
): Promise<{ process: ChildProcess; databaseUrl: string }> {
  const child = fork(new URL(`${program}.ts`, import.meta.url), [dataDir], { stdio: 'ignore', execArgv: [] });
  const [message] = (await once(child, 'message')) as [{ url: string }];
  return { process: child, databaseUrl: message.url };
}

export async function killHard(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
