import type { Database } from '@pontaj/supabase';
import type { FaceResult, Line, LineStatus, PersonResult } from '../../model/run.ts';

export type LineRow = Database['public']['Tables']['sincronizari_linii']['Row'];

// The texts of status, person and face are the API's in the table too, and a check there admits no others.
export const lineFromRow = (row: LineRow): Line => ({
  employeeId: row.angajat_id,
  employeeNo: row.employee_no,
  deviceId: row.dispozitiv_id,
  status: row.status as LineStatus,
  person: row.persoana as PersonResult,
  face: row.fata as FaceResult,
  reasons: row.motive,
  error: row.eroare_cod === null ? null : { code: row.eroare_cod, message: row.eroare_mesaj ?? '' },
});

export const lineColumns = (line: Line) => ({
  employee_no: line.employeeNo,
  angajat_id: line.employeeId,
  status: line.status,
  persoana: line.person,
  fata: line.face,
  motive: line.reasons,
  eroare_cod: line.error?.code ?? null,
  eroare_mesaj: line.error?.message ?? null,
});
