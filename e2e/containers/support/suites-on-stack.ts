import path from 'node:path';
import { runProgram } from '../../../scripts/containers/run-program.ts';
import { PROJECT_SETTINGS } from '../../src/stack/project/project-access.ts';
import type { SupabaseAccess } from '../../src/stack/stack.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const VITEST = path.join(ROOT, 'node_modules/vitest/vitest.mjs');
const TIMEOUT_MS = 900_000;

/**
 * Runs suites of `e2e/suites/` on a Supabase that is up, with daemons and terminals of this machine. It is emptied.
 * @param suites names of files without `.test.ts`; none: all of them
 * @throws Error with the last lines of what they printed, when one fails
 */
export async function suitesOnStack(access: SupabaseAccess, suites: readonly string[]): Promise<void> {
  const files = suites.map((name) => `e2e/suites/${name}.test.ts`);
  const parts = Object.entries(PROJECT_SETTINGS) as [keyof SupabaseAccess, string][];
  await runProgram(process.execPath, [VITEST, 'run', '--project', 'on-project', ...files], {
    cwd: ROOT,
    env: { ...Object.fromEntries(parts.map(([part, name]) => [name, access[part]])), NO_COLOR: '1' },
    timeoutMs: TIMEOUT_MS,
  });
}
