import type { Line } from '../../../model/run.ts';
import { lineFromRow } from '../../rows.ts';
import { dataOf } from '../answer.ts';
import type { Client } from '../client.ts';
import { MAX_ROWS } from '../pages.ts';

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
