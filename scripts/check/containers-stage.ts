import { ensureDocker } from '../containers/ensure-docker.ts';
import type { StageResult } from './command.ts';
import { runVitest } from './vitest-stage.ts';

/**
 * The tests that need a docker engine. Where none can be had nothing is counted, and one line says what was not run:
 * they have neither passed nor failed.
 */
export async function runContainers(name: string, cwd: string): Promise<StageResult | { notRun: string }> {
  const engine = await ensureDocker();
  if (engine.kind === 'missing')
    return { notRun: `images, compose and the suites on containers were not run: ${engine.why}` };
  try {
    return await runVitest(name, cwd);
  } finally {
    await engine.stop();
  }
}
