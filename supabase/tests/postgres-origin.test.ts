import { expect, test } from 'vitest';
import { postgresOrigin } from './support/config.ts';
import { useDatabase } from './support/use-database.ts';

const database = useDatabase();

test('these tests run on the PostgreSQL that they say they do', async () => {
  const [row] = await database().admin<{ version: string }[]>`select version()`;
  // Distributions put their name beside the version.
  if (postgresOrigin === 'debian') expect(row?.version).toMatch(/^PostgreSQL \d+\.\d+ \((Debian|Ubuntu) /);
  else expect(row?.version).toMatch(/^PostgreSQL 17\.\d+ on /);
});
