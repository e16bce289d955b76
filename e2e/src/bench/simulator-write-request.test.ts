import { startFleet } from '@pontaj/simulator';
import { expect, test } from 'vitest';
import { readLogin, terminalOptions, writeRequest } from './simulator-write-request.ts';

/** A request's bytes as the terminal takes them in process. */
function handed(text: string) {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const [method = '', target = ''] = first.split(' ');
  const headers = Object.fromEntries(
    lines.map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]),
  );
  return { method, target, headers, body };
}

test('every write is verified by digest and carried out: new persons first, then their changes', async () => {
  const fleet = await startFleet({ ...terminalOptions(), listen: false });
  const [device] = fleet.devices;
  const challenge = await device?.handle({ method: 'GET', target: '/ISAPI/Security/userCheck' });
  const login = readLogin(String(challenge?.kind === 'answer' && challenge.headers['www-authenticate']));
  for (let count = 0; count < 6; count += 1) {
    const answer = await device?.handle(handed(writeRequest(login, 80, count, 3)));
    expect(answer).toMatchObject({ kind: 'answer', status: 200 });
  }
  expect(device?.requests({ auth: 'ok' }).map(({ endpoint }) => endpoint)).toEqual([
    ...Array.from({ length: 3 }, () => 'person-record'),
    ...Array.from({ length: 3 }, () => 'person-modify'),
  ]);
  expect(device?.persons().map(({ name }) => name)).toEqual([
    'Popescu Ion 3',
    'Popescu Ion 4',
    'Popescu Ion 5',
  ]);
  await fleet.stop();
});
