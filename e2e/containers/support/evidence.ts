import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ComposeProject } from '../../../scripts/containers/compose.ts';
import { docker } from '../../../scripts/containers/docker.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../test-results/compose');

/**
 * For whoever looks for a failure: what every container printed, what each terminal was asked and answered, and the
 * database but the devices' passwords, in one folder. Each is left out when it cannot be had. Returns the folder.
 */
export async function saveEvidence(project: ComposeProject, terminals: readonly string[]): Promise<string> {
  await mkdir(FOLDER, { recursive: true });
  await save('logs.txt', () => project.logs());
  const inDatabase = async (...command: string[]) =>
    docker(['exec', await project.container('database'), ...command]);
  const withoutDevices = '--exclude-table-data=public.dispozitive_pontaj';
  await save('database.sql', () => inDatabase('pg_dump', '--username=postgres', withoutDevices, 'postgres'));
  const devices = "select to_jsonb(d) - 'password_encrypted' from public.dispozitive_pontaj d order by id";
  await save('devices.jsonl', () =>
    inDatabase(
      'psql',
      '--username=postgres',
      '--tuples-only',
      '--no-align',
      '--command',
      devices,
      'postgres',
    ),
  );
  for (const terminal of terminals)
    await save(`${terminal}.json`, async () => {
      const control = `http://${await project.address(terminal, 9100)}`;
      return (await fetch(`${control}/api/devices/device-1/requests?limit=1000`)).text();
    });
  return FOLDER;
}

async function save(name: string, take: () => Promise<string>): Promise<void> {
  const text = await take().catch((error: unknown) => `Could not be had: ${String(error)}`);
  await writeFile(path.join(FOLDER, name), text);
}
