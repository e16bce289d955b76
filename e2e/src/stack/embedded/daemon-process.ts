import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { searchPath } from '../../config.ts';
import { JsonLines, type LogEntry } from '../json-lines.ts';
import type { DaemonHandle } from '../stack.ts';

const MAIN = path.join(import.meta.dirname, '../../../../sync/src/main.ts');
const START_TIMEOUT_MS = 30_000;

/**
 * Starts the daemon as production does, as a process of its own, and resolves once it listens.
 * @param logFile Where all it prints is written as well, from its start on.
 */
export async function startDaemonProcess(
  env: Record<string, string>,
  logFile?: string,
): Promise<DaemonHandle> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    // Nothing is inherited but the path: a setting of the developer's shell must not change a test.
    env: { PATH: searchPath, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = new JsonLines();
  const file = logFile === undefined ? null : createWriteStream(logFile);
  const heard = (line: string) => {
    lines.push(line);
    file?.write(`${line}\n`);
  };
  createInterface({ input: child.stdout }).on('line', heard);
  createInterface({ input: child.stderr }).on('line', heard);
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  // Its last lines come after its end.
  const silent = once(child, 'close').then(
    () =>
      new Promise<void>((resolve) => {
        if (file === null) resolve();
        else file.end(resolve);
      }),
  );

  // Cleared once it listens: the time to start must not become the time to live.
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<'too long'>((resolve) => {
    timer = setTimeout(resolve, START_TIMEOUT_MS, 'too long' as const);
  });
  const url = await Promise.race([
    lines.waitFor((entry) => listeningUrl(entry) !== null, 0, silent).then(listeningUrl),
    silent.then(() => {
      throw new Error(
        `The daemon ended with code ${child.exitCode ?? 'none'} before it listened:\n${lines.tail()}`,
      );
    }),
    tooLong.then(() => {
      child.kill('SIGKILL');
      throw new Error(`The daemon did not listen within ${START_TIMEOUT_MS} ms:\n${lines.tail()}`);
    }),
  ]).finally(() => {
    clearTimeout(timer);
  });

  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await silent;
  };
  const pid = child.pid ?? null;
  return {
    url: url ?? '',
    pid,
    isHolder: (holder) => holder.startsWith(`${hostname()}-${pid ?? 'none'}-`),
    exited,
    logs: () => lines.entries(),
    waitForLog: (fits, after = 0) => lines.waitFor(fits, after, silent),
    output: () => lines.text(),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    freeze: () => Promise.resolve(void child.kill('SIGSTOP')),
    thaw: () => Promise.resolve(void child.kill('SIGCONT')),
  };
}

/** The daemon says where it listens in a log line of its own. */
function listeningUrl(entry: LogEntry): string | null {
  return entry.msg === 'listening' && typeof entry.url === 'string' ? entry.url : null;
}
