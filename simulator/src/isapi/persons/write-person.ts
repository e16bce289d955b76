import type { Person } from '../../terminal/persons.ts';
import { jsonOk, methodNotAllowed, notFound } from '../answers.ts';
import type { IsapiAnswer } from '../endpoint.ts';
import type { JsonCall } from '../json-call.ts';
import { optionalBoolean, readJson, requireObject, type JsonObject } from '../json-fields.ts';
import { Refusal } from '../refusal.ts';
import { readEmployeeNo } from './employee-no.ts';
import { readPersonData } from './user-info.ts';

interface PersonWrite {
  info: JsonObject;
  employeeNo: string;
  known: Person | undefined;
}

/** Add. A person who is there already is refused and stays as they are, unless `checkUser` is false. */
export function recordPerson(call: JsonCall): IsapiAnswer {
  const write = readWrite(call);
  const data = readPersonData(write.info, undefined, call.traits);
  const checks = optionalBoolean(write.info, 'checkUser') ?? true;
  if (write.known && checks) throw new Refusal(call.traits.personExistsCode, 'checkUser');
  if (!write.known) checkRoom(call);
  call.terminal.persons.set(write.employeeNo, data);
  return jsonOk();
}

/** Edit. A person who is not there is refused, unless `addUser` is true. Fields that are left out stay. */
export function modifyPerson(call: JsonCall): IsapiAnswer {
  const write = readWrite(call);
  const adds = optionalBoolean(write.info, 'addUser') ?? false;
  if (!write.known && !adds) throw new Refusal('employeeNoNotExist', 'employeeNo');
  return store(call, write);
}

/** Apply: edit or add, by trait edit only; `deleteUser` true deletes. */
export function setUpPerson(call: JsonCall): IsapiAnswer {
  const { personSetUp } = call.traits;
  if (personSetUp === 'not-found') return notFound(call.traits);
  if (personSetUp === 'method-not-allowed') return methodNotAllowed(call.request, call.traits);
  const write = readWrite(call);
  if (optionalBoolean(write.info, 'deleteUser')) {
    call.terminal.removePerson(write.employeeNo);
    return jsonOk();
  }
  if (!write.known && personSetUp === 'edit-only') throw new Refusal('employeeNoNotExist', 'employeeNo');
  return store(call, write);
}

function store(call: JsonCall, { info, employeeNo, known }: PersonWrite): IsapiAnswer {
  const data = readPersonData(info, known, call.traits);
  if (!known) checkRoom(call);
  call.terminal.persons.set(employeeNo, data);
  return jsonOk();
}

function readWrite({ request, terminal, traits }: JsonCall): PersonWrite {
  const info = requireObject(readJson(request.body), 'UserInfo');
  const employeeNo = readEmployeeNo(info, traits);
  // A terminal does one thing at a time, see `Hold`.
  if (terminal.hold.occupation) throw new Refusal('deviceBusy');
  return { info, employeeNo, known: terminal.persons.get(employeeNo) };
}

function checkRoom({ context, terminal, traits }: JsonCall): void {
  const room = context.conditions?.personsFullAt ?? traits.maxPersons;
  if (terminal.persons.size >= room) throw new Refusal('deviceUserFull');
}
