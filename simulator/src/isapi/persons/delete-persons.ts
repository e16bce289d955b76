import { jsonAnswer, jsonOk, notFound } from '../answers.ts';
import type { IsapiAnswer } from '../endpoint.ts';
import type { JsonCall } from '../json-call.ts';
import { readJson, requireObject, requireString } from '../json-fields.ts';
import { Refusal } from '../refusal.ts';
import { readEmployeeNoList } from './employee-no.ts';

/** Deletes and answers when done. Somebody who is not there is no error. */
export function deletePersons({ request, terminal, traits }: JsonCall): IsapiAnswer {
  const condition = requireObject(readJson(request.body), 'UserInfoDelCond');
  const listed = readEmployeeNoList(condition, traits.deleteListMax, traits);
  if (!listed && traits.deleteWithoutList === 'refuse')
    throw new Refusal('MessageParametersLack', 'EmployeeNoList');
  if (terminal.hold.occupation) throw new Refusal('deviceBusy');
  for (const employeeNo of listed ?? allOf(terminal)) terminal.removePerson(employeeNo);
  return jsonOk();
}

/**
 * Starts a delete and answers at once; `DeleteProcess` tells how it goes. Firmware without DeleteProcess deletes
 * before it answers (assumed).
 */
export function deletePersonDetails({ request, terminal, traits }: JsonCall): IsapiAnswer {
  const detail = requireObject(readJson(request.body), 'UserInfoDetail');
  const mode = requireString(detail, 'mode');
  if (mode !== 'all' && mode !== 'byEmployeeNo') throw new Refusal('badJsonContent', 'mode');
  const listed = readEmployeeNoList(detail, traits.detailDeleteListMax, traits);
  if (mode === 'byEmployeeNo' && !listed) throw new Refusal('MessageParametersLack', 'EmployeeNoList');
  if (terminal.hold.occupation) throw new Refusal('deviceBusy');
  const doomed = mode === 'all' ? allOf(terminal) : (listed ?? []);
  const remove = () => {
    for (const employeeNo of doomed) terminal.removePerson(employeeNo);
  };
  if (traits.deleteProcess === 'yes')
    terminal.detailDelete.start(doomed.length, traits.detailDeleteMsPerPerson, remove);
  else remove();
  return jsonOk();
}

export function deleteProgress({ terminal, traits }: JsonCall): IsapiAnswer {
  if (traits.deleteProcess === 'not-found') return notFound(traits);
  return jsonAnswer({ UserInfoDetailDeleteProcess: terminal.detailDelete.progress() });
}

function allOf(terminal: JsonCall['terminal']): string[] {
  return Array.from(terminal.persons, (person) => person.employeeNo);
}
