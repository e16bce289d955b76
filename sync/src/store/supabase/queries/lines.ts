import type { Line } from '../../../model/run.ts';
import { lineFromRow } from '../../rows.ts';
import type { Page } from '../../store.ts';
import { dataOf } from '../answer.ts';
import type { Client } from '../client.ts';
import { cutPage, MAX_ROWS } from '../pages.ts';

/** A run's lines by employee number, then device. */
export async function readLines(
  client: Client,
  runId: string,
  after: { employeeNo: number; deviceId: string } | null,
  limit: number,
): Promise<Line[]> {
  let query = client
    .from('sincronizari_linii')
    .select('*')
    .eq('sincronizare_id', runId)
    .order('employee_no')
    .order('dispozitiv_id')
    .limit(Math.min(limit, MAX_ROWS));
  if (after !== null)
    query = query.or(
      `employee_no.gt.${after.employeeNo},` +
        `and(employee_no.eq.${after.employeeNo},dispozitiv_id.gt.${after.deviceId})`,
    );
  return dataOf(await query, 'reading lines').map(lineFromRow);
}

/** Of one device. */
export async function readLegLines(
  client: Client,
  runId: string,
  deviceId: string,
  after: number | null,
  limit: number,
): Promise<Page<Line>> {
  const size = Math.min(limit, MAX_ROWS - 1);
  const answer = await client
    .from('sincronizari_linii')
    .select('*')
    .eq('sincronizare_id', runId)
    .eq('dispozitiv_id', deviceId)
    .gt('employee_no', after ?? -1)
    .order('employee_no')
    .limit(size + 1);
  const { rows, next } = cutPage(dataOf(answer, 'reading lines of a leg'), size, (row) => row.employee_no);
  return { rows: rows.map(lineFromRow), next };
}
