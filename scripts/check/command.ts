import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { beforeInterruption } from '../interruption.ts';

/** A command that was told to end and does not is killed after this. */
const END_TIMEOUT_MS = 10_000;

export interface StageResult {
  passed: number;
  failed: number;
}

/** Runs a command with its output shown; it counts as one check. */
export async function runCommand(command: string[], cwd: string): Promise<StageResult> {
  const code = await exitCodeOf(command, cwd);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** The exit code of a command run with this process's output; 127 when it could not be started. */
export function exitCodeOf(command: string[], cwd: string): Promise<number> {
  const [program = '', ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
    const takeBack = beforeInterruption(async (signal) => {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      // Ctrl-C has reached it by itself: same terminal.
      if (signal !== 'SIGINT') child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), END_TIMEOUT_MS);
      await gone;
      clearTimeout(timer);
    });
    child.on('error', (error) => {
      takeBack();
      console.error(`${program} could not be started: ${error.message}`);
      resolve(127);
    });
    child.on('exit', (code) => {
      takeBack();
      resolve(code ?? 1);
    });
  });
}
