import { execFile } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../src/sim/main.ts', import.meta.url));
const SEEDS = 2000;
/** About 0.1 s of one core per seed; the rest is room for a busy machine. */
const LIMIT_MS = 15 * 60_000;

interface Failed {
  stdout?: string;
  code?: number;
}

const run = async (...args: string[]): Promise<{ code: number; stdout: string }> => {
  try {
    const command = ['--disable-warning=ExperimentalWarning', MAIN, ...args];
    const { stdout } = await promisify(execFile)(process.execPath, command, { timeout: LIMIT_MS });
    return { code: 0, stdout };
  } catch (error) {
    const { stdout = String(error), code = -1 } = error as Failed;
    return { code, stdout };
  }
};

test(
  `${SEEDS} companies with faults, crashes and changes: once it is quiet, every terminal is as wished`,
  async () => {
    const { code, stdout } = await run('--from', '1', '--count', String(SEEDS));
    const last = stdout.trimEnd().split('\n').at(-1) ?? '';
    expect(code, stdout).toBe(0);
    expect(JSON.parse(last)).toMatchObject({ seeds: SEEDS, violations: 0, failed: [] });
  },
  LIMIT_MS,
);

test('a command line that makes no sense ends with code 2 and says what is accepted', async () => {
  expect(await run('--count', 'many')).toMatchObject({ code: 2 });
}, 60_000);
