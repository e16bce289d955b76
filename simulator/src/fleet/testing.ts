import { onTestFinished } from 'vitest';
import { readChallenges, signRequest } from '../../conformance/digest-client.ts';
import { virtualClock, type VirtualClock } from '../../conformance/virtual-clock.ts';
import type { Fleet, FleetOptions, HandAnswer, SimulatedDevice } from '../fleet-types.ts';
import { startFleet } from '../fleet.ts';
import { RECORD, userInfo } from '../isapi/testing/requests.ts';

export const COUNT = '/ISAPI/AccessControl/UserInfo/Count?format=json';

/** A fleet without sockets, with its clock in the test's hand; gone with the test. `device` is `device-1`. */
export async function fleetOf(
  options: Partial<FleetOptions> = {},
): Promise<{ fleet: Fleet; clock: VirtualClock; device: SimulatedDevice }> {
  const clock = virtualClock();
  const fleet = await startFleet({ devices: 1, listen: false, clock, ...options });
  onTestFinished(() => fleet.stop());
  return { fleet, clock, device: fleet.device('device-1') };
}

/** A call with a fresh handshake. */
export async function signed(
  device: SimulatedDevice,
  method: string,
  target: string,
  body?: object,
): Promise<HandAnswer> {
  const first = await device.handle({ method, target });
  if (first.kind === 'no-answer') return first;
  const [challenge] = readChallenges(String(first.headers['www-authenticate']));
  if (!challenge) return first;
  const { username, password } = device;
  const authorization = signRequest({ method, target }, challenge, { username, password });
  const headers = { authorization, 'content-type': 'application/json' };
  return device.handle({ method, target, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
}

export function record(device: SimulatedDevice, employeeNo: string): Promise<HandAnswer> {
  return signed(device, 'POST', `${RECORD}?format=json`, userInfo(employeeNo));
}

/** Status and body, or how there was none. */
export function textOf(answer: HandAnswer): string {
  return answer.kind === 'answer' ? `${answer.status} ${answer.body.toString()}` : answer.how;
}
