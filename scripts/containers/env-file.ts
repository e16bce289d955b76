import { createHmac, randomBytes } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';

/** Ten years: the two old-style keys of a Supabase project are tokens, and a local project outlives any short one. */
const KEY_LIFE_S = 10 * 365 * 86_400;

/**
 * Writes the env file of the compose files with secrets of its own, readable by its owner alone. Values that stand in
 * it already are kept: the database was made with them.
 * @param extra added like the secrets: what stands there stays
 * @returns names of the settings that were added
 */
export async function writeEnvFile(
  file: string,
  extra: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const known = new Map(
    Array.from(text.matchAll(/^([A-Z_0-9]+)=(.*)$/gm), ([, name = '', value = '']) => [name, value]),
  );
  const jwtSecret = known.get('SUPABASE_JWT_SECRET') ?? randomBytes(32).toString('hex');
  const wanted: Record<string, string> = {
    POSTGRES_PASSWORD: randomBytes(18).toString('hex'),
    SUPABASE_JWT_SECRET: jwtSecret,
    SUPABASE_PUBLISHABLE_KEY: `sb_publishable_${randomBytes(18).toString('hex')}`,
    SUPABASE_SECRET_KEY: `sb_secret_${randomBytes(24).toString('hex')}`,
    // docker-compose.supabase.yml: the official images know the older kind of key.
    SUPABASE_ANON_KEY: roleKey('anon', jwtSecret),
    SUPABASE_SERVICE_ROLE_KEY: roleKey('service_role', jwtSecret),
    ...extra,
  };
  const missing = Object.entries(wanted).filter(([name]) => !known.has(name));
  if (missing.length > 0) {
    const start =
      text === '' ? '# Secrets of the local containers. Made by `npm run containers:env`.\n' : text;
    const lines = missing.map(([name, value]) => `${name}=${value}\n`).join('');
    await writeFile(file, `${start.endsWith('\n') ? start : `${start}\n`}${lines}`, { mode: 0o600 });
  }
  await chmod(file, 0o600);
  return missing.map(([name]) => name);
}

/**
 * Sets values in the env file, in the place of those that stand there; the secrets are made when they are missing.
 * @returns whether anything is another than before
 */
export async function setInEnvFile(file: string, values: Readonly<Record<string, string>>): Promise<boolean> {
  const added = await writeEnvFile(file, values);
  const text = await readFile(file, 'utf8');
  const changed = Object.entries(values).reduce(
    (lines, [name, value]) => lines.replace(new RegExp(`^${name}=.*$`, 'gm'), () => `${name}=${value}`),
    text,
  );
  if (changed !== text) await writeFile(file, changed);
  return changed !== text || Object.keys(values).some((name) => added.includes(name));
}

/** A key of a Supabase project in the older form: a token for a role, signed with the project's secret. */
export function roleKey(role: string, jwtSecret: string, nowMs = Date.now()): string {
  const issuedAt = Math.floor(nowMs / 1000);
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const payload = { role, iss: 'supabase', iat: issuedAt, exp: issuedAt + KEY_LIFE_S };
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(payload)}`;
  return `${signed}.${createHmac('sha256', jwtSecret).update(signed).digest('base64url')}`;
}
