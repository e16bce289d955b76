import { defineConfig } from 'vitest/config';

/** The suites that run on containers every time: trouble, TLS, leavers, several daemons, no secret anywhere. */
const onContainersAlways = 'e2e/suites/{engine-trouble,https,leavers,secrets,several-daemons}.test.ts';
/** What they show is the same everywhere. */
const startNoStack = 'e2e/suites/{sim,crash-points,simulator-page,evidence}.test.ts';

/** For projects whose stacks are containers: engine and images first, then what the suites share. */
const onContainers = {
  env: { E2E_BACKEND: 'containers', TESTCONTAINERS_RYUK_DISABLED: 'true' },
  globalSetup: ['scripts/containers/vitest-setup.ts', 'e2e/containers/setup.ts'],
  testTimeout: 120_000,
  hookTimeout: 300_000,
  fileParallelism: false,
};

/**
 * `unit` needs nothing running; `integration` opens sockets or starts programs; `sql` needs a PostgreSQL, `sql-debian`
 * the one that Debian ships; `e2e` starts whole stacks; `containers` needs a docker engine and the images: suites about
 * hosts, and some of the others; `containers-more` has the rest; `on-project` runs suites on a Supabase that is there
 * already. `npm test` runs them one after the other, but the last two.
 */
export default defineConfig({
  test: {
    retry: 0,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{supabase,sync,simulator,e2e,scripts}/**/*.test.ts'],
          exclude: [
            ...['**/*.integration.test.ts', '**/node_modules/**', 'supabase/tests/**'],
            'e2e/{suites,containers,failing}/**',
          ],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{supabase,sync,simulator,e2e,scripts}/**/*.integration.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'sql',
          include: ['supabase/tests/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'sql-debian',
          include: ['supabase/tests/**/*.test.ts'],
          env: { SQL_POSTGRES: 'debian' },
          testTimeout: 60_000,
          // The first file may have to install it.
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/suites/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'containers',
          include: ['e2e/containers/**/*.test.ts', onContainersAlways],
          ...onContainers,
        },
      },
      {
        test: {
          name: 'containers-more',
          include: ['e2e/suites/**/*.test.ts'],
          exclude: [onContainersAlways, startNoStack],
          ...onContainers,
        },
      },
      {
        test: {
          name: 'on-project',
          include: ['e2e/suites/**/*.test.ts'],
          exclude: [startNoStack],
          env: { E2E_BACKEND: 'project' },
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
