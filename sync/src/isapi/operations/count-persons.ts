import { findField, integerOf } from '../fields.ts';
import { type Operation, readPayloadAnswer } from './operation.ts';

/** Persons on the device. */
export const countPersons: Operation<number> = {
  request: { method: 'GET', path: '/ISAPI/AccessControl/UserInfo/Count?format=json' },
  read: (answer) => readPayloadAnswer(answer, (document) => integerOf(findField(document, 'userNumber'))),
};
