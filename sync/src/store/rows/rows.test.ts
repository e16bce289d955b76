import { describe, expect, it } from 'vitest';
import type { Knowledge, Tracking } from '../../model/tracking.ts';
import { deviceColumns, deviceFromRow, type DeviceRow } from './device-row.ts';
import { employeeFromRows } from './employee-row.ts';
import { lineColumns, lineFromRow } from './line-row.ts';
import { scopeFromColumn } from './run-row.ts';
import { trackingColumns, trackingFromRow } from './tracking-row.ts';

const deviceRow: DeviceRow = {
  id: 'd-1',
  nume: 'Poarta',
  ip_address: ' 192.0.2.1 ',
  port: 8443,
  username: 'admin ',
  password_encrypted: ' p ',
  status: 'activ',
  santier_id: null,
  ultima_sincronizare: '2026-01-02 03:04:05+00',
  protocol: 'https',
  politica_certificat: 'verificat',
  amprenta_certificat: null,
  fus_orar: null,
  numar_serie: 'S1',
  model: null,
  firmware: null,
  capabilitati: null,
  livrare_foto: null,
  credentiale_refuzate: null,
  credentiale_acceptate: null,
  credentiale_neclare: null,
  incercari_ramase: null,
  blocat_pana_la: null,
  esecuri_consecutive: 2,
  urmatoarea_incercare_la: null,
  ultima_eroare_cod: null,
  ultima_eroare: null,
  inventariat_la: null,
  straini_numar: null,
};

describe('a device row', () => {
  it.each([
    [null, []],
    ['abc', ['abc']],
    ['abc def', ['abc', 'def']],
  ])('has what was refused in one column: %j', (credentiale_refuzate, refusedCredentials) => {
    expect(deviceFromRow({ ...deviceRow, credentiale_refuzate }).memory).toMatchObject({
      refusedCredentials,
    });
    expect(deviceColumns({ memory: { refusedCredentials } })).toEqual({ credentiale_refuzate });
  });

  it('becomes a device', () => {
    expect(deviceFromRow(deviceRow)).toMatchObject({
      deviceId: 'd-1',
      host: '192.0.2.1',
      port: 8443,
      username: 'admin',
      // Blanks may belong to a password.
      password: ' p ',
      scheme: 'https',
      certificatePolicy: { mode: 'verify' },
      status: 'activ',
      memory: { serialNumber: 'S1', consecutiveFailures: 2, lastSyncedAtMs: Date.UTC(2026, 0, 2, 3, 4, 5) },
    });
  });

  it.each([
    [
      { politica_certificat: 'amprenta', amprenta_certificat: 'AB' },
      { mode: 'pinned', fingerprint: 'AB' },
    ],
    [{ politica_certificat: 'amprenta' }, { mode: 'verify' }],
    [{ politica_certificat: 'neverificat' }, { mode: 'unchecked' }],
    [{ politica_certificat: 'altceva' }, { mode: 'verify' }],
  ])('with %j has the policy %j: never laxer than asked for', (columns, policy) => {
    expect(deviceFromRow({ ...deviceRow, ...columns }).certificatePolicy).toEqual(policy);
  });

  it('of an older project, with gaps, is a device that is left alone', () => {
    const gaps = {
      port: null,
      username: null,
      password_encrypted: null,
      status: 'montat',
    } as unknown as DeviceRow;
    expect(deviceFromRow({ ...deviceRow, ...gaps })).toMatchObject({
      port: 80,
      username: '',
      password: '',
      status: 'inactiv',
    });
  });

  it.each([
    [{ nume: null }, '192.0.2.1', '192.0.2.1'],
    [{ nume: ' ', ip_address: null }, 'd-1', ''],
  ])('with %j goes by %j', (columns, name, host) => {
    expect(deviceFromRow({ ...deviceRow, ...columns })).toMatchObject({ name, host });
  });

  it('forgets capabilities it cannot read', () => {
    const columns = { capabilitati: { personSetUp: 'perhaps' } };
    expect(deviceFromRow({ ...deviceRow, ...columns }).memory.capabilities).toBeNull();
  });

  it('is written key by key, times as timestamps', () => {
    expect(deviceColumns({ memory: { lockedUntilMs: 0, serialNumber: null } })).toEqual({
      blocat_pana_la: '1970-01-01T00:00:00.000Z',
      numar_serie: null,
    });
    expect(deviceColumns({ status: 'eroare' })).toEqual({ status: 'eroare' });
    expect(deviceColumns({})).toEqual({});
  });
});

describe('an employee row', () => {
  const row = { id: 'e-1', nume: 'Popescu', prenume: 'Ion', nume_complet: null, status: 'activ' };

  it.each([
    ['activ', true],
    ['Activ', false],
    ['concediu', false],
    [null, false],
  ])('with status %j is active: %j', (status, active) => {
    expect(employeeFromRows({ ...row, status }, null).active).toBe(active);
  });

  it.each([[null], [''], ['  ']])('has no photo when the URL is %j', (foto_fata_url) => {
    expect(employeeFromRows(row, { id: 'b-1', employee_no: 1000, foto_fata_url }).photoUrl).toBeNull();
  });
});

describe('a tracking row', () => {
  const tracking: Tracking = {
    deviceId: 'd-1',
    employeeNo: 1000,
    biometricsId: null,
    status: 'eroare',
    person: { state: 'unknown' },
    face: { state: 'unknown' },
    accessClosed: false,
    identified: true,
    sentNames: ['n'],
    syncedAtMs: 1,
    errorCode: 'c',
    errorMessage: 'm',
  };

  it.each<[Knowledge]>([
    [{ state: 'unknown' }],
    [{ state: 'absent' }],
    [{ state: 'confirmed', fingerprint: 'f' }],
    [{ state: 'foreign' }],
  ])('keeps what is known: %j', (known) => {
    const written = trackingColumns({ ...tracking, person: known, face: known });
    const row = { ...written, id: 'x', dispozitiv_id: 'd-1', angajat_biometrie_id: null, actualizat_la: '' };
    expect(trackingFromRow(row)).toEqual({ ...tracking, person: known, face: known });
  });

  it('claims nothing that it cannot back', () => {
    const columns = { ...trackingColumns(tracking), persoana_stare: 'confirmata', fata_stare: 'poate' };
    const row = { ...columns, id: 'x', dispozitiv_id: 'd-1', angajat_biometrie_id: null, actualizat_la: '' };
    expect(trackingFromRow(row)).toMatchObject({ person: { state: 'unknown' }, face: { state: 'unknown' } });
  });
});

it('a line comes back as it was written', () => {
  const line = {
    employeeId: null,
    employeeNo: 1000,
    deviceId: 'd-1',
    status: 'partial',
    person: 'created',
    face: 'failed',
    reasons: ['new'],
    error: { code: 'face_rejected', message: 'too dark' },
  } as const;
  const written = lineColumns({ ...line, reasons: ['new'] });
  const row = { ...written, employee_no: 1000, sincronizare_id: 'r', dispozitiv_id: 'd-1', la: '' };
  expect(lineFromRow(row)).toEqual(line);
});

it('a scope that no daemon of this version wrote is not guessed at', () => {
  expect(() => scopeFromColumn({ kind: 'sync-all-to-device' })).toThrow();
});
