import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtInProfiles } from './built-in.ts';
import { traitsOf, type TraitFact } from './profile.ts';
import { profileTable, TABLE_BEGIN, TABLE_END, withProfileTable } from './profile-table.ts';
import { checkTraits } from './read-profile.ts';

const profiles = [...builtInProfiles.entries()];

describe('built-in profiles', () => {
  it('are those a newcomer looks for', () => {
    expect([...builtInProfiles.keys()]).toEqual([
      'generic',
      'ds-k1t320mfwx',
      'ds-k1t321mfwx',
      'ds-k1t341cmf',
      'ds-k1t341am',
      'ds-k1t341amf',
      'ds-k1t342mfwx',
      'ds-k1t343efwx',
      'ds-k1t671m',
      'ds-k1t672mx',
      'ds-k1t673dx',
      'ds-k1t804amf',
      'ds-k1a340',
    ]);
  });

  it.each(profiles)('%s says for every trait a fit value, its evidence and its source', (name, profile) => {
    expect(checkTraits({ ...traitsOf(profile) }, name)).toEqual(traitsOf(profile));
    expect(Object.keys(profile.traits).sort()).toEqual(
      Object.keys(builtInProfiles.get('generic')!.traits).sort(),
    );
    for (const fact of Object.values(profile.traits) as TraitFact<unknown>[]) {
      expect(['observed', 'assumed']).toContain(fact.evidence);
      expect(fact.source).not.toBe('');
    }
  });

  it('never call observed what a model merely takes over', () => {
    const inherited = profiles.flatMap(([, { traits }]) =>
      (Object.values(traits) as TraitFact<unknown>[]).filter((fact) => fact.source === 'as generic'),
    );
    expect(inherited.length).toBeGreaterThan(0);
    expect(inherited.filter((fact) => fact.evidence === 'observed')).toEqual([]);
  });

  it('give each terminal its own copy', () => {
    const profile = builtInProfiles.get('generic')!;
    traitsOf(profile).userTypes.push('king');
    expect(traitsOf(profile, { maxPersons: 3 })).toMatchObject({
      maxPersons: 3,
      userTypes: ['normal', 'visitor', 'blackList'],
    });
  });
});

describe('profileTable', () => {
  it('has every trait of generic, and of a model what is its own', () => {
    const lines = profileTable().split('\n');
    expect(lines[0]).toBe('| Profile | Trait | Value | Evidence | Source |');
    expect(lines.filter((line) => line.startsWith('| `generic` |'))).toHaveLength(
      Object.keys(builtInProfiles.get('generic')!.traits).length,
    );
    expect(lines).toContain(
      '| `ds-k1t341amf` | faceDelete | `"fd-delete"` | observed | enrolment helper written against DS-K1T341AMF: the body of FDSearch/Delete is refused with statusCode 6 |',
    );
    expect(lines.some((line) => line.startsWith('| `ds-k1t341amf` | maxPersons'))).toBe(false);
  });

  it('goes between its marks and nowhere else', () => {
    const page = `before\n${TABLE_BEGIN}\noutdated\n${TABLE_END}\nafter\n`;
    const written = withProfileTable(page);
    expect(written).toContain(profileTable());
    expect(written).not.toContain('outdated');
    expect(withProfileTable(written)).toBe(written);
    expect(written.startsWith('before\n')).toBe(true);
    expect(written.endsWith('after\n')).toBe(true);
    expect(() => withProfileTable('no marks')).toThrow('No place for the table');
  });

  it('stands in docs/simulate.md as it is now', () => {
    const page = readFileSync(new URL('../../../docs/simulate.md', import.meta.url), 'utf8');
    // Not so? Run: node simulator/scripts/write-profile-table.ts
    expect(withProfileTable(page)).toBe(page);
  });
});
