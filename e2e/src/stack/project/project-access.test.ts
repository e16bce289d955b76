import { expect, test } from 'vitest';
import { readProjectAccess } from './project-access.ts';

const SETTINGS = {
  E2E_SUPABASE_URL: 'http://127.0.0.1:54321/',
  E2E_DATABASE_URL: 'postgresql://postgres:secret@127.0.0.1:54322/postgres',
  E2E_SUPABASE_PUBLISHABLE_KEY: 'publishable',
  E2E_SUPABASE_SECRET_KEY: 'key',
  E2E_SUPABASE_JWT_SECRET: 'jwt',
};

test('a project of this machine', () => {
  expect(readProjectAccess(SETTINGS)).toEqual({
    url: 'http://127.0.0.1:54321',
    databaseUrl: SETTINGS.E2E_DATABASE_URL,
    publishableKey: 'publishable',
    secretKey: 'key',
    jwtSecret: 'jwt',
  });
});

test('everything that is missing is named at once', () => {
  expect(() =>
    readProjectAccess({ ...SETTINGS, E2E_DATABASE_URL: '', E2E_SUPABASE_JWT_SECRET: undefined }),
  ).toThrow(/needs E2E_DATABASE_URL, E2E_SUPABASE_JWT_SECRET:/);
});

test.each([
  ['E2E_SUPABASE_URL', 'https://abc.supabase.example'],
  ['E2E_DATABASE_URL', 'postgresql://postgres:secret@db.example:5432/postgres'],
  ['E2E_DATABASE_URL', 'secret'],
])('a project elsewhere is not emptied, and no secret is told: %s %s', (name, value) => {
  const reading = () => readProjectAccess({ ...SETTINGS, [name]: value });
  expect(reading).toThrow(new RegExp(`${name} is at .*on this machine only`));
  expect(reading).not.toThrow(/secret/);
});
