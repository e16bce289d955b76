import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { drawFace } from '../../src/faces/draw-face.ts';
import type { RunBody, Stack, StoredEmployee } from '../../src/stack/stack.ts';

const HAS_PERSON = new Set(['created', 'already_exists', 'updated', 'unchanged']);
const HAS_FACE = new Set(['set', 'unchanged']);

/**
 * What the terminals hold, the tracking rows and the answer tell the same story, for every pair of the answer:
 * the person is there under the right name, the face is that person's photo to the byte, and the row says so.
 */
export async function expectAgreement(stack: Stack, answer: RunBody): Promise<void> {
  const { data: tracking, error } = await stack.database.from('angajati_biometrie_dispozitive').select('*');
  if (error) throw new Error(error.message);
  const employees = new Map(stack.employees.map((employee) => [employee.employeeNo, employee]));
  const summary = { success: 0, partial: 0, skipped: 0, failed: 0, not_attempted: 0 };

  for (const device of stack.devices) {
    const persons = new Map((await device.persons()).map((person) => [person.employeeNo, person]));
    const faces = new Map((await device.faces()).map((face) => [face.FPID, face]));
    for (const result of answer.results.filter(({ dispozitiv_id }) => dispozitiv_id === device.databaseId)) {
      const number = String(result.employee_no);
      const story = `${device.name}, employee ${number}: ${JSON.stringify(result)}`;
      const row = tracking.find(
        (one) => one.dispozitiv_id === device.databaseId && String(one.employee_no) === number,
      );
      const employee = result.employee_no === null ? undefined : employees.get(result.employee_no);
      if (HAS_PERSON.has(result.person))
        expect(persons.get(number)?.name, story).toBe(employee && displayName(employee));
      if (HAS_FACE.has(result.face) && employee)
        expect(faces.get(number)?.sha256, story).toBe(await photoHash(employee));
      if (result.face === 'missing') expect(faces.has(number), story).toBe(false);
      switch (result.status) {
        case 'sincronizat':
          summary.success += 1;
          expect(row?.status_sincronizare, story).toBe('sincronizat');
          expect(HAS_PERSON.has(result.person), story).toBe(true);
          expect(result.error, story).toBeNull();
          break;
        case 'partial':
        case 'eroare': {
          summary[result.status === 'partial' ? 'partial' : 'failed'] += 1;
          // Cancelled between person and face: nothing went wrong, and the rest is still due.
          const isCutOff = answer.status === 'cancelled' && result.error === null;
          expect(row?.status_sincronizare, story).toBe(isCutOff ? 'pending' : 'eroare');
          expect(row?.eroare_detalii ?? null, story).toBe(result.error?.message ?? null);
          break;
        }
        case 'neincercat':
          summary.not_attempted += 1;
          break;
        case 'omis':
          summary.skipped += 1;
          break;
        default:
          throw new Error(`unknown status: ${story}`);
      }
    }
  }
  expect(answer.summary, 'the summary counts the results').toMatchObject({
    success: summary.success,
    partial: summary.partial,
    failed: summary.failed,
    not_attempted: summary.not_attempted,
  });
}

export function displayName({ nume, prenume }: StoredEmployee): string {
  return `${nume} ${prenume}`;
}

/** SHA-256 of the employee's photo as it was uploaded. */
export async function photoHash({ faceSeed }: StoredEmployee): Promise<string> {
  return createHash('sha256')
    .update(await drawFace(faceSeed))
    .digest('hex');
}
