import type { TestProject } from 'vitest/node';
import { shareDatabase } from '../src/config.ts';
import { sweepAbandoned } from '../src/stack/containers/docker.ts';
import { startDatabaseServer } from '../src/stack/containers/postgres-container.ts';

/** Before the suites on containers: one PostgreSQL for all of them, with a migrated database that stacks copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Of this process, not only of the workers: nothing is watched over by a container from a registry.
  process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
  await sweepAbandoned();
  const { stop, ...server } = await startDatabaseServer(project.getProvidedContext().postgresImage);
  shareDatabase(server);
  return async () => {
    shareDatabase(null);
    await stop();
  };
}
