import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseFleetFile, readFleetFile } from './fleet-file.ts';
import { UsageError } from './usage-error.ts';

const SITE = `
seed: 7
port: 9201
username: admin
profile: ds-k1t342mfwx
downloadHosts: [photos.example.org]
traits: { lockAfter: 3 }
persons:
  - { employeeNo: "1000", name: Popescu Ion, face: true }
faults: [flaky-vpn]
devices:
  - id: gate
    count: 2
  - id: office
    profile: ./mine.yaml
    scheme: https
    persons: { count: 3, from: 500, face: true }
    faults:
      - { when: { nth: 2 }, what: { kind: reboot } }
  - {}
`;

describe('a good file', () => {
  const fleet = parseFleetFile(SITE, '/sites/north/site.yaml');

  test('says what the fleet has in common', () => {
    expect(fleet).toMatchObject({
      seed: 7,
      port: 9201,
      username: 'admin',
      profile: 'ds-k1t342mfwx',
      downloadHosts: ['photos.example.org'],
      traits: { lockAfter: 3 },
      persons: [{ employeeNo: '1000', name: 'Popescu Ion', face: true }],
      faults: ['flaky-vpn'],
      controlPort: undefined,
    });
  });

  test('spells out repeated devices, invented persons and neighbouring profile files', () => {
    const devices = fleet.devices as Exclude<typeof fleet.devices, number | undefined>;
    expect(devices.map(({ id }) => id)).toEqual(['gate-1', 'gate-2', 'office', undefined]);
    expect(devices[2]).toMatchObject({ profile: path.resolve('/sites/north/mine.yaml'), scheme: 'https' });
    expect(devices[2]?.persons).toEqual([
      { employeeNo: '500', name: 'Person 500', face: true },
      { employeeNo: '501', name: 'Person 501', face: true },
      { employeeNo: '502', name: 'Person 502', face: true },
    ]);
  });

  test('may be as short as a number, or empty', () => {
    expect(parseFleetFile('devices: 40', 'f').devices).toBe(40);
    expect(parseFleetFile('', 'f').devices).toBeUndefined();
  });
});

describe('a mistake is shown where it is', () => {
  test.each([
    ['devices: [', /^f\.yaml is not YAML: /],
    ['devices: none', /^f\.yaml: devices: /],
    ['devices: []', /^f\.yaml: devices: /],
    ['devises: 3', /there is no key "devises"; did you mean "devices"\?/],
    [
      'devices: [{ profil: generic }]',
      /^f\.yaml: devices\[0\]: there is no key "profil"; did you mean "profile"/,
    ],
    ['devices: [{}, { port: 99999 }]', /^f\.yaml: devices\[1\]\.port: .*65535/],
    ['devices: [{ scheme: ftp }]', /^f\.yaml: devices\[0\]\.scheme: .*https/],
    ['devices: [{ persons: [{ name: x }] }]', /devices\[0\]\.persons\[0\]\.employeeNo/],
    ['port: high', /^f\.yaml: port: .*\(given: "high"\)/],
    [
      'devices: [{ persons: [{ employeeNo: 1000, name: x }] }]',
      /devices\[0\]\.persons\[0\]\.employeeNo: .*write it in quotes \(given: 1000\)/,
    ],
    [
      'devices: [{}, { profile: ds-k1a34 }]',
      /^f\.yaml: devices\[1\]\.profile: There is no profile "ds-k1a34"; did you mean "ds-k1a340"/,
    ],
    [
      'devices: [{ traits: { nonceLive: 3 } }]',
      /^f\.yaml: devices\[0\]\.traits: trait "nonceLive" does not exist; did you mean "nonceLifeMs"/,
    ],
    ['traits: { lockAfter: soon }', /^f\.yaml: traits: trait "lockAfter" is "soon"/],
    [
      'devices: [{ faults: [{ what: { kind: delay } }] }]',
      /^f\.yaml: devices\[0\]\.faults\[0\]\.what\.ms: .*A good one: \{"kind":"delay"/,
    ],
    ['faults: [ful-disk]', /^f\.yaml: faults\[0\]: .*did you mean "full-disk"/],
    ['- a list', /^f\.yaml: /],
  ])('%s', (text, expected) => {
    expect(() => parseFleetFile(text, 'f.yaml')).toThrow(UsageError);
    expect(() => parseFleetFile(text, 'f.yaml')).toThrow(expected);
  });

  test('a bomb of aliases is refused', () => {
    const lines = ['level0: &a0 [x,x,x,x,x,x,x,x,x]'];
    for (let level = 0; level < 8; level += 1)
      lines.push(`level${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(',')}]`);
    expect(() => parseFleetFile(lines.join('\n'), 'f.yaml')).toThrow(/not YAML|no key/);
  });
});

test('a file is read, and one that is missing is named', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'fleet-file-'));
  const file = path.join(dir, 'site.yaml');
  writeFileSync(file, 'devices: 2');
  expect(readFleetFile(file).devices).toBe(2);
  rmSync(dir, { recursive: true });
  expect(() => readFleetFile(file)).toThrow(/--fleet .*site\.yaml cannot be read: ENOENT/);
});
