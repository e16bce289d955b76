import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ComposeProject } from '../../../scripts/containers/compose.ts';
import { docker } from '../../../scripts/containers/docker.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../test-results/compose');

/**
 * For whoever looks for a failure: what every container printed, what each terminal was asked and answered, and the
 * database, in one folder. Each is left out when it cannot be had. Returns the folder.
 */
export async function saveEvidence(project: ComposeProject, terminals: readonly string[]): Promise<string> {
  await mkdir(FOLDER, { recursive: true });
  await save('logs.txt', () => project.logs());
  await save('database.sql', async () =>
    docker(['exec', await project.container('database'), 'pg_dump', '--username=postgres', 'postgres']),
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
