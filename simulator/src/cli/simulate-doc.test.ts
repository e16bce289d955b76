import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { operations } from '../control/operations/index.ts';
import { checkEndpoints } from '../faults/check-endpoints.ts';
import { expandFaults } from '../faults/expand-faults.ts';
import { kindNames } from '../faults/kinds/index.ts';
import { router } from '../isapi/endpoints.ts';
import { parseFleetFile } from './fleet-file.ts';
import { buildCommand } from './options.ts';
import { planFleet } from './plan-fleet.ts';

const doc = readFileSync(new URL('../../../docs/simulate.md', import.meta.url), 'utf8');
const endpointNames = router.endpoints.map(({ name }) => name);

function blocks(language: string): string[] {
  return Array.from(
    doc.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs')),
    ([, text]) => text ?? '',
  );
}

test('the fleet file is a good one, down to its faults', () => {
  const [file] = blocks('yaml').filter((text) => text.startsWith('# site.yaml'));
  const { fleet } = planFleet({ json: false }, parseFleetFile(file ?? '', 'site.yaml'));
  expect(fleet.devices).toHaveLength(5);
  for (const device of fleet.devices as { faults?: unknown[] }[])
    checkEndpoints(expandFaults(device.faults ?? []), endpointNames);
});

test('every fault that is shown is a good one', () => {
  const inCommands = Array.from(
    doc.matchAll(/\/faults '(\[.*?\])'/g),
    ([, text]) => JSON.parse(text ?? '') as unknown,
  );
  const alone = blocks('json').map((text) => [JSON.parse(text) as unknown]);
  expect(inCommands.length).toBeGreaterThan(2);
  expect(alone.length).toBeGreaterThan(0);
  for (const list of [...inCommands, ...alone]) checkEndpoints(expandFaults(list), endpointNames);
});

test.each(kindNames)('the kind %s is explained', (kind) => {
  expect(doc).toContain(`\`${kind}\``);
});

test('every option that is named exists', () => {
  const known = buildCommand().options.map(({ long }) => long);
  const named = Array.from(doc.matchAll(/(?:npm run simulator -- |`)(--[a-z-]+)/g), ([, option]) => option);
  expect(named.length).toBeGreaterThan(3);
  for (const option of named) expect([...known, '--help']).toContain(option);
});

test('every call of the control API is named', () => {
  const api = doc.slice(doc.indexOf('## The control API'), doc.indexOf('## In tests'));
  const names = operations.map(({ path }) =>
    path.replace('/{fault+}', '').replace(/^\/api\/devices\/\{id\}(?=\/)/, '…'),
  );
  expect(names.filter((name) => !api.includes(`${name}\``))).toEqual([]);
});
