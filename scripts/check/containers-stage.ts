import { ensureDocker } from '../containers/ensure-docker.ts';
import type { StageResult } from './command.ts';
import { runVitest } from './vitest-stage.ts';

/**
 * The tests that need a docker engine. Where none can be had nothing is counted, and one line says what was not run:
 * they have neither passed nor failed. CONTAINERS=required, for machines that have an engine, makes that one failure.
 */
export async function runContainers(name: string, cwd: string): Promise<StageResult | { notRun: string }> {
  const engine = await ensureDocker();
  if (engine.kind === 'missing') return withoutEngine(engine.why, process.env.CONTAINERS);
  try {
    return await runVitest(name, cwd);
  } finally {
    await engine.stop();
  }
}

/** @param wish CONTAINERS */
export function withoutEngine(why: string, wish: string | undefined): StageResult | { notRun: string } {
  const notRun = `images, compose and the suites on containers were not run: ${why}`;
  if (wish !== 'required') return { notRun };
  console.error(`${notRun}. CONTAINERS=required makes that a failure.`);
  return { passed: 0, failed: 1 };
}
