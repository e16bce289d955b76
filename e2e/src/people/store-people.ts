import type { Database } from '@pontaj/supabase';
import type { SupabaseClient } from '@supabase/supabase-js';
import { drawFace } from '../faces/draw-face.ts';
import type { StoredEmployee } from '../stack/stack.ts';
import type { Person } from './people.ts';

const PHOTO_BUCKET = 'pontaj-photos';
const UPLOADS_AT_ONCE = 8;

/** Draws each person's photo, uploads it to the bucket and inserts the rows as the company's own application would. */
export async function storePeople(
  database: SupabaseClient<Database>,
  people: Person[],
): Promise<StoredEmployee[]> {
  if (people.length === 0) return [];
  const photoUrls = await uploadPhotos(database, people);
  const employees = await inserted(
    database
      .from('angajati')
      .insert(
        people.map(({ nume, prenume }) => ({
          nume,
          prenume,
          nume_complet: `${nume} ${prenume}`,
          status: 'activ',
        })),
      )
      .select('id'),
    'angajati',
  );
  const biometrics = await inserted(
    database
      .from('angajati_biometrie')
      .insert(employees.map(({ id }, index) => ({ angajat_id: id, foto_fata_url: photoUrls[index] ?? null })))
      .select('id, angajat_id, employee_no'),
    'angajati_biometrie',
  );
  const byEmployee = new Map(biometrics.map((row) => [row.angajat_id, row]));
  return people.map((person, index) => {
    const employeeId = employees[index]?.id ?? '';
    const row = byEmployee.get(employeeId);
    if (row?.employee_no == null)
      throw new Error(`Employee ${employeeId} was inserted but has no employee_no.`);
    return {
      ...person,
      employeeId,
      biometricsId: row.id,
      employeeNo: row.employee_no,
      photoUrl: photoUrls[index] ?? '',
    };
  });
}

async function uploadPhotos(database: SupabaseClient<Database>, people: Person[]): Promise<string[]> {
  const urls: string[] = [];
  for (let start = 0; start < people.length; start += UPLOADS_AT_ONCE) {
    const batch = people.slice(start, start + UPLOADS_AT_ONCE);
    urls.push(...(await Promise.all(batch.map(({ faceSeed }) => storePhoto(database, faceSeed)))));
  }
  return urls;
}

/** Draws and uploads one photo; returns its public URL. */
export async function storePhoto(database: SupabaseClient<Database>, faceSeed: number): Promise<string> {
  const bucket = database.storage.from(PHOTO_BUCKET);
  const file = `fata-${faceSeed}.jpg`;
  const { error } = await bucket.upload(file, await drawFace(faceSeed), {
    contentType: 'image/jpeg',
    upsert: true,
  });
  if (error) throw new Error(`Photo ${file} could not be uploaded to ${PHOTO_BUCKET}: ${error.message}`);
  return bucket.getPublicUrl(file).data.publicUrl;
}

/** The inserted rows, or an error that names the table. */
export async function inserted<Row>(
  query: PromiseLike<{ data: Row[] | null; error: { message: string } | null }>,
  table: string,
): Promise<Row[]> {
  const { data, error } = await query;
  if (error) throw new Error(`Rows could not be inserted into ${table}: ${error.message}`);
  return data ?? [];
}
