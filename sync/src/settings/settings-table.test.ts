import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settingsTable } from './settings-table.ts';
import { settings } from './settings.ts';

describe('settingsTable', () => {
  it('is what stands in the documentation', () => {
    const written = readFileSync(new URL('../../../docs/generated/settings.md', import.meta.url), 'utf8');
    expect(written, 'run: npm run settings -w @pontaj/sync').toBe(settingsTable());
  });

  it('has one row for every setting', () => {
    const rows = settingsTable()
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    expect(rows).toHaveLength(Object.keys(settings).length);
  });
});
