import type { DeviceCapabilities, Support } from '../../model/device.ts';
import { booleanOf, fieldsOf, findField, integerOf, maximumOf, optionsOf } from '../fields.ts';
import { type Operation, readPayloadAnswer } from './operation.ts';
import { MAX_SEARCH_PAGE } from './search-persons.ts';

/** What the model can do with persons: which calls, how many persons, how large a page. */
export const readPersonCapabilities: Operation<Partial<DeviceCapabilities>> = {
  request: { method: 'GET', path: '/ISAPI/AccessControl/UserInfo/capabilities?format=json' },
  read: (answer) => readPayloadAnswer(answer, readPersonDocument),
};

/** The same for faces. Some models claim a face library and answer 404 here [K1A340FWX V1.2.7]. */
export const readFaceCapabilities: Operation<Partial<DeviceCapabilities>> = {
  request: { method: 'GET', path: '/ISAPI/Intelligent/FDLib/capabilities?format=json' },
  read: (answer) => readPayloadAnswer(answer, readFaceDocument),
};

function readPersonDocument(document: unknown): Partial<DeviceCapabilities> | null {
  const functions = optionsOf(findField(document, 'supportFunction'));
  const maxPersons = maximumOf(findField(document, 'maxRecordNum'));
  const search = fieldsOf(findField(document, 'UserInfoSearchCond'));
  const pageSize = maximumOf(search.maxResults);
  if (functions === null && maxPersons === null && pageSize === null) return null;
  return withoutGaps({
    personSetUp: supportOf(functions, 'setUp'),
    personSearch: supportOf(functions, 'get'),
    maxPersons,
    searchPageSize: pageSize !== null && pageSize > 0 ? Math.min(pageSize, MAX_SEARCH_PAGE) : null,
  });
}

function readFaceDocument(document: unknown): Partial<DeviceCapabilities> | null {
  const functions = optionsOf(findField(document, 'supportFDFunction'));
  const maxFaces = maximumOf(findField(document, 'FDRecordDataMaxNum'));
  // The vendor's own misspelling.
  const search = booleanOf(findField(document, 'isSuportFDSearch'));
  if (functions === null && maxFaces === null && search === null) return null;
  return withoutGaps({
    faceSetUp: supportOf(functions, 'setUp'),
    faceSearch: search === null ? null : search ? 'yes' : 'no',
    maxFaces: integerOf(maxFaces),
  });
}

/** A list that names some functions and not this one says no; no list says nothing. */
function supportOf(functions: string[] | null, name: string): Support | null {
  if (functions === null) return null;
  return functions.some((token) => token.toLowerCase() === name.toLowerCase()) ? 'yes' : 'no';
}

type Gappy<Fields> = { [Key in keyof Fields]: Fields[Key] | null };

/** Only what the device said: the rest stays as it was known before. */
function withoutGaps(fields: Gappy<Partial<DeviceCapabilities>>): Partial<DeviceCapabilities> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
