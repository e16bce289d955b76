import { randomUUID } from 'node:crypto';
import type { Answer } from './answer.ts';
import { meaningNamed } from './catalogue.ts';
import type { Call, DeviceClient } from './device-client.ts';
import { verdictOfLineError } from './line-verdict.ts';
import { countFaces } from './operations/count-faces.ts';
import { countPersons } from './operations/count-persons.ts';
import { deleteFace } from './operations/delete-face.ts';
import { deletePerson } from './operations/delete-person.ts';
import type { Operation } from './operations/operation.ts';
import { readFaceCapabilities, readPersonCapabilities } from './operations/read-capabilities.ts';
import { readIdentity } from './operations/read-identity.ts';
import { searchFace } from './operations/search-face.ts';
import { searchPersons } from './operations/search-persons.ts';
import { addFace, setUpFace } from './operations/write-face.ts';
import { modifyPerson, recordPerson, setUpPerson } from './operations/write-person.ts';
import { LineError, type Transport, type WireAnswer } from './transport.ts';

export interface DeviceClientOptions {
  /** 1 to 64 characters. A device may keep the result of a search under its id: a new search needs a new one. */
  newSearchId?: () => string;
}

/** `look-again` passes by itself, as soon as the call is made anew. */
const KEPT_BACK = {
  counted: 'device_login_counted',
  unclear: 'device_login_unclear',
  'look-again': 'device_busy',
} as const;

/** The answer as the operation reads it, unless the credentials were kept back: then that is what there is to tell. */
function read<Value>(operation: Operation<Value>, answer: WireAnswer): Answer<Value> {
  const { withheld } = answer;
  const answered = operation.read(answer);
  if (withheld === undefined) return answered;
  const verdict = { ...answered.verdict, delivery: 'not-sent' as const };
  if (withheld === 'locked') return { ...answered, verdict };
  return {
    verdict: { ...verdict, ...meaningNamed(KEPT_BACK[withheld]), deviceCode: withheld },
    value: null,
  };
}

/**
 * The operations of one device over a transport. Never throws for what a device or the line does: that is the verdict;
 * what is thrown is a mistake of the caller.
 */
export function createDeviceClient(transport: Transport, options: DeviceClientOptions = {}): DeviceClient {
  const { newSearchId = randomUUID } = options;
  let listingId = '';

  const perform = async <Value>(operation: Operation<Value>, call: Call): Promise<Answer<Value>> => {
    try {
      return read(operation, await transport.send(operation.request, call));
    } catch (error) {
      if (error instanceof LineError) return { verdict: verdictOfLineError(error), value: null };
      throw error;
    }
  };

  /** The pages of a listing share an id; a look-up between two of them has its own. */
  const searchIdFor = (query: { employeeNos: string[]; position: number }): string => {
    if (query.employeeNos.length > 0) return newSearchId();
    if (query.position === 0 || listingId === '') listingId = newSearchId();
    return listingId;
  };

  return {
    readIdentity: (call) => perform(readIdentity, call),
    readPersonCapabilities: (call) => perform(readPersonCapabilities, call),
    readFaceCapabilities: (call) => perform(readFaceCapabilities, call),
    countPersons: (call) => perform(countPersons, call),
    countFaces: (call) => perform(countFaces, call),
    recordPerson: (person, call) => perform(recordPerson(person), call),
    modifyPerson: (person, call) => perform(modifyPerson(person), call),
    setUpPerson: (person, call) => perform(setUpPerson(person), call),
    searchPersons: (query, call) => perform(searchPersons({ ...query, searchId: searchIdFor(query) }), call),
    deletePerson: (employeeNo, call) => perform(deletePerson(employeeNo), call),
    addFace: (employeeNo, image, call) => perform(addFace(employeeNo, image), call),
    setUpFace: (employeeNo, image, call) => perform(setUpFace(employeeNo, image), call),
    searchFace: (employeeNo, call) => perform(searchFace(employeeNo), call),
    deleteFace: (employeeNo, by, call) => perform(deleteFace(employeeNo, by), call),
    close: () => transport.close(),
  };
}
