import { displayName } from '../../model/display-name.ts';
import type { Employee } from '../../model/employee.ts';

/** What is read of `angajati`. */
export interface EmployeeRow {
  id: string;
  nume: string | null;
  prenume: string | null;
  nume_complet: string | null;
  status: string | null;
}

/** What is read of `angajati_biometrie`. */
export interface BiometricsRow {
  id: string;
  employee_no: number | null;
  foto_fata_url: string | null;
}

export const EMPLOYEE_COLUMNS = 'id, nume, prenume, nume_complet, status';
export const BIOMETRICS_COLUMNS = 'id, employee_no, foto_fata_url';

/** A photo URL of blanks is no photo. */
const photo = (url: string | null | undefined): string | null => {
  const trimmed = (url ?? '').trim();
  return trimmed === '' ? null : trimmed;
};

export const employeeFromRows = (employee: EmployeeRow, biometrics: BiometricsRow | null): Employee => ({
  employeeId: employee.id,
  biometricsId: biometrics?.id ?? null,
  employeeNo: biometrics?.employee_no ?? null,
  displayName: displayName({
    lastName: employee.nume,
    firstName: employee.prenume,
    fullName: employee.nume_complet,
  }),
  photoUrl: photo(biometrics?.foto_fata_url),
  active: employee.status === 'activ',
});
