import { describe, expect, test } from 'vitest';
import { nameFingerprint } from '../../model/fingerprints.ts';
import type { FoundPerson } from '../../isapi/device-client.ts';
import { defaultPersonTemplate as template } from '../../model/person-template.ts';
import type { Tracking } from '../../model/tracking.ts';
import { anEmployee } from '../testing/world.ts';
import { adopt, ourNumber, type AdoptionRules } from './adopt.ts';
import { wishFor } from './wish.ts';

const employee = anEmployee(1000);
const wish = wishFor(employee, template)!;
const right: FoundPerson = { ...wish.person, numOfFace: 1 };
const rules = (more: Partial<AdoptionRules> = {}): AdoptionRules => ({
  deviceId: 'd',
  adoptFaces: 'replace',
  adoptPersons: 'any',
  template,
  ...more,
});
const row = (more: Partial<Tracking> = {}): Tracking => ({
  deviceId: 'd',
  employeeNo: 1000,
  biometricsId: 'b-1000',
  status: 'sincronizat',
  person: { state: 'confirmed', fingerprint: wish.personFingerprint },
  face: { state: 'confirmed', fingerprint: wish.photo!.fingerprint },
  accessClosed: false,
  identified: true,
  sentNames: [],
  syncedAtMs: 1,
  errorCode: null,
  errorMessage: null,
  ...more,
});
const rowOf = (adoption: ReturnType<typeof adopt>): Tracking | null =>
  adoption.kind === 'stranger' ? null : adoption.row;

describe('a person found on the device', () => {
  test('under a number nobody has is a stranger, reported and left alone', () => {
    expect(adopt(right, 1000, null, null, rules())).toEqual({ kind: 'stranger' });
  });

  test('as wished, and the face not ours: person confirmed, face foreign', () => {
    expect(rowOf(adopt(right, 1000, employee, null, rules()))).toMatchObject({
      person: { state: 'confirmed', fingerprint: wish.personFingerprint },
      face: { state: 'foreign' },
      status: 'pending',
      syncedAtMs: null,
    });
  });

  test('with trusted faces needs nothing more', () => {
    expect(rowOf(adopt(right, 1000, employee, null, rules({ adoptFaces: 'trust' })))).toMatchObject({
      face: { state: 'confirmed', fingerprint: wish.photo!.fingerprint },
    });
  });

  test('trust does not reach a face that was lost sight of while it was being sent', () => {
    const known = row({ status: 'pending', face: { state: 'unknown' } });
    expect(rowOf(adopt(right, 1000, employee, known, rules({ adoptFaces: 'trust' })))).toBeNull();
  });

  test('as known teaches nothing', () => {
    expect(adopt(right, 1000, employee, row(), rules())).toEqual({ kind: 'ours', row: null });
  });

  test('renamed at the terminal is no longer confirmed; without its face, the face is absent', () => {
    const edited: FoundPerson = { ...right, name: 'La Terminal', numOfFace: 0 };
    expect(rowOf(adopt(edited, 1000, employee, row(), rules()))).toMatchObject({
      person: { state: 'foreign' },
      face: { state: 'absent' },
      status: 'pending',
    });
  });

  test('of somebody who left and can still pass becomes a row, so that the closing is owed', () => {
    const left = { ...employee, active: false };
    expect(rowOf(adopt(right, 1000, left, null, rules()))).toMatchObject({
      person: { state: 'foreign' },
      accessClosed: false,
    });
    const shut: FoundPerson = { ...right, valid: { ...right.valid, enable: false } };
    expect(rowOf(adopt(shut, 1000, left, null, rules()))).toMatchObject({ accessClosed: true });
  });

  test('of somebody deleted from the database, tracked here, stays ours', () => {
    expect(adopt(right, 1000, null, row({ biometricsId: null }), rules()).kind).toBe('ours');
  });

  test('with another name is a conflict under same-name, and never looks like ours to close out', () => {
    const other: FoundPerson = { ...right, name: 'Altcineva' };
    const conflict = adopt(other, 1000, employee, null, rules({ adoptPersons: 'same-name' }));
    expect(conflict).toMatchObject({
      kind: 'conflict',
      row: { status: 'eroare', errorCode: 'person_conflict', person: { state: 'absent' } },
    });
    expect(adopt(other, 1000, employee, null, rules()).kind).toBe('ours');
    // Ours already: a new name is a change, not a conflict.
    expect(adopt(other, 1000, employee, row(), rules({ adoptPersons: 'same-name' })).kind).toBe('ours');
  });

  test('with another name, while nobody was identified yet, is a conflict too; a leaver is left to the closing owed', () => {
    const same = rules({ adoptPersons: 'same-name' });
    const other: FoundPerson = { ...right, name: 'Altcineva' };
    const shut: FoundPerson = { ...other, valid: { ...other.valid, enable: false } };
    const left = { ...employee, active: false };
    for (const state of ['unknown', 'foreign'] as const) {
      const vague = row({ status: 'pending', person: { state }, identified: false });
      expect(adopt(other, 1000, employee, vague, same).kind).toBe('conflict');
      for (const found of [other, shut])
        for (const who of [left, null])
          expect(adopt(found, 1000, who, vague, same)).toEqual({ kind: 'ours', row: null });
      expect(rowOf(adopt(shut, 1000, left, vague, rules()))).toMatchObject({ accessClosed: true });
      const once = row({ status: 'pending', person: { state } });
      expect(adopt(other, 1000, employee, once, same).kind).toBe('ours');
      // What we meant to call them before the database had another name.
      const renamed = { ...vague, sentNames: [nameFingerprint('Altcineva')] };
      for (const who of [employee, left, null])
        expect(rowOf(adopt(other, 1000, who, renamed, same))).toMatchObject({
          identified: true,
          sentNames: [],
        });
    }
  });

  test('typed in under our number after ours was gone, they are no more ours than anybody else', () => {
    const same = rules({ adoptPersons: 'same-name' });
    const other: FoundPerson = { ...right, name: 'Altcineva' };
    // In step once, and gone since.
    const gone = row({ person: { state: 'absent' }, face: { state: 'absent' }, identified: false });
    expect(adopt(other, 1000, employee, gone, same).kind).toBe('conflict');
    expect(adopt(other, 1000, null, gone, same).kind).toBe('stranger');
    expect(adopt(right, 1000, employee, gone, same).kind).toBe('ours');
  });

  test('where the model reports fewer fields, what it does not report is taken as right', () => {
    const bare: FoundPerson = { ...right, doorRight: '', planTemplateNo: '', numOfFace: null };
    expect(rowOf(adopt(bare, 1000, employee, null, rules()))).toMatchObject({
      person: { state: 'confirmed' },
      face: { state: 'unknown' },
    });
  });
});

test.each([
  ['1000', 1000],
  ['01000', null],
  ['0', null],
  ['A1', null],
  ['', null],
  ['2147483647', 2_147_483_647],
  ['2147483648', null],
  ['99999999999', null],
])('the number of %j is %j', (text, number) => {
  expect(ourNumber(text)).toBe(number);
});
