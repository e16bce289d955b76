import type { Employee } from '../../../model/employee.ts';
import {
  BIOMETRICS_COLUMNS,
  EMPLOYEE_COLUMNS,
  employeeFromRows,
  type BiometricsRow,
  type EmployeeRow,
} from '../../rows.ts';
import type { Page } from '../../store.ts';
import { countOf, dataOf, dataOrNull } from '../answer.ts';
import type { Client } from '../client.ts';
import { chunks, cutPage, MAX_ROWS } from '../pages.ts';

/** Short numbers: this many fit in a URL. */
const NUMBERS_IN_FILTER = 500;

/** By column, because a project may have other foreign keys between the two tables. */
const BOTH = `${BIOMETRICS_COLUMNS}, angajati!angajat_id!inner(${EMPLOYEE_COLUMNS})`;

type Joined = BiometricsRow & { angajati: EmployeeRow };
const fromJoined = (row: Joined): Employee => employeeFromRows(row.angajati, row);

export async function readEmployee(client: Client, employeeId: string): Promise<Employee | null> {
  const [employee, biometrics] = await Promise.all([
    client.from('angajati').select(EMPLOYEE_COLUMNS).eq('id', employeeId).maybeSingle<EmployeeRow>(),
    client
      .from('angajati_biometrie')
      .select(BIOMETRICS_COLUMNS)
      .eq('angajat_id', employeeId)
      .maybeSingle<BiometricsRow>(),
  ]);
  const found = dataOrNull(employee, 'reading an employee');
  if (found === null) return null;
  return employeeFromRows(found, dataOrNull(biometrics, "reading an employee's biometrics"));
}

export async function readActiveEmployees(
  client: Client,
  after: number | null,
  limit: number,
): Promise<Page<Employee>> {
  const size = Math.min(limit, MAX_ROWS - 1);
  const answer = await client
    .from('angajati_biometrie')
    .select(BOTH)
    .eq('angajati.status', 'activ')
    .gt('employee_no', after ?? -1)
    .order('employee_no')
    .limit(size + 1)
    .overrideTypes<Joined[], { merge: false }>();
  const { rows, next } = cutPage(
    dataOf<Joined[]>(answer, 'reading employees'),
    size,
    (row) => row.employee_no ?? 0,
  );
  return { rows: rows.map(fromJoined), next };
}

export async function readEmployeesByNumber(client: Client, employeeNos: number[]): Promise<Employee[]> {
  const found: Employee[] = [];
  for (const some of chunks([...new Set(employeeNos)], NUMBERS_IN_FILTER)) {
    const answer = await client
      .from('angajati_biometrie')
      .select(BOTH)
      .in('employee_no', some)
      .order('employee_no')
      .overrideTypes<Joined[], { merge: false }>();
    found.push(...dataOf<Joined[]>(answer, 'reading employees by number').map(fromJoined));
  }
  return found.sort((a, b) => (a.employeeNo ?? 0) - (b.employeeNo ?? 0));
}

export async function countActiveEmployees(
  client: Client,
): Promise<{ withNumber: number; withoutNumber: number }> {
  const exact = { count: 'exact', head: true } as const;
  const [all, numbered] = await Promise.all([
    client.from('angajati').select('id', exact).eq('status', 'activ'),
    client
      .from('angajati_biometrie')
      .select('id, angajati!angajat_id!inner(id)', exact)
      .eq('angajati.status', 'activ')
      .not('employee_no', 'is', null),
  ]);
  const withNumber = countOf(numbered, 'counting employees with a number');
  return { withNumber, withoutNumber: Math.max(0, countOf(all, 'counting employees') - withNumber) };
}
