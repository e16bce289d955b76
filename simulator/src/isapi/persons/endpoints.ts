import type { Endpoint } from '../endpoint.ts';
import { jsonCall } from '../json-call.ts';
import { countPersons } from './count-persons.ts';
import { deletePersonDetails, deletePersons, deleteProgress } from './delete-persons.ts';
import { notSupportedEndpoints } from './not-supported.ts';
import { personCapabilities } from './person-capabilities.ts';
import { searchPersons } from './search-persons.ts';
import { modifyPerson, recordPerson, setUpPerson } from './write-person.ts';

const USER_INFO = '/ISAPI/AccessControl/UserInfo';
const DETAIL = '/ISAPI/AccessControl/UserInfoDetail';

export const endpoints: Endpoint[] = [
  { name: 'person-record', method: 'POST', path: `${USER_INFO}/Record`, handle: jsonCall(recordPerson) },
  { name: 'person-modify', method: 'PUT', path: `${USER_INFO}/Modify`, handle: jsonCall(modifyPerson) },
  { name: 'person-setup', method: 'PUT', path: `${USER_INFO}/SetUp`, handle: jsonCall(setUpPerson) },
  {
    name: 'person-search',
    method: 'POST',
    path: `${USER_INFO}/Search`,
    privilege: 'read',
    handle: jsonCall(searchPersons),
  },
  { name: 'person-count', method: 'GET', path: `${USER_INFO}/Count`, handle: jsonCall(countPersons) },
  {
    name: 'person-capabilities',
    method: 'GET',
    path: `${USER_INFO}/capabilities`,
    handle: jsonCall(personCapabilities),
  },
  { name: 'person-delete', method: 'PUT', path: `${USER_INFO}/Delete`, handle: jsonCall(deletePersons) },
  {
    name: 'person-detail-delete',
    method: 'PUT',
    path: `${DETAIL}/Delete`,
    handle: jsonCall(deletePersonDetails),
  },
  {
    name: 'person-detail-delete-process',
    method: 'GET',
    path: `${DETAIL}/DeleteProcess`,
    handle: jsonCall(deleteProgress),
  },
  ...notSupportedEndpoints,
];
