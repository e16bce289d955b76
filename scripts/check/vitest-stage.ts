import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exitCodeOf, type StageResult } from './command.ts';
import { countTests, type VitestReport } from './vitest-report.ts';

/** Runs one project of vitest.config.ts and counts its tests. */
export async function runVitest(project: string, cwd: string): Promise<StageResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pontaj-check-'));
  const file = path.join(folder, 'report.json');
  try {
    const code = await exitCodeOf(
      [
        'npx',
        'vitest',
        'run',
        '--project',
        project,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ],
      cwd,
    );
    const report = await readFile(file, 'utf8').catch(() => null);
    if (report === null) {
      console.error(`vitest left no report for project ${project}: it stopped before it ran a test.`);
      return { passed: 0, failed: 1 };
    }
    return countTests(JSON.parse(report) as VitestReport, code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
