import type { Person, Persons } from '../../terminal/persons.ts';
import { jsonAnswer, notFound } from '../answers.ts';
import type { IsapiAnswer } from '../endpoint.ts';
import type { JsonCall } from '../json-call.ts';
import { optionalString, readJson, requireObject } from '../json-fields.ts';
import { Refusal } from '../refusal.ts';
import { pageStatus, readPage, readSearchId, type PageRequest } from '../search-page.ts';
import { readEmployeeNoList } from './employee-no.ts';
import { foundPerson } from './found-person.ts';

/** Observed on K1A340. */
const MAX_LISTED = 30;
const MAX_FUZZY_LENGTH = 32;

/** A page of persons in the order they came. Pages see the list as it is now; a `searchID` holds nothing still. */
export function searchPersons({ request, terminal, traits }: JsonCall): IsapiAnswer {
  if (traits.personSearch === 'not-found') return notFound(traits);
  const condition = requireObject(readJson(request.body), 'UserInfoSearchCond');
  const searchID = readSearchId(condition);
  const page = readPage(condition, traits);
  const listed = readEmployeeNoList(condition, MAX_LISTED, traits) ?? [];
  const fuzzy = optionalString(condition, 'fuzzySearch') ?? '';
  if (fuzzy.length > MAX_FUZZY_LENGTH) throw new Refusal('badJsonContent', 'fuzzySearch');
  const { found, total } = findPersons(terminal.persons, { listed, fuzzy }, page);
  return jsonAnswer({
    UserInfoSearch: {
      searchID,
      ...pageStatus(page.position, found.length, total, traits),
      ...(found.length === 0
        ? {}
        : { UserInfo: found.map((person) => foundPerson(person, terminal, request.origin)) }),
    },
  });
}

/** An empty list means everybody. `fuzzy` is a part of the number or the name, in any case (assumed). */
function findPersons(
  persons: Persons,
  wanted: { listed: readonly string[]; fuzzy: string },
  { position, count }: PageRequest,
): { found: Person[]; total: number } {
  if (wanted.listed.length === 0 && wanted.fuzzy === '')
    return { found: persons.page(position, count), total: persons.size };
  const candidates = wanted.listed.length > 0 ? present(persons, wanted.listed) : persons;
  const part = wanted.fuzzy.toLowerCase();
  const found: Person[] = [];
  let total = 0;
  for (const person of candidates) {
    const fits =
      part === '' ||
      person.employeeNo.toLowerCase().includes(part) ||
      person.name.toLowerCase().includes(part);
    if (!fits) continue;
    if (total >= position && found.length < count) found.push(person);
    total += 1;
  }
  return { found, total };
}

function present(persons: Persons, employeeNos: readonly string[]): Person[] {
  return employeeNos.map((employeeNo) => persons.get(employeeNo)).filter((person) => person !== undefined);
}
