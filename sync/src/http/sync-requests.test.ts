import { describe, expect, it } from 'vitest';
import { Problem } from './problem.ts';
import { readScope } from './sync-requests.ts';
import { deviceId, employeeId, SITE } from './testing/ids.ts';

const angajat_id = employeeId(1);
const dispozitiv_id = deviceId(1);
const plain = {
  employeeId: null,
  deviceId: null,
  siteId: null,
  work: 'person-and-face',
  mode: 'incremental',
  execution: 'perform',
};

const complaintOf = (...args: Parameters<typeof readScope>): string => {
  try {
    readScope(...args);
  } catch (error) {
    if (error instanceof Problem && error.code === 'body_invalid') return error.message;
    throw error;
  }
  return '';
};

describe('readScope', () => {
  it.each([
    ['sync-angajat-all-devices', { angajat_id }, { employeeId: angajat_id }],
    ['sync-all-to-all-devices', {}, {}],
    ['sync-all-to-all-devices', undefined, {}],
    ['sync-all-to-all-devices', { santier_id: SITE, full: true }, { siteId: SITE, mode: 'full' }],
    ['sync-angajat-photo-only', { angajat_id }, { employeeId: angajat_id, work: 'face-only' }],
    [
      'sync-angajat-device',
      { angajat_id, dispozitiv_id },
      { employeeId: angajat_id, deviceId: dispozitiv_id },
    ],
    ['sync-all-to-device', { dispozitiv_id, verify: true }, { deviceId: dispozitiv_id, mode: 'verify' }],
    ['sync-all-to-device', { dispozitiv_id, dry_run: true }, { deviceId: dispozitiv_id, execution: 'plan' }],
  ] as const)('%s %j', (kind, body, scope) => {
    expect(readScope(kind, body)).toEqual({ ...plain, kind, ...scope });
  });

  it('writes ids the one way the database does, so that the same work is seen to be the same', () => {
    const upper = { angajat_id: angajat_id.toUpperCase() };
    expect(readScope('sync-angajat-photo-only', upper).employeeId).toBe(angajat_id);
  });

  it('names each field that is missing or wrong, with its value', () => {
    const complaint = complaintOf('sync-angajat-device', { angajat_id: 'ion', full: 'yes' });
    expect(complaint).toContain('angajat_id is "ion": expected the id of an employee');
    expect(complaint).toContain('dispozitiv_id is missing');
    expect(complaint).toContain('full is "yes": expected true or false');
  });

  it('takes no unknown key: a misspelt filter would widen the work', () => {
    const complaint = complaintOf('sync-all-to-all-devices', { santier: SITE });
    expect(complaint).toBe('santier: not known here. Known: santier_id, full, verify, dry_run.');
  });

  it.each([[null], [[]], ['text'], [7]])('takes no %j for a body', (body) => {
    expect(complaintOf('sync-all-to-all-devices', body)).toContain('expected a JSON object');
  });

  it('does not repeat long values', () => {
    expect(complaintOf('sync-angajat-photo-only', { angajat_id: 'x'.repeat(10_000) }).length).toBeLessThan(
      200,
    );
  });

  it('refuses full and verify together', () => {
    const both = { dispozitiv_id, full: true, verify: true };
    expect(complaintOf('sync-all-to-device', both)).toContain('exclude each other');
  });
});
