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
  /** Changes when the photo is replaced under the same URL, where the database can tell; absent or null otherwise. */
  photoVersion?: string | null;
  /** `status = 'activ'`: only these go to devices. */
  active: boolean;
}
