import { DigestClient } from 'digest-fetch';
import type { DeviceHandle, Stack } from '../../src/stack/stack.ts';
import { deviceRow } from './rows.ts';

/** Minor codes of major 5: how a terminal tells who stood before it. */
const SAID: Record<number, string> = {
  6: 'no right',
  7: 'outside plan',
  8: 'not valid',
  75: 'let in',
  76: 'not known',
};

interface EventAnswer {
  AcsEvent: { InfoList?: { minor: number }[] };
}

/** The employee stands before the terminal; what its own event log says about that. */
export async function standBefore(stack: Stack, device: DeviceHandle, employeeNo: number): Promise<string> {
  await device.showFace(String(employeeNo));
  const { username, password_encrypted: password } = await deviceRow(stack, device);
  const client = new DigestClient(username ?? '', password ?? '');
  const response = (await client.fetch(`${device.url}/ISAPI/AccessControl/AcsEvent?format=json`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      AcsEventCond: {
        searchID: '1',
        searchResultPosition: 0,
        maxResults: 1,
        major: 5,
        minor: 0,
        timeReverseOrder: true,
      },
    }),
  })) as Response;
  const answer = (await response.json()) as EventAnswer;
  const minor = answer.AcsEvent.InfoList?.[0]?.minor ?? 0;
  return SAID[minor] ?? `minor ${minor}`;
}
