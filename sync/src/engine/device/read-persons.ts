import type { PersonPage } from '../../isapi/device-client.ts';
import type { Session } from './session.ts';

/**
 * One page of the device's own list; null when this firmware has no search [K1T672 3.18].
 * @throws DeviceStoppedError
 */
export async function readPersons(
  session: Session,
  position: number,
  reason: string,
): Promise<PersonPage | null> {
  const { client, ask, abilities } = session;
  if (abilities.unsupported.has('look-person')) return null;
  const pageSize = abilities.capabilities.searchPageSize;
  const answer = await ask({ operation: 'searchPersons', employeeNo: null, reason }, (call) =>
    client.searchPersons({ employeeNos: [], position, pageSize }, call),
  );
  if (answer.verdict.class === 'unsupported') {
    abilities.lacks('look-person');
    return null;
  }
  if (answer.verdict.class === 'missing') return { persons: [], totalMatches: 0, next: null };
  return session.valueOf(answer);
}
