import type { DevicePerson } from '../device-client.ts';
import { jsonBody, type Operation, readStatusAnswer } from './operation.ts';
import { writePerson } from './person-document.ts';

/** Adds a person; `already` when the number is taken, and then nothing on the device has changed [K1T672]. */
export const recordPerson = (person: DevicePerson): Operation<null> => send('POST', 'Record', person);

/** Changes a person; `missing` when there is none with this number. */
export const modifyPerson = (person: DevicePerson): Operation<null> => send('PUT', 'Modify', person);

/** Adds or changes; some firmwares have it not, or only change: then `missing` for somebody new. */
export const setUpPerson = (person: DevicePerson): Operation<null> => send('PUT', 'SetUp', person);

function send(
  method: 'POST' | 'PUT',
  call: 'Record' | 'Modify' | 'SetUp',
  person: DevicePerson,
): Operation<null> {
  return {
    request: {
      method,
      path: `/ISAPI/AccessControl/UserInfo/${call}?format=json`,
      body: jsonBody(writePerson(person)),
    },
    read: (answer) => readStatusAnswer(answer, [person.name]),
  };
}
