import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const MAX_SHOWN_LINES = 12;

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Ends the program; default 10 minutes. */
  timeoutMs?: number;
}

/**
 * Runs a program to its end and returns what it printed. Throws with the last lines of its output when it fails.
 * Its own output is not shown: what is interesting is said by the caller.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { cwd, env, timeoutMs = 600_000 } = options;
  try {
    const { stdout } = await run(program, args, {
      ...(cwd && { cwd }),
      ...(env && { env: { ...process.env, ...env } }),
      timeout: timeoutMs,
      maxBuffer: MAX_OUTPUT_BYTES,
    });
    return stdout;
  } catch (error) {
    const called = [program, ...args].join(' ').slice(0, 200);
    throw new Error(`${called} failed:\n${lastLines(error)}`, { cause: error });
  }
}

function lastLines(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const text = (name: 'stdout' | 'stderr') =>
    name in error ? String((error as unknown as Record<string, unknown>)[name]) : '';
  const printed = `${text('stdout')}\n${text('stderr')}`.trim();
  return (printed || error.message).split('\n').slice(-MAX_SHOWN_LINES).join('\n');
}
