import { packagedSets } from '../faults/packaged-sets.ts';
import { builtInProfiles } from '../profiles/built-in.ts';

function twoColumns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}

/** What `--help` says below the options: how to begin, and what can be chosen from. */
export function helpAfter(): string {
  const examples = [
    ['npm run simulator', 'three terminals on 9101 to 9103, page on http://127.0.0.1:9100'],
    ['npm run simulator -- --devices 50 --port 0 --json', 'fifty on free ports, addresses as JSON'],
    ['npm run simulator -- --profile ds-k1t342mfwx', 'one model and its quirks'],
    ['npm run simulator -- --faults full-disk', 'terminals that take nobody any more'],
    ['npm run simulator -- --fleet site.yaml --state state', 'a fleet from a file that outlives a restart'],
  ] as const;
  const profiles = Array.from(builtInProfiles.values(), ({ name, title }) => [name, title] as const);
  const sets = packagedSets.map(({ name, description }) => [name, description] as const);
  return [
    '',
    'Examples:',
    twoColumns(examples),
    '',
    'First call, once it runs (asks for the password):',
    '  curl --digest -u admin http://127.0.0.1:9101/ISAPI/System/deviceInfo',
    '',
    'Profiles (--profile), or the path of a YAML or JSON file:',
    twoColumns(profiles),
    '',
    'Packaged faults (--faults); any other fault: PUT /api/devices/{id}/faults on the control port:',
    twoColumns(sets),
    '',
    'Fleet files, faults and everything else: docs/simulate.md',
  ].join('\n');
}
