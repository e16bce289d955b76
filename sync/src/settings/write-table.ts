import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { settingsTable } from './settings-table.ts';

const file = new URL('../../../docs/generated/settings.md', import.meta.url);

if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== settingsTable()) {
    process.stderr.write(
      'docs/generated/settings.md is older than the settings. Run: npm run settings -w @pontaj/sync\n',
    );
    process.exitCode = 1;
  }
} else {
  mkdirSync(new URL('.', file), { recursive: true });
  writeFileSync(file, settingsTable());
}
