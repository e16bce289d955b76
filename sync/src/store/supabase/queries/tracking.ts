import type { Tracking } from '../../../model/tracking.ts';
import { PRESENT, trackingColumns, trackingFromRow } from '../../rows.ts';
import type { Lease, Page } from '../../store.ts';
import { countOf, dataOf } from '../answer.ts';
import type { Client } from '../client.ts';
import { chunks, cutPage, MAX_ROWS } from '../pages.ts';

const TABLE = 'angajati_biometrie_dispozitive';
const NUMBERS_IN_FILTER = 500;
/** Rows in one write: about 200 KB of JSON. */
const ROWS_IN_WRITE = 500;

export async function readTracking(
  client: Client,
  deviceId: string,
  after: number | null,
  limit: number,
): Promise<Page<Tracking>> {
  const size = Math.min(limit, MAX_ROWS - 1);
  const answer = await client
    .from(TABLE)
    .select('*')
    .eq('dispozitiv_id', deviceId)
    .gt('employee_no', after ?? -1)
    .order('employee_no')
    .limit(size + 1);
  const { rows, next } = cutPage(dataOf(answer, 'reading tracking'), size, (row) => row.employee_no);
  return { rows: rows.map(trackingFromRow), next };
}

export async function readTrackingOf(
  client: Client,
  deviceId: string,
  employeeNos: number[],
): Promise<Tracking[]> {
  const found: Tracking[] = [];
  for (const some of chunks([...new Set(employeeNos)], NUMBERS_IN_FILTER)) {
    const answer = await client.from(TABLE).select('*').eq('dispozitiv_id', deviceId).in('employee_no', some);
    found.push(...dataOf(answer, 'reading tracking by number').map(trackingFromRow));
  }
  return found;
}

export async function countPresent(client: Client, deviceId: string): Promise<number> {
  const answer = await client
    .from(TABLE)
    .select('employee_no', { count: 'exact', head: true })
    .eq('dispozitiv_id', deviceId)
    .in('persoana_stare', PRESENT);
  return countOf(answer, 'counting who is on a device');
}

export async function readOwedClosings(
  client: Client,
  deviceId: string,
  after: number | null,
  limit: number,
): Promise<Page<Tracking>> {
  const size = Math.min(limit, MAX_ROWS - 1);
  const answer = await client.rpc('inchideri_datorate', {
    p_dispozitiv_id: deviceId,
    p_limita: size + 1,
    p_dupa: after ?? -1,
  });
  const { rows, next } = cutPage(dataOf(answer, 'reading closings owed'), size, (row) => row.employee_no);
  return { rows: rows.map(trackingFromRow), next };
}

export async function writeTracking(client: Client, lease: Lease, rows: Tracking[]): Promise<void> {
  for (const some of chunks(rows, ROWS_IN_WRITE)) {
    const answer = await client.rpc('scrie_urmarire', {
      p_dispozitiv_id: lease.deviceId,
      p_fence: lease.fence,
      p_urmarire: some.map(trackingColumns),
    });
    dataOf(answer, 'writing tracking', lease.deviceId);
  }
}
