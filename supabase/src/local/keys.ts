import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StackError } from '../stack-error.ts';

export interface ProjectKeys {
  publishableKey: string;
  secretKey: string;
  /** Signs users' tokens, HS256. */
  jwtSecret: string;
}

/** The project's keys: made at the first start and kept in the data folder, so that clients survive a restart. */
export async function readKeys(dataDir: string): Promise<ProjectKeys> {
  const file = join(dataDir, 'keys.json');
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text !== null) return parseKeys(text, file);
  const keys: ProjectKeys = {
    publishableKey: `sb_publishable_${randomBytes(18).toString('hex')}`,
    secretKey: `sb_secret_${randomBytes(24).toString('hex')}`,
    jwtSecret: randomBytes(32).toString('hex'),
  };
  await writeFile(file, JSON.stringify(keys, null, 2), { mode: 0o600 });
  return keys;
}

function parseKeys(text: string, file: string): ProjectKeys {
  const keys = readJson(text);
  if (keys?.publishableKey && keys.secretKey && keys.jwtSecret) {
    return { publishableKey: keys.publishableKey, secretKey: keys.secretKey, jwtSecret: keys.jwtSecret };
  }
  throw new StackError(
    'folder_unusable',
    `${file} does not hold the project's three keys. Delete it to have new ones made (clients need the new ones then).`,
  );
}

function readJson(text: string): Partial<ProjectKeys> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
