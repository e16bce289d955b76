import { connect, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { startFleet } from '../../src/fleet.ts';
import { drawPicture } from '../../src/isapi/testing/pictures.ts';
import { router } from '../../src/isapi/endpoints.ts';
import { seededRandom, type Random } from '../../src/random.ts';
import { readChallenges, signRequest, type Challenge } from '../digest-client.ts';
import { sendOverSocket } from '../socket-way.ts';
import { goodRequests } from './good-requests.ts';
import { mutate, type FuzzRequest } from './mutate.ts';

const REQUESTS = 10_000;
/** After so many bad ones a good one is sent, so that a terminal that broke is caught near the culprit. */
const CHECK_EVERY = 500;
const AT_ONCE = 16;
const SEED = 20_260_105;
const COUNT = '/ISAPI/AccessControl/UserInfo/Count?format=json';
const TERMINALS_OWN = ['system-reboot', 'factory-reset', 'alert-stream'];

interface Target {
  host: string;
  port: number;
  username: string;
  password: string;
}

/** Written out by hand: wrong lengths and odd headers go out as they are. */
function bytesOf(request: FuzzRequest, challenge: Challenge, target: Target, random: Random): Buffer {
  const { method, target: path, headers, body } = request;
  const authorization = signRequest({ method, target: path }, challenge, target);
  const lie = random.int(20) === 0 ? random.int(50) - 25 : 0;
  const lines = [
    `${method} ${path} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(headers.some(([name]) => name === 'Host') ? [] : ['Host: t']),
    ...(random.int(10) === 0 ? [] : [`Authorization: ${authorization}`]),
    `Content-Length: ${body.length + lie}`,
    'Connection: close',
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]);
}

/** Sends and half-closes; resolves with the first line of the answer, empty when there was none. */
function shoot(target: Target, bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket: Socket = connect(target.port, target.host);
    let text = '';
    socket.on('connect', () => socket.end(bytes));
    socket.on('data', (chunk: Buffer) => {
      if (text.length < 200) text += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(text.split('\r\n', 1)[0] ?? '');
    });
  });
}

it(`answers the next good request after each of ${REQUESTS} bad ones`, { timeout: 180_000 }, async () => {
  const defects: Error[] = [];
  const onWarning = (warning: Error) => {
    defects.push(warning);
  };
  process.on('warning', onWarning);
  const timeless = { answerMs: 0, modellingMinMs: 0, modellingMaxMs: 0, detailDeleteMsPerPerson: 0 };
  const lenient = { lockAfter: 1_000_000, nonceLifeMs: 3_600_000, nonceUse: 'many' as const };
  const fleet = await startFleet({
    devices: [{ traits: { ...timeless, ...lenient, maxSessions: 100 } }, {}],
    seed: SEED,
    download: () => Promise.resolve({ ok: false, why: 'no network' }),
  });
  onTestFinished(async () => {
    process.off('warning', onWarning);
    await fleet.stop();
  });
  const device = fleet.device('device-1');
  const good = goodRequests(
    router.endpoints.filter(({ name }) => !TERMINALS_OWN.includes(name)),
    await drawPicture({ sidePx: 160 }),
  );
  const random = seededRandom(SEED);
  // A new one for each salvo: the many unsigned requests push old nonces out of the terminal's memory.
  const freshChallenge = async () => {
    const call = { method: 'GET', target: COUNT, headers: {}, body: undefined };
    const answer = await sendOverSocket({ device }, call);
    const [challenge] = readChallenges(answer.headers['www-authenticate']);
    if (!challenge) throw new Error(`No challenge with HTTP ${answer.status}.`);
    return challenge;
  };
  const check = async () => {
    const authorization = signRequest({ method: 'GET', target: COUNT }, await freshChallenge(), device);
    const call = { method: 'GET', target: COUNT, headers: { authorization }, body: undefined };
    return (await sendOverSocket({ device }, call)).status;
  };
  const firstLines = new Map<string, number>();
  for (let sent = 0; sent < REQUESTS; sent += AT_ONCE) {
    const challenge = await freshChallenge();
    const salvo = Array.from({ length: AT_ONCE }, (_, index) => {
      const request = good[(sent + index) % good.length];
      if (!request) throw new Error('no endpoints');
      return shoot(device, bytesOf(mutate(request, random), challenge, device, random));
    });
    for (const line of await Promise.all(salvo)) firstLines.set(line, (firstLines.get(line) ?? 0) + 1);
    if (sent % CHECK_EVERY < AT_ONCE) expect(await check(), `after ${sent} requests`).toBe(200);
  }
  expect(await check()).toBe(200);
  expect(defects.map(({ message, stack }) => stack ?? message)).toEqual([]);
  expect([...firstLines.keys()].filter((line) => /HTTP\/1\.1 50\d/.test(line))).toEqual([]);
  // Not all died at the first hurdle: many kinds of refusals were met, and some calls did go through.
  expect(firstLines.get('HTTP/1.1 200 OK')).toBeGreaterThan(500);
  expect(firstLines.get('HTTP/1.1 400 Bad Request')).toBeGreaterThan(500);
  expect(firstLines.get('HTTP/1.1 401 Unauthorized')).toBeGreaterThan(500);
  expect({}).not.toHaveProperty('polluted');
  expect(device.requests().length).toBeLessThanOrEqual(1000);
  // The neighbour in the same process heard nothing of it.
  expect(fleet.device('device-2').requests()).toEqual([]);
});
