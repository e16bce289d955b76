import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identifyProcess } from '../postgres/process-identity.ts';
import { sweepAbandonedProjects, TEMPORARY_PREFIX } from './project-folder.ts';

let parent: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'pontaj-sweep-test-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

async function project(name: string, owner: unknown): Promise<void> {
  await mkdir(join(parent, name, 'postgres'), { recursive: true });
  if (owner !== null) await writeFile(join(parent, name, 'owner.json'), JSON.stringify(owner));
}

test('temporary projects of processes that are gone are removed, all others stay', async () => {
  const gone = { pid: 2 ** 30, startedAt: '1' };
  await project(`${TEMPORARY_PREFIX}gone`, gone);
  await project(`${TEMPORARY_PREFIX}running`, identifyProcess(process.pid));
  await project(`${TEMPORARY_PREFIX}starting`, null);
  await project('somebody-elses', gone);
  expect(await sweepAbandonedProjects(parent)).toBe(1);
  expect((await readdir(parent)).sort()).toEqual(
    ['somebody-elses', `${TEMPORARY_PREFIX}running`, `${TEMPORARY_PREFIX}starting`].sort(),
  );
});
