import type { Traits } from '../../profiles/traits.ts';
import type { Person } from '../../terminal/persons.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { DEFAULT_EXTRAS, type PersonExtras } from './person-extras.ts';

type PersonField = Traits['personFields'][number];

/** A person as UserInfo/Search shows them: order and kinds of values as captured, which keys by model. */
export function foundPerson(person: Person, terminal: Terminal, origin: string): object {
  const { traits, cards, faces, pictures } = terminal;
  const shown = new Set<PersonField>(traits.personFields);
  const extras: PersonExtras = { ...DEFAULT_EXTRAS, ...person.extras };
  const face = faces.get(person.employeeNo);
  const only = <Value>(field: PersonField, value: () => Value) =>
    shown.has(field) ? { [field]: value() } : {};
  return {
    employeeNo: person.employeeNo,
    name: person.name,
    userType: person.userType,
    ...only('onlyVerify', () => extras.onlyVerify),
    closeDelayEnabled: extras.closeDelayEnabled,
    Valid: person.valid,
    belongGroup: extras.belongGroup,
    password: '',
    doorRight: person.doorRight,
    RightPlan: person.rightPlan,
    maxOpenDoorTime: extras.maxOpenDoorTime,
    openDoorTime: extras.openDoorTime,
    ...only('roomNumber', () => extras.roomNumber),
    ...only('floorNumber', () => extras.floorNumber),
    localUIRight: extras.localUIRight,
    ...(extras.userVerifyMode === undefined ? {} : { userVerifyMode: extras.userVerifyMode }),
    ...(extras.doubleLockRight === undefined ? {} : { doubleLockRight: extras.doubleLockRight }),
    gender: extras.gender,
    ...only('numOfCard', () => cards.countOf(person.employeeNo)),
    ...only('numOfRemoteControl', () => 0),
    ...only('numOfFP', () => 0),
    ...only('numOfFace', () => (face ? 1 : 0)),
    ...only('groupId', () => extras.groupId),
    ...only('localAtndPlanTemplateId', () => extras.localAtndPlanTemplateId),
    ...only('PersonInfoExtends', () => extras.PersonInfoExtends),
    ...(face ? only('faceURL', () => `${origin}${pictures.linkFace(face)}`) : {}),
  };
}
