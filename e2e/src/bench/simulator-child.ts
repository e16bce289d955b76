import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a measured child says when it is ready. */
export interface Ready {
  port: number;
  /** From the call of `startFleet` to all terminals listening; loading the modules is not in it. */
  startMs: number;
  rssMiB: number;
}

export interface MeasuredChild {
  ready: Ready;
  stop: () => Promise<void>;
}

const READY_TIMEOUT_MS = 120_000;

/** Starts `simulator-child-main.ts` in a process of its own, so that what is measured has a processor of its own. */
export async function startChild(role: 'bare' | 'terminal' | 'fleet'): Promise<MeasuredChild> {
  const child = fork(fileURLToPath(new URL('./simulator-child-main.ts', import.meta.url)), [role], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return { ready: await readyOf(child, role), stop: () => stopChild(child) };
}

function readyOf(child: ChildProcess, role: string): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The measured process "${role}" was not ready after ${READY_TIMEOUT_MS / 1000} s.`));
    }, READY_TIMEOUT_MS);
    child.once('message', (message) => {
      clearTimeout(timer);
      resolve(message as Ready);
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      reject(new Error(`The measured process "${role}" ended before it was ready (${code ?? signal}).`));
    });
  });
}

function stopChild(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    child.once('exit', () => {
      resolve();
    });
    child.kill('SIGKILL');
  });
}
