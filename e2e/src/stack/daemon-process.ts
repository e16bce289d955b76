import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { searchPath } from '../config.ts';
import type { DaemonHandle } from './stack.ts';

const MAIN = path.join(import.meta.dirname, '../../../sync/src/main.ts');
const MAX_LINES_KEPT = 20_000;
const START_TIMEOUT_MS = 30_000;

/** Starts the daemon as production does, as a process of its own, and resolves once it listens. */
export async function startDaemonProcess(env: Record<string, string>): Promise<DaemonHandle> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    // Nothing is inherited but the path: a setting of the developer's shell must not change a test.
    env: { PATH: searchPath, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const news = new EventEmitter<{ line: [] }>();
  const keep = (line: string) => {
    lines.push(line);
    if (lines.length > MAX_LINES_KEPT) lines.shift();
    news.emit('line');
  };
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const listening = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      keep(line);
      const url = listeningUrl(line);
      if (url) resolve(url);
    });
  });
  createInterface({ input: child.stderr }).on('line', keep);

  // Cleared once it listens: the time to start must not become the time to live.
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<'too long'>((resolve) => {
    timer = setTimeout(resolve, START_TIMEOUT_MS, 'too long' as const);
  });
  const url = await Promise.race([
    listening,
    exited.then((code) => {
      throw new Error(
        `The daemon ended with code ${code} before it listened:\n${lines.slice(-20).join('\n')}`,
      );
    }),
    tooLong.then(() => {
      child.kill('SIGKILL');
      throw new Error(
        `The daemon did not listen within ${START_TIMEOUT_MS} ms:\n${lines.slice(-20).join('\n')}`,
      );
    }),
  ]).finally(() => {
    clearTimeout(timer);
  });

  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
  };
  const logs = () => lines.map(parsed).filter((entry) => entry !== null);
  return {
    url,
    pid: child.pid ?? 0,
    exited,
    logs,
    waitForLog: async (fits, after = 0) => {
      for (;;) {
        const found = logs().slice(after).find(fits);
        if (found) return found;
        const more = await Promise.race([once(news, 'line'), exited.then(() => null)]);
        if (more === null)
          throw new Error(`The daemon ended without such a line:\n${lines.slice(-20).join('\n')}`);
      }
    },
    output: () => lines.join('\n'),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

/** The daemon says where it listens in a log line of its own. */
function listeningUrl(line: string): string | null {
  const entry = parsed(line);
  return entry?.msg === 'listening' && typeof entry.url === 'string' ? entry.url : null;
}

function parsed(line: string): Record<string, unknown> | null {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
}
