// Writes the licence list of a CycloneDX document: node licences.mjs sbom.cdx.json > licences.txt
import { readFileSync } from 'node:fs';

const { components = [] } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const nameOf = ({ license, expression }) => expression ?? license?.id ?? license?.name ?? null;

const lines = components.map((component) => {
  const names = (component.licenses ?? []).map(nameOf).filter((name) => name !== null);
  const packageName = component.group ? `${component.group}/${component.name}` : component.name;
  return `${packageName} ${component.version}: ${names.join(', ') || 'NOT STATED'}`;
});
if (lines.length === 0) throw new Error('The document lists no components.');
process.stdout.write(`${lines.sort().join('\n')}\n`);
