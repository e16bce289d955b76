import type { Database } from '@pontaj/supabase';
import type { SupabaseClient } from '@supabase/supabase-js';
import type { StoredEmployee } from '../stack/stack.ts';

/** The employees a database that was used before already holds; their photos keep the seed in the file's name. */
export async function readPeople(database: SupabaseClient<Database>): Promise<StoredEmployee[]> {
  const { data, error } = await database
    .from('angajati_biometrie')
    .select('id, angajat_id, employee_no, foto_fata_url, angajati (nume, prenume)')
    .order('employee_no');
  if (error) throw new Error(`Employees could not be read: ${error.message}`);
  return data.map((row) => ({
    employeeId: row.angajat_id,
    biometricsId: row.id,
    employeeNo: row.employee_no ?? 0,
    photoUrl: row.foto_fata_url ?? '',
    faceSeed: Number(/fata-(\d+)/.exec(row.foto_fata_url ?? '')?.[1] ?? 0),
    nume: row.angajati.nume ?? '',
    prenume: row.angajati.prenume ?? '',
  }));
}
