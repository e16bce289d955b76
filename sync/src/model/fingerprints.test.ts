import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  credentialsFingerprint,
  nameDiffers,
  personFingerprint,
  photoFingerprint,
  type PersonData,
} from './fingerprints.ts';

const person: PersonData = {
  name: 'Popescu Ion',
  valid: { enable: true, beginTime: '2025-10-10T00:00:00', endTime: '2037-12-31T23:59:59' },
  doorRight: '1',
  planTemplateNo: '1',
};

test('every field of a person changes the fingerprint, and only the name changes its name half', () => {
  const base = personFingerprint(person);
  const renamed = personFingerprint({ ...person, name: 'Popescu Ioan' });
  expect(renamed).not.toBe(base);
  expect(nameDiffers(base, renamed)).toBe(true);
  for (const changed of [
    { ...person, valid: { ...person.valid, enable: false } },
    { ...person, valid: { ...person.valid, endTime: '2030-01-01T00:00:00' } },
    { ...person, doorRight: '1,2' },
    { ...person, planTemplateNo: '2' },
  ]) {
    expect(personFingerprint(changed)).not.toBe(base);
    expect(nameDiffers(base, personFingerprint(changed))).toBe(false);
  }
});

test('the parts cannot run into each other', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (a, b, c, d) => {
      fc.pre(a !== c || b !== d);
      expect(photoFingerprint(a, b)).not.toBe(photoFingerprint(c, d));
      const deviceId = 'd';
      expect(credentialsFingerprint({ deviceId, username: a, password: b })).not.toBe(
        credentialsFingerprint({ deviceId, username: c, password: d }),
      );
    }),
  );
});

test('the same credentials on two devices look different', () => {
  const login = { username: 'admin', password: 'p' };
  expect(credentialsFingerprint({ ...login, deviceId: 'a' })).not.toBe(
    credentialsFingerprint({ ...login, deviceId: 'b' }),
  );
});

test('a photo without a version is one with an empty version', () => {
  expect(photoFingerprint('u')).toBe(photoFingerprint('u', null));
});
