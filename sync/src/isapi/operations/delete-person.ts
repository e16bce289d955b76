import { jsonBody, type Operation, readStatusAnswer } from './operation.ts';

/** Removes one person with everything linked; no error when the person is not there [vendor guide]. */
export function deletePerson(employeeNo: string): Operation<null> {
  // An empty list would mean everybody on some firmwares.
  if (employeeNo === '') throw new Error('deletePerson needs an employee number; an empty one is refused.');
  return {
    request: {
      method: 'PUT',
      path: '/ISAPI/AccessControl/UserInfo/Delete?format=json',
      body: jsonBody({ UserInfoDelCond: { EmployeeNoList: [{ employeeNo }] } }),
    },
    read: (answer) => readStatusAnswer(answer),
  };
}
