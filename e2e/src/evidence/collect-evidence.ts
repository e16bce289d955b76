import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Stack } from '../stack/stack.ts';
import { dumpDatabase } from './dump-database.ts';
import { folderName } from './folder-name.ts';

/** A stack that does not answer any more must not keep the next test waiting. */
const PART_TIMEOUT_MS = 20_000;

/**
 * What a failing test leaves behind, in a folder of its name under `root`: what each daemon printed, the journal and
 * the people of each terminal, and the rows of the database. What cannot be had any more is named in `missing.txt`;
 * never throws. The keys of the stack and the passwords of its terminals are taken out.
 */
export async function collectEvidence(stack: Stack, test: string, root: string): Promise<string> {
  const folder = path.join(root, folderName(test));
  const missing: string[] = [];
  const keep = async (file: string, read: () => unknown): Promise<void> => {
    try {
      const found = await inTime(read());
      const text = typeof found === 'string' ? found : `${JSON.stringify(found, null, 2)}\n`;
      await writeFile(path.join(folder, file), withoutSecrets(stack, text));
    } catch (error) {
      missing.push(withoutSecrets(stack, `${file}: ${String(error)}`));
    }
  };
  try {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    for (const [index, daemon] of stack.daemons.entries())
      await keep(`daemon-${index + 1}.log`, () => daemon.output());
    const outputs = await inTime(stack.outputs()).catch((error: unknown) => {
      missing.push(`outputs: ${String(error)}`);
      return {};
    });
    for (const [name, text] of Object.entries(outputs as Record<string, string>))
      await keep(`${name}.log`, () => text);
    for (const device of stack.devices) {
      await keep(`journal-${device.id}.json`, () => device.requests());
      await keep(`people-${device.id}.json`, async () => ({
        persons: await device.persons(),
        faces: await device.faces(),
      }));
    }
    await keep('database.json', () => dumpDatabase(stack.supabase.databaseUrl));
    if (missing.length > 0) await writeFile(path.join(folder, 'missing.txt'), `${missing.join('\n')}\n`);
  } catch (error) {
    console.error(`The evidence of "${test}" could not be kept in ${folder}: ${String(error)}`);
  }
  return folder;
}

async function inTime(found: unknown): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${PART_TIMEOUT_MS} ms`));
    }, PART_TIMEOUT_MS);
  });
  try {
    return await Promise.race([found, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

function withoutSecrets(stack: Stack, text: string): string {
  const { secretKey, publishableKey, jwtSecret, databaseUrl } = stack.supabase;
  const secrets = [
    ...[databaseUrl, secretKey, publishableKey, jwtSecret],
    ...stack.devices.map(({ account }) => account.password),
  ];
  return secrets.reduce((clean, secret) => (secret === '' ? clean : clean.replaceAll(secret, '***')), text);
}
