import path from 'node:path';
import { expect } from 'vitest';
import { resultsDir } from '../../src/config.ts';
import { collectEvidence } from '../../src/evidence/collect-evidence.ts';
import { folderName } from '../../src/evidence/folder-name.ts';
import type { Stack } from '../../src/stack/stack.ts';

/** A test may use several stacks: each leaves a folder of its own. */
const kept = new Map<string, number>();

/** The test that runs now has failed: what its stack says about that is kept under test-results/. */
export async function keepEvidence(stack: Stack): Promise<void> {
  const { currentTestName = 'a hook', testPath = 'unknown' } = expect.getState();
  const nth = (kept.get(currentTestName) ?? 0) + 1;
  kept.set(currentTestName, nth);
  const folder = await collectEvidence(
    stack,
    nth === 1 ? currentTestName : `${currentTestName} stack ${nth}`,
    path.join(resultsDir, folderName(path.basename(testPath, '.test.ts'))),
  );
  console.error(`Logs, journals and rows of the failed test: ${path.relative(process.cwd(), folder)}`);
}
