import type { PersonSeed } from '@pontaj/simulator';
import type { Sql } from 'postgres';

/** The first number that is given out; terminals that were filled beforehand hold these. */
const FIRST_NUMBER = 1000;
/** Nobody downloads these: the faces are on the terminals already. */
const PHOTO_URL = 'https://photos.example/fata-';

/** What terminals give somebody who was entered at their own menu; the daemon must wish the same. */
export const TERMINAL_VALIDITY = { VALID_BEGIN: '2000-01-01T00:00:00', VALID_END: '2037-12-31T23:59:59' };

/** `count` employees as a terminal holds them that was filled by hand: every person with a face. */
export const workforceOnTerminal = (count: number): PersonSeed[] =>
  Array.from({ length: count }, (_, index) => ({
    employeeNo: String(FIRST_NUMBER + index),
    name: `Angajat ${index + 1}`,
    face: true,
  }));

/**
 * Inserts the same employees into the database, from the `from`-th on, up to `count` of them.
 * @throws Error when the numbers given out are not those on the terminals.
 */
export async function insertWorkforce(sql: Sql, count: number, from = 0): Promise<void> {
  await sql`
    with hired as (
      insert into angajati (nume, prenume, status)
      select 'Angajat', nth::text, 'activ' from generate_series(${from + 1}::int, ${count}::int) nth
      returning id, prenume::int as nth
    )
    insert into angajati_biometrie (angajat_id, employee_no, foto_fata_url)
    select id, ${FIRST_NUMBER - 1}::int + nth, ${PHOTO_URL} || nth || '.jpg' from hired order by nth`;
}
