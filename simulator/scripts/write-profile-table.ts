import { readFile, writeFile } from 'node:fs/promises';
import { withProfileTable } from '../src/profiles/profile-table.ts';

/** Writes the table of profiles into docs/simulate.md: `node simulator/scripts/write-profile-table.ts`. */
const page = new URL('../../docs/simulate.md', import.meta.url);
await writeFile(page, withProfileTable(await readFile(page, 'utf8')));
