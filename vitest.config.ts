import { defineConfig } from 'vitest/config';

/**
 * `unit` needs nothing running; `integration` opens sockets or starts programs; `sql` needs a PostgreSQL;
 * `e2e` starts whole stacks; `containers` needs a docker engine. `npm test` runs them one after the other.
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
            '**/*.integration.test.ts',
            '**/node_modules/**',
            'supabase/tests/**',
            'e2e/suites/**',
            'e2e/containers/**',
          ],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{supabase,sync,simulator,e2e}/**/*.integration.test.ts'],
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
          include: ['e2e/containers/**/*.test.ts'],
          globalSetup: ['scripts/containers/vitest-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
