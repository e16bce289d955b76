import type { PersonPage } from '../device-client.ts';
import { fieldsOf, integerOf, isFields, listOf, textOf } from '../fields.ts';
import { jsonBody, type Operation, readPayloadAnswer } from './operation.ts';
import { readPerson } from './person-document.ts';

/** EmployeeNoList takes no more on any model seen. */
const MAX_SEARCHED_EMPLOYEE_NOS = 30;

/**
 * Persons in one answer, whatever more a model offers: 30 is what nearly all take [UserInfoSearchCond], and a page of
 * them stays far below what is read of an answer.
 */
export const MAX_SEARCH_PAGE = 30;

export interface PersonSearch {
  /** The same for all pages of one search. */
  searchId: string;
  /** Empty: everybody. */
  employeeNos: string[];
  position: number;
  pageSize: number;
}

/** One page of persons. Throws a RangeError for more than `MAX_SEARCHED_EMPLOYEE_NOS` numbers. */
export function searchPersons(search: PersonSearch): Operation<PersonPage> {
  if (search.employeeNos.length > MAX_SEARCHED_EMPLOYEE_NOS) {
    throw new RangeError(
      `A search takes at most ${MAX_SEARCHED_EMPLOYEE_NOS} employee numbers, not ${search.employeeNos.length}: split it.`,
    );
  }
  const list = search.employeeNos.map((employeeNo) => ({ employeeNo }));
  return {
    request: {
      method: 'POST',
      path: '/ISAPI/AccessControl/UserInfo/Search?format=json',
      body: jsonBody({
        UserInfoSearchCond: {
          searchID: search.searchId,
          searchResultPosition: search.position,
          // Remembered of a device it may be more.
          maxResults: Math.min(search.pageSize, MAX_SEARCH_PAGE),
          ...(list.length > 0 ? { EmployeeNoList: list } : {}),
        },
      }),
    },
    read: (answer) => readPayloadAnswer(answer, (document) => readPage(document, search.position)),
  };
}

/** `NO MATCH` leaves the list out. The next page follows what came back, not what was asked for. */
function readPage(document: unknown, position: number): PersonPage | null {
  const page = fieldsOf(document).UserInfoSearch;
  if (!isFields(page)) return null;
  const status = textOf(page.responseStatusStrg)?.trim().toUpperCase() ?? '';
  if (!['OK', 'MORE', 'NO MATCH'].includes(status)) return null;
  const entries = listOf(page.UserInfo);
  const persons = entries.map(readPerson).filter((person) => person !== null);
  return {
    persons,
    totalMatches: integerOf(page.totalMatches) ?? persons.length,
    // Some firmwares say MORE for ever: an empty page is the end.
    next: status === 'MORE' && entries.length > 0 ? position + entries.length : null,
  };
}
