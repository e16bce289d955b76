import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const VITEST = path.join(
  path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  'vitest.mjs',
);
const CONFIG = path.join(import.meta.dirname, '../failing/vitest.config.ts');

/** Runs the suites that fail on purpose; the exit code and what was printed. */
function runFailing(resultsDir: string): Promise<{ code: unknown; output: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [VITEST, 'run', '--config', CONFIG],
      { env: { ...process.env, E2E_RESULTS_DIR: resultsDir, NO_COLOR: '1' } },
      (error, stdout, stderr) => {
        resolve({ code: error?.code ?? 0, output: `${stdout}${stderr}` });
      },
    );
  });
}

test('a failing test leaves logs, journals, people and rows in one folder, without secrets; a passing one nothing', async () => {
  const results = await mkdtemp(path.join(tmpdir(), 'evidence-'));
  onTestFinished(() => rm(results, { recursive: true }));
  const { code, output } = await runFailing(results);
  expect(code, output).toBe(1);
  expect(output).toMatch(/2 failed \| 1 passed/);

  const suite = path.join(results, 'on-purpose');
  // The shared stack was running too while the test with a stack of its own failed.
  expect((await readdir(suite)).sort()).toEqual([
    'own-fails-on-purpose',
    'own-fails-on-purpose-stack-2',
    'shared-fails-on-purpose',
  ]);
  expect(output).toContain(path.join('on-purpose', 'own-fails-on-purpose'));
  const own = path.join(suite, 'own-fails-on-purpose');
  expect((await readdir(own)).sort()).toEqual([
    'daemon-1.log',
    'daemon-2.log',
    'database.json',
    'journal-device-1.json',
    'journal-device-2.json',
    'people-device-1.json',
    'people-device-2.json',
  ]);
  const read = (file: string) => readFile(path.join(own, file), 'utf8');
  const dump = JSON.parse(await read('database.json')) as Record<string, Record<string, unknown>[]>;
  expect(dump.angajati).toHaveLength(2);
  expect(dump.angajati_biometrie_dispozitive).toHaveLength(4);
  expect(dump.dispozitive_pontaj?.map((row) => row.password_encrypted)).toEqual(['***', '***']);
  expect(await read('daemon-1.log')).toContain('"msg":"listening"');
  const journal = JSON.parse(await read('journal-device-2.json')) as { endpoint: string }[];
  expect(journal.map(({ endpoint }) => endpoint)).toContain('face-record');
  expect(JSON.parse(await read('people-device-2.json'))).toMatchObject({
    persons: [{ employeeNo: '1000' }, { employeeNo: '1001' }],
    faces: [{ FPID: '1000' }, { FPID: '1001' }],
  });
  for (const folder of await readdir(suite))
    for (const file of await readdir(path.join(suite, folder)))
      expect(await readFile(path.join(suite, folder, file), 'utf8'), file).not.toMatch(
        /Parola-123|sb_secret_[A-Za-z0-9]|postgresql:\/\//,
      );
});
