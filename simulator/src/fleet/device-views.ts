import type { EventView, FaceView, PersonSeed, PersonView } from '../fleet-types.ts';
import type { PersonData } from '../terminal/persons.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { PersonEdit } from '../terminal/person-edit.ts';

const DEFAULT_EVENTS = 100;

/** The persons of a terminal, in order of arrival, as copies. */
export function personViews(terminal: Terminal): PersonView[] {
  return Array.from(terminal.persons, (person) => ({
    employeeNo: person.employeeNo,
    name: person.name,
    userType: person.userType,
    valid: {
      enable: person.valid.enable,
      beginTime: person.valid.beginTime,
      endTime: person.valid.endTime,
    },
    doorRight: person.doorRight,
    rightPlan: person.rightPlan.map((plan) => ({ ...plan })),
    numOfFace: terminal.faces.has(person.employeeNo) ? 1 : 0,
    numOfCard: terminal.cards.countOf(person.employeeNo),
  }));
}

/** The faces of a terminal's access library, as copies. */
export function faceViews(terminal: Terminal): FaceView[] {
  return Array.from(terminal.faces, ({ FDID, FPID, sha256, sizeBytes, origin }) => ({
    FDID,
    FPID,
    sha256,
    sizeBytes,
    origin,
  }));
}

/** The newest events, without what only a wire needs. */
export function eventViews(terminal: Terminal, limit = DEFAULT_EVENTS): EventView[] {
  return terminal.events
    .latest(limit)
    .map(({ serialNo, time, major, minor, employeeNo, name, cardNo, doorNo, remoteCheck }) => ({
      serialNo,
      time,
      major,
      minor,
      ...(employeeNo !== undefined && { employeeNo }),
      ...(name !== undefined && { name }),
      ...(cardNo !== undefined && { cardNo }),
      ...(doorNo !== undefined && { doorNo }),
      ...(remoteCheck !== undefined && { remoteCheck }),
    }));
}

/** Puts persons into a terminal past its door, as somebody with a USB stick would. */
export function seedPersons(terminal: Terminal, seeds: readonly PersonSeed[]): void {
  if (seeds.length === 0) return;
  const common = plainPerson(terminal, '');
  Object.freeze(common.valid);
  Object.freeze(common.rightPlan);
  for (const { employeeNo, name, face } of seeds) {
    terminal.persons.set(employeeNo, { ...common, name });
    if (face) terminal.faces.set(employeeNo, { sha256: null, sizeBytes: 0, origin: 'seeded' });
  }
}

/** Somebody types at the terminal. A name for somebody who is not there makes a new person, as its menu would. */
export function editPerson(terminal: Terminal, change: PersonEdit): void {
  const { employeeNo, name } = change;
  if (change.remove) {
    terminal.removePerson(employeeNo);
    return;
  }
  if (name !== undefined) {
    const known = terminal.persons.get(employeeNo);
    terminal.persons.set(employeeNo, known ? { ...known, name } : plainPerson(terminal, name));
  }
  if (change.removeFace) terminal.faces.remove(employeeNo);
}

/** Valid for the model's whole range, all day, at the first door. */
function plainPerson(terminal: Terminal, name: string): PersonData {
  return {
    name,
    userType: 'normal',
    valid: {
      enable: true,
      beginTime: terminal.traits.validFrom,
      endTime: terminal.traits.validTo,
      timeType: 'local',
    },
    doorRight: '1',
    rightPlan: [{ doorNo: 1, planTemplateNo: '1' }],
    extras: null,
  };
}
