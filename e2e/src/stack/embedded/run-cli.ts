import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { searchPath } from '../../config.ts';
import type { CommandResult } from '../stack.ts';

const MAIN = path.join(import.meta.dirname, '../../../../sync/src/main.ts');

/** Runs one of the operator's commands, `sync devices accept-serial …`, as a process of its own. */
export async function runCli(env: Record<string, string>, args: string[]): Promise<CommandResult> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
    env: { PATH: searchPath, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[exitCode], stdout, stderr] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { exitCode, stdout, stderr };
}
