import type { FaceView, PersonView } from '@pontaj/simulator';
import Table from 'cli-table3';

/** What is on one terminal, for a person to read. */
export function deviceTable(title: string, persons: PersonView[], faces: FaceView[]): string {
  const faceOf = new Map(faces.map((face) => [face.FPID, face]));
  const table = new Table({
    head: ['No.', 'Name', 'Face', 'Valid until'],
    style: { head: [], border: [], compact: true },
  });
  for (const person of persons) {
    const face = faceOf.get(person.employeeNo);
    table.push([
      person.employeeNo,
      person.name,
      face ? `${(face.sizeBytes / 1024).toFixed(0)} KB` : 'none',
      person.valid.enable ? person.valid.endTime.slice(0, 10) : 'closed',
    ]);
  }
  return `${title}: ${persons.length} persons, ${faces.length} faces\n${table.toString()}`;
}
