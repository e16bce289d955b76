/** An employee as the engine sees one: the row of `angajati` joined with its `angajati_biometrie`. */
export interface Employee {
  employeeId: string;
  /** Null while the employee has no `angajati_biometrie` row. */
  biometricsId: string | null;
  /** The person's number on every device; null until one was given. */
  employeeNo: number | null;
  /** What the device shows, see `display-name.ts`. */
  displayName: string;
  photoUrl: string | null;
  /** `status = 'activ'`: only these go to devices. */
  active: boolean;
}
