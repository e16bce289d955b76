import type { Database } from '@pontaj/supabase';
import type { Knowledge, Tracking, TrackingStatus } from '../../model/tracking.ts';
import { msToTimestamp, timestampToMs } from './timestamp.ts';

export type TrackingRow = Database['public']['Tables']['angajati_biometrie_dispozitive']['Row'];

const names = {
  unknown: 'necunoscuta',
  absent: 'absenta',
  confirmed: 'confirmata',
  foreign: 'straina',
} as const satisfies Record<Knowledge['state'], string>;

/** Whoever a row calls one of these is on the device. */
export const PRESENT = [names.confirmed, names.foreign];

/** A state that this version does not know is nothing known: it is resolved before anything is sent. */
function knowledge(state: string, fingerprint: string | null): Knowledge {
  if (state === names.confirmed && fingerprint !== null) return { state: 'confirmed', fingerprint };
  if (state === names.absent) return { state: 'absent' };
  return { state: state === names.foreign ? 'foreign' : 'unknown' };
}

const fingerprintOf = (known: Knowledge): string | null =>
  known.state === 'confirmed' ? known.fingerprint : null;

const status = (text: string): TrackingStatus =>
  text === 'sincronizat' || text === 'eroare' ? text : 'pending';

export const trackingFromRow = (row: TrackingRow): Tracking => ({
  deviceId: row.dispozitiv_id,
  employeeNo: row.employee_no,
  biometricsId: row.angajat_biometrie_id,
  status: status(row.status_sincronizare),
  person: knowledge(row.persoana_stare, row.persoana_amprenta),
  face: knowledge(row.fata_stare, row.fata_amprenta),
  accessClosed: row.acces_inchis,
  identified: row.recunoscuta,
  sentNames: row.nume_trimise,
  syncedAtMs: timestampToMs(row.sincronizat_la),
  errorCode: row.eroare_cod,
  errorMessage: row.eroare_detalii,
});

/** As the SQL functions take it: they find the biometrics row by the number. */
export const trackingColumns = (tracking: Tracking) => ({
  employee_no: tracking.employeeNo,
  status_sincronizare: tracking.status,
  sincronizat_la: msToTimestamp(tracking.syncedAtMs),
  eroare_cod: tracking.errorCode,
  eroare_detalii: tracking.errorMessage,
  persoana_stare: names[tracking.person.state],
  persoana_amprenta: fingerprintOf(tracking.person),
  fata_stare: names[tracking.face.state],
  fata_amprenta: fingerprintOf(tracking.face),
  acces_inchis: tracking.accessClosed,
  recunoscuta: tracking.identified,
  nume_trimise: tracking.sentNames,
});
