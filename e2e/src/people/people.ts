/** A fictional employee, before it is in the database. */
export interface Person {
  nume: string;
  prenume: string;
  faceSeed: number;
}

const FAMILY_NAMES = [
  'Popescu',
  'Ionescu',
  'Țăran',
  'Dumitru',
  'Șerban',
  'Munteanu',
  'Vântu',
  'Radu',
  'Crăciun',
  'Neagu',
  'Oprea',
  'Bălan',
];
const GIVEN_NAMES = [
  'Ion',
  'Maria',
  'Ștefan',
  'Elena',
  'Gheorghe',
  'Ana',
  'Răzvan',
  'Ioana',
  'Mihai',
  'Cătălina',
  'Andrei',
  'Sorina',
  'Vasile',
];

/** The first `count` of an endless, always equal list of fictional employees. */
export function inventPeople(count: number): Person[] {
  return Array.from({ length: count }, (_, index) => ({
    nume: FAMILY_NAMES[index % FAMILY_NAMES.length] ?? '',
    prenume: GIVEN_NAMES[Math.floor(index / FAMILY_NAMES.length + index) % GIVEN_NAMES.length] ?? '',
    faceSeed: index,
  }));
}
