import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const good = {
  SUPABASE_URL: 'http://127.0.0.1:54321/',
  SUPABASE_SECRET_KEY: 'sb_secret_0123456789',
  SUPABASE_JWT_SECRET: 'a-secret-of-at-least-thirty-two-characters',
};

function problemsOf(environment: Record<string, string>, purpose?: 'serve' | 'command'): string[] {
  try {
    readConfig(environment, purpose);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('fills in the defaults of the specification', () => {
    const config = readConfig(good);
    expect(config.engine).toMatchObject({
      pauseMs: 1000,
      callTimeoutMs: 12_000,
      fatalScope: 'device',
      updateExisting: true,
      faceDelivery: 'auto',
      adoptFaces: 'replace',
      adoptPersons: 'any',
      leavers: 'disable',
      validity: {
        beginTime: '2025-10-10T00:00:00',
        endTime: '2037-12-31T23:59:59',
        doorRight: '1',
        planTemplateNo: '1',
      },
    });
    expect(config.http).toEqual({ host: '127.0.0.1', port: 8080, corsOrigins: [] });
    expect(config.auth.issuers).toEqual(['http://127.0.0.1:54321/auth/v1']);
    expect(config.warnings).toEqual([]);
  });

  it('names everything that is wrong at once', () => {
    const problems = problemsOf({ RATE_LIMIT_MS: 'soon', PORT: '99999' });
    const names = problems.map((problem) => problem.split(' ')[0]);
    expect(names).toEqual(['SUPABASE_URL', 'SUPABASE_SECRET_KEY', 'PORT', 'RATE_LIMIT_MS', 'Neither']);
  });

  it('says the setting, the value and the remedy', () => {
    expect(problemsOf({ ...good, RATE_LIMIT_MS: '1s' })).toEqual([
      'RATE_LIMIT_MS is "1s": it is not a whole number. Set a whole number of milliseconds from 0 to 60000. ' +
        'Remove it for the default, 1000.',
    ]);
  });

  it('never shows a secret', () => {
    const secrets = { SUPABASE_SECRET_KEY: 'sb_publishable_hidden', SUPABASE_JWT_SECRET: 'short-secret' };
    const shown = problemsOf({ ...good, ...secrets }).join('\n');
    expect(shown).toContain('SUPABASE_SECRET_KEY is (not shown)');
    expect(shown).toContain('SUPABASE_JWT_SECRET is (not shown)');
    for (const secret of Object.values(secrets)) expect(shown).not.toContain(secret);
  });

  it('takes the older name of the secret key', () => {
    const { SUPABASE_SECRET_KEY, ...rest } = good;
    const config = readConfig({ ...rest, SUPABASE_SERVICE_ROLE_KEY: SUPABASE_SECRET_KEY });
    expect(config.supabase.secretKey).toBe(SUPABASE_SECRET_KEY);
  });

  it('checks the issuer unless any is asked for by name', () => {
    expect(readConfig({ ...good, JWT_ISSUER: 'https://a, https://b' }).auth.issuers).toEqual([
      'https://a',
      'https://b',
    ]);
    expect(readConfig({ ...good, JWT_ISSUER: 'any' }).auth.issuers).toBeNull();
  });

  it('counts an empty value as not set', () => {
    expect(readConfig({ ...good, RATE_LIMIT_MS: '' }).engine.pauseMs).toBe(1000);
  });

  it('needs a way to check tokens only where it serves', () => {
    const { SUPABASE_JWT_SECRET: _, ...rest } = good;
    expect(problemsOf(rest)).toHaveLength(1);
    expect(problemsOf(rest, 'command')).toEqual([]);
  });

  it.each([
    ['SUPABASE_URL', 'ftp://host'],
    ['SUPABASE_URL', 'http://user:password@host'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'https://a.ro/path'],
    ['JWT_ROLE_CLAIM', 'user_metadata.role'],
    ['UPDATE_EXISTING', 'yes'],
    ['FATAL_SCOPE', 'all'],
    ['VALID_BEGIN', '2025-02-30T00:00:00'],
    ['VALID_END', '2038-01-01T00:00:00'],
    ['VALID_END', '2020-01-01T00:00:00'],
    ['DOOR_RIGHT', '1;2'],
    ['LEASE_MS', '13000'],
    ['JWT_ISSUER', ','],
    ['SYNC_ROLES', ' , '],
    ['CORS_ORIGINS', ','],
  ])('refuses %s=%s', (name, value) => {
    expect(problemsOf({ ...good, [name]: value })).toHaveLength(1);
  });

  it('warns of a setting that looks misspelt, and of nothing else', () => {
    const config = readConfig({ ...good, RATE_LIMT_MS: '5', rate_limit_ms: '5', SORT: 'x', PATH: '/bin' });
    expect(config.warnings).toEqual([
      'RATE_LIMT_MS is no setting and is ignored. Did you mean RATE_LIMIT_MS?',
      'rate_limit_ms is no setting and is ignored. Did you mean RATE_LIMIT_MS?',
    ]);
  });
});
