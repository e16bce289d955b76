import { expect, test } from 'vitest';
import { createDeviceClient } from './client.ts';
import { createHttpTransport } from './http-transport.ts';
import type { FetchLike } from './line-exchange.ts';
import { deviceAt } from './testing/device-fixture.ts';
import { createManualClock } from './testing/manual-clock.ts';
import type { WireRequest } from './transport.ts';

/** The transport over a function in place of the network, as a terminal in this process is driven. */

const write: WireRequest = {
  method: 'POST',
  path: '/ISAPI/AccessControl/UserInfo/Record?format=json',
  body: { contentType: 'application/json', bytes: Buffer.from('{}') },
};
const signal = new AbortController().signal;
const challenge = () =>
  new Response('', {
    status: 401,
    headers: { 'WWW-Authenticate': 'Digest realm="r", nonce="n", qop="auth"' },
  });

test('a whole handshake without a socket', async () => {
  const calls: { url: string; body: number; signed: boolean }[] = [];
  const fetch: FetchLike = (url, init) => {
    const signed = 'Authorization' in init.headers;
    calls.push({ url, body: init.body?.length ?? 0, signed });
    return Promise.resolve(signed ? new Response('{"statusCode":1}') : challenge());
  };
  const clock = createManualClock();
  const transport = createHttpTransport({ clock, fetch })(deviceAt(8080));
  const answer = await transport.send(write, { signal, timeoutMs: 1_000 });
  const url = 'http://127.0.0.1:8080/ISAPI/AccessControl/UserInfo/Record?format=json';
  expect(answer.body.toString()).toBe('{"statusCode":1}');
  expect(calls).toEqual([
    { url, body: 0, signed: false },
    { url, body: 2, signed: true },
  ]);
  expect(clock.sleepers).toBe(0);
  await transport.close();
});

test.each([
  ['user name', { username: ' ' }],
  ['password', { password: '' }],
])('a row without a %s costs no bad login: nothing is sent', async (_, some) => {
  let asked = 0;
  const fetch: FetchLike = () => {
    asked += 1;
    return Promise.resolve(challenge());
  };
  const device = { ...deviceAt(8080), ...some };
  const client = createDeviceClient(createHttpTransport({ clock: createManualClock(), fetch })(device));
  const { verdict } = await client.readIdentity({ signal, timeoutMs: 1_000 });
  expect(verdict).toMatchObject({
    class: 'network',
    code: 'device_credentials_missing',
    delivery: 'not-sent',
    message: expect.stringContaining('enter both') as string,
  });
  expect(asked).toBe(0);
});

test.each([
  ['before the challenge', 0, 'not-sent'],
  ['after the signed request', 1, 'unknown'],
] as const)('a function that never answers %s is given up in time', async (_, answered, delivery) => {
  const clock = createManualClock();
  let asked = 0;
  const fetch: FetchLike = () => {
    if (asked++ < answered) return Promise.resolve(challenge());
    // Not before the call waits for the answer.
    queueMicrotask(() => {
      clock.advance(15_000);
    });
    return new Promise(() => undefined);
  };
  const transport = createHttpTransport({ clock, fetch })(deviceAt(8080));
  await expect(transport.send(write, { signal, timeoutMs: 15_000 })).rejects.toMatchObject({
    code: 'timeout',
    delivery,
  });
});

test('no two answers to challenges are alike', async () => {
  const headers: string[] = [];
  const fetch: FetchLike = (_, init) => {
    if (init.headers.Authorization === undefined) return Promise.resolve(challenge());
    headers.push(init.headers.Authorization);
    return Promise.resolve(new Response('{}'));
  };
  const transport = createHttpTransport({ clock: createManualClock(), fetch })(deviceAt(8080));
  await transport.send(write, { signal, timeoutMs: 1_000 });
  await transport.send(write, { signal, timeoutMs: 1_000 });
  expect(new Set(headers).size).toBe(2);
  expect(headers.every((header) => header.includes('nc=00000001'))).toBe(true);
});

