// Writes the licence list of the packages in a CycloneDX document: node licences.mjs sbom.cdx.json > licences.txt
// Run where they are installed: what the document leaves out, old packages say in their own way.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const { components = [] } = JSON.parse(readFileSync(process.argv[2], 'utf8'));

const property = ({ properties = [] }, wanted) =>
  properties.find(({ name }) => name === `cdx:npm:package:${wanted}`)?.value;

function licencesOf(component) {
  const stated = (component.licenses ?? []).map(
    ({ license, expression }) => expression ?? license?.id ?? license?.name,
  );
  if (stated.length > 0) return stated;
  const manifest = JSON.parse(readFileSync(path.join(property(component, 'path'), 'package.json'), 'utf8'));
  return [manifest.licenses ?? []].flat().map((licence) => licence.type ?? licence);
}

const lines = components
  // Our own workspaces are no third party's.
  .filter((component) => property(component, 'private') !== 'true')
  .map((component) => `${component['bom-ref']}: ${licencesOf(component).join(', ') || 'NOT STATED'}`);
if (lines.length === 0) throw new Error('The document lists no packages.');
process.stdout.write(`${[...new Set(lines)].sort().join('\n')}\n`);
