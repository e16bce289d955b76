import { spawn } from 'node:child_process';

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
    child.on('error', (error) => {
      console.error(`${program} could not be started: ${error.message}`);
      resolve(127);
    });
    child.on('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}
