import type { Sql } from 'postgres';
import { firstOf } from './first-of.ts';

/** An employee with a biometrics row. */
export async function addEmployee(
  sql: Sql,
  options: { status?: string; employeeNo?: number } = {},
): Promise<{ employeeId: string; biometricsId: string; employeeNo: number }> {
  const employee = firstOf(
    await sql<{ id: string }[]>`
    insert into public.angajati (nume, prenume, status)
    values ('Popescu', 'Ion', ${options.status ?? 'activ'}) returning id`,
  );
  const biometrics = firstOf(
    await sql<{ id: string; employee_no: number }[]>`
    insert into public.angajati_biometrie (angajat_id, employee_no)
    values (${employee.id}, ${options.employeeNo ?? null}) returning id, employee_no`,
  );
  return { employeeId: employee.id, biometricsId: biometrics.id, employeeNo: biometrics.employee_no };
}

export async function addDevice(sql: Sql, name = 'Poarta 1', status = 'activ'): Promise<string> {
  const device = firstOf(
    await sql<{ id: string }[]>`
    insert into public.dispozitive_pontaj (nume, ip_address, username, password_encrypted, status)
    values (${name}, '127.0.0.1', 'admin', 'Parola-123', ${status}) returning id`,
  );
  return device.id;
}
