import { expect, test } from 'vitest';
import { readContainerConfig } from './config.ts';

const environment = {
  DATABASE_URL: 'postgresql://postgres:secret@database:5432/postgres',
  SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_x',
  SUPABASE_SECRET_KEY: 'sb_secret_x',
  SUPABASE_JWT_SECRET: 'x'.repeat(32),
};

test('the least that must be set, and the defaults', () => {
  expect(readContainerConfig(environment)).toMatchObject({
    host: '127.0.0.1',
    port: 54_321,
    storageDir: '/storage',
    keys: { secretKey: 'sb_secret_x' },
    seedFiles: [],
  });
});

test('to migrate, the database is enough', () => {
  const { DATABASE_URL } = environment;
  expect(readContainerConfig({ DATABASE_URL }, 'migrate')).toMatchObject({ databaseUrl: DATABASE_URL });
  expect(() => readContainerConfig({ DATABASE_URL })).toThrow('SUPABASE_SECRET_KEY');
});

test('seed files in their order', () => {
  expect(readContainerConfig({ ...environment, SEED_FILES: 'a.sql, b.sql' }).seedFiles).toEqual([
    'a.sql',
    'b.sql',
  ]);
});

test('everything that is wrong is said at once, and no secret with it', () => {
  const wrong = {
    DATABASE_URL: 'mysql://root:hidden@database',
    PORT: '70000',
    SUPABASE_JWT_SECRET: 'hidden',
    SEED_FILES: '../../etc/passwd',
  };
  const complain = () => readContainerConfig(wrong);
  for (const name of ['DATABASE_URL', 'PORT', 'SUPABASE_SECRET_KEY', 'SUPABASE_JWT_SECRET', 'SEED_FILES'])
    expect(complain).toThrow(name);
  expect(complain).not.toThrow(/hidden/);
  expect(complain).toThrow(expect.objectContaining({ code: 'settings_wrong' }) as Error);
});
