import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { traitsOf } from './profile.ts';
import { ProfileError } from './profile-error.ts';
import { checkTraits, parseProfile, readProfile } from './read-profile.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'profiles-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const errorOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(ProfileError);
    return (error as Error).message;
  }
  throw new Error('Nothing was thrown');
};

describe('readProfile', () => {
  it('finds a built-in profile in any case', () => {
    expect(readProfile('DS-K1A340').name).toBe('ds-k1a340');
  });

  it('reads a YAML file over the profile it extends', async () => {
    const path = join(folder, 'gate.yaml');
    await writeFile(
      path,
      'name: gate\nextends: ds-k1t342mfwx\ntraits:\n  maxPersons: 7\n  faceSetUp:\n    value: not-found\n    evidence: observed\n    source: our gate\n',
    );
    const profile = readProfile(path);
    expect(profile).toMatchObject({ name: 'gate', title: 'gate' });
    expect(traitsOf(profile)).toMatchObject({ maxPersons: 7, faceSetUp: 'not-found', infraredLibrary: true });
    expect(profile.traits.faceSetUp).toEqual({
      value: 'not-found',
      evidence: 'observed',
      source: 'our gate',
    });
    expect(profile.traits.maxPersons.evidence).toBe('assumed');
  });

  it('takes a trait whose value is an object for what it is', () => {
    const answer = { subStatusCode: 'picSizeExceedError', errorMsg: 'faceURL' };
    const profile = parseProfile(JSON.stringify({ traits: { overlongPhotoAnswer: answer } }), 'x.json');
    expect(profile.traits.overlongPhotoAnswer.value).toEqual(answer);
  });

  it('names what it knows when a name is unknown', () => {
    expect(errorOf(() => readProfile('ds-k9'))).toMatch(/no profile "ds-k9"\. Known: generic, /);
  });

  it('says which file it cannot read', () => {
    const path = join(folder, 'missing.yaml');
    expect(errorOf(() => readProfile(path))).toContain(`Profile file ${path} cannot be read`);
  });

  it('reads no file that is far too big', async () => {
    const path = join(folder, 'big.yaml');
    await writeFile(path, '#'.repeat(300 * 1024));
    expect(errorOf(() => readProfile(path))).toContain('at most 262144');
  });

  it.each([
    ['traits: [', 'x.yaml is neither YAML nor JSON'],
    ['42', 'x.yaml is 42'],
    ['extends: nobody', 'extends "nobody", which is no built-in profile'],
    ['colour: red', 'x.yaml is {"colour":"red"}: Unrecognized key'],
    ['traits: {maxPeople: 3}', 'x.yaml: trait "maxPeople" does not exist'],
    ['traits: {maxPersons: many}', 'x.yaml: trait "maxPersons" is "many"'],
    ['traits: {maxPersons: -1}', 'x.yaml: trait "maxPersons" is -1'],
    ['traits: {firmwareVersion: "3.1"}', 'write it as V3.16.1'],
    ['traits: {faceSetUp: {value: perhaps}}', 'x.yaml: trait "faceSetUp" is "perhaps"'],
    ['traits: {faceSetUp: {value: yes, sauce: x}}', 'Unrecognized key'],
    ['traits: {constructor: 1}', 'trait "constructor" does not exist'],
  ])('%s → %s', (text, message) => {
    expect(errorOf(() => parseProfile(text, 'x.yaml'))).toContain(message);
  });
});

describe('checkTraits', () => {
  it('lets fit overrides pass and names the place of others', () => {
    expect(checkTraits({ lockAfter: 3, serverHeader: null }, 'device-1')).toEqual({
      lockAfter: 3,
      serverHeader: null,
    });
    expect(errorOf(() => checkTraits({ lockAfter: 0 }, 'device-1'))).toContain(
      'device-1: trait "lockAfter" is 0',
    );
  });
});
