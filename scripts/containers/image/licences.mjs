// Writes the licence list of a CycloneDX document: node licences.mjs sbom.cdx.json > licences.txt
import { readFileSync } from 'node:fs';

const { components = [] } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const nameOf = ({ license, expression }) => expression ?? license?.id ?? license?.name ?? null;

/** Our own workspaces are no third party's. */
const isOurs = ({ properties = [] }) =>
  properties.some(({ name, value }) => name === 'cdx:npm:package:private' && value === 'true');

const lines = components
  .filter((component) => !isOurs(component))
  .map((component) => {
    const names = (component.licenses ?? []).map(nameOf).filter((name) => name !== null);
    return `${component['bom-ref']}: ${names.join(', ') || 'NOT STATED'}`;
  });
if (lines.length === 0) throw new Error('The document lists no components.');
process.stdout.write(`${[...new Set(lines)].sort().join('\n')}\n`);