test.each([200, 401])(
  'an answer to the signed request that breaks off after its first line tells with %i what it was',
  async (status) => {
    const broken = () =>
      new ReadableStream({
        start: (body) => {
          body.error(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
        },
      });
    const answers = [challenge(), new Response(broken(), { status })];
    const fetch: FetchLike = () => Promise.resolve(answers.shift()!);
    const transport = createHttpTransport({ clock: createManualClock(), fetch })(deviceAt(8080));
    const { verdict } = await createDeviceClient(transport).readIdentity({ signal, timeoutMs: 1_000 });
    expect(verdict).toMatchObject({ class: 'network', delivery: 'unknown', httpStatus: status });
  },
);

test('an answer with an impossible status is broken HTTP', async () => {
  const fetch: FetchLike = () => Promise.resolve({ status: 999, headers: new Headers(), body: null });
  const transport = createHttpTransport({ clock: createManualClock(), fetch })(deviceAt(8080));
  await expect(transport.send(write, { signal, timeoutMs: 1_000 })).rejects.toMatchObject({
    code: 'broken-http',
    delivery: 'not-sent',
  });
});

test('a process that was frozen in mid-handshake does not log in when it wakes up late', async () => {
  let nowMs = 0;
  // Awake again, sockets are read before timers fire: the challenge is there, and its deadline has not rung yet.
  const clock = { now: () => nowMs, sleep: () => new Promise<void>(() => undefined) };
  const sent: boolean[] = [];
  const fetch: FetchLike = (_, init) => {
    sent.push('Authorization' in init.headers);
    nowMs += 60_000;
    return Promise.resolve(challenge());
  };
  const transport = createHttpTransport({ clock, fetch })(deviceAt(8080));
  await expect(transport.send(write, { signal, timeoutMs: 15_000 })).rejects.toMatchObject({
    code: 'timeout',
    delivery: 'not-sent',
  });
  expect(sent).toEqual([false]);
});

const userCheck = (fields: string) =>
  new Response(`<userCheck><statusValue>401</statusValue>${fields}</userCheck>`, {
    status: 401,
    headers: {
      'WWW-Authenticate': 'Digest realm="r", nonce="n", qop="auth"',
      'content-type': 'application/xml',
    },
  });

function counting(answer: () => Response) {
  const seen: boolean[] = [];
  const fetch: FetchLike = (_, init) => {
    seen.push('Authorization' in init.headers);
    return Promise.resolve('Authorization' in init.headers ? new Response('{"statusCode":1}') : answer());
  };
  return { seen, transport: createHttpTransport({ clock: createManualClock(), fetch })(deviceAt(8080)) };
}

test('a challenge that says the account is locked is not answered: a login would begin the lock anew', async () => {
  const { seen, transport } = counting(() =>
    userCheck('<lockStatus>lock</lockStatus><unlockTime>1509</unlockTime>'),
  );
  const answer = await transport.send(write, { signal, timeoutMs: 1_000 });
  expect(answer).toMatchObject({ status: 401, withheld: 'locked' });
  expect(seen).toEqual([false]);
});

test.each([
  ['<retryLoginTime>4</retryLoginTime>', 4],
  ['', null],
])('who decides about the login hears what the challenge says: %s', async (fields, triesLeft) => {
  const heard: (number | null)[] = [];
  const { seen, transport } = counting(() => userCheck(fields));
  for (const decision of ['counted', 'log-in'] as const) {
    const decideLogin = (left: number | null) => {
      heard.push(left);
      return decision;
    };
    const answer = await transport.send(write, { signal, timeoutMs: 1_000, decideLogin });
    expect(answer.withheld).toBe(decision === 'counted' ? 'counted' : undefined);
  }
  expect(heard).toEqual([triesLeft, triesLeft]);
  expect(seen).toEqual([false, false, true]);
});

test('to whoever waits for the number to fall, locked is none left; to others it is locked', async () => {
  const challenge = () => userCheck('<lockStatus>lock</lockStatus><unlockTime>1509</unlockTime>');
  for (const [decision, withheld] of [
    ['counted', 'counted'],
    ['log-in', 'locked'],
    ['look-again', 'locked'],
  ] as const) {
    const heard: (number | null)[] = [];
    const { seen, transport } = counting(challenge);
    const decideLogin = (left: number | null) => {
      heard.push(left);
      return decision;
    };
    expect(await transport.send(write, { signal, timeoutMs: 1_000, decideLogin })).toMatchObject({
      withheld,
    });
    expect([heard, seen]).toEqual([[0], [false]]);
  }
});

test('a login kept back is told as such', async () => {
  const { seen, transport } = counting(() => userCheck('<retryLoginTime>4</retryLoginTime>'));
  const client = createDeviceClient(transport);
  const call = { signal, timeoutMs: 1_000 };
  for (const [decision, told] of [
    ['counted', { class: 'credentials', code: 'device_login_counted' }],
    ['unclear', { class: 'credentials', code: 'device_login_unclear' }],
    // Whoever took it for the last word would try again.
    ['look-again', { class: 'busy', deviceCode: 'look-again' }],
  ] as const)
    expect(await client.readIdentity({ ...call, decideLogin: () => decision })).toMatchObject({
      verdict: { ...told, delivery: 'not-sent' },
      value: null,
    });
  expect(seen).toEqual([false, false, false]);
});

test('a locked account is told with its time, and that nobody logged in', async () => {
  const { transport } = counting(() => userCheck('<lockStatus>lock</lockStatus><unlockTime>60</unlockTime>'));
  const client = createDeviceClient(transport);
  expect((await client.readIdentity({ signal, timeoutMs: 1_000 })).verdict).toMatchObject({
    code: 'device_account_locked',
    unlockTimeS: 60,
    delivery: 'not-sent',
  });
});
