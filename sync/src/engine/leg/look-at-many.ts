import type { Answer } from '../../isapi/answer.ts';
import type { FoundPerson, PersonPage } from '../../isapi/device-client.ts';
import { DeviceStoppedError, stopOf } from '../stop/device-stop.ts';
import type { Session } from '../device/session.ts';

/**
 * One Search for several persons: who is there and who is not. Missing from the answer: those it does not tell of, to be
 * looked at alone.
 * @param employeeNos As many as one Search takes, or fewer.
 * @throws DeviceStoppedError InterruptedError
 */
export async function lookAtMany(
  session: Session,
  employeeNos: readonly number[],
  reason: string,
): Promise<Map<number, FoundPerson | null>> {
  const seen = new Map<number, FoundPerson | null>();
  const { client, ask, abilities } = session;
  // One alone is looked at when its turn comes.
  if (employeeNos.length < 2 || abilities.unsupported.has('look-person')) return seen;
  const pageSize = abilities.capabilities.searchPageSize;
  const answer: Answer<PersonPage> = await ask(
    { operation: 'searchPersons', employeeNo: null, reason },
    (call) => client.searchPersons({ employeeNos: employeeNos.map(String), position: 0, pageSize }, call),
  );
  switch (answer.verdict.class) {
    case 'unsupported':
      abilities.lacks('look-person');
      return seen;
    case 'item':
      return seen;
    case 'done':
    case 'missing':
      break;
    default:
      throw new DeviceStoppedError(stopOf(answer.verdict));
  }
  const page = answer.value;
  const found = new Map(page?.persons.map((person) => [person.employeeNo, person]));
  for (const employeeNo of employeeNos) {
    const person = found.get(String(employeeNo)) ?? null;
    // Not among them although the page says there are more.
    if (person === null && page !== null && page.next !== null) continue;
    seen.set(employeeNo, person);
  }
  return seen;
}
