import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { requireDebianPackages } from '../../../scripts/debian.ts';
import { startFleet } from '../../src/fleet.ts';
import { drawPicture } from '../../src/isapi/testing/pictures.ts';
import { runCurl } from './curl-client.ts';
import { firstDay, type OutsidePlan, type OutsideResult } from './plan.ts';

const SCRIPT = join(import.meta.dirname, 'client.py');
const run = promisify(execFile);

async function runPython(library: string, plan: OutsidePlan, folder: string): Promise<OutsideResult[]> {
  const planFile = join(folder, 'plan.json');
  await writeFile(planFile, JSON.stringify(plan));
  const { stdout } = await run('/usr/bin/python3', [SCRIPT, library, planFile]);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as OutsideResult);
}

const clients: [string, (plan: OutsidePlan, folder: string) => Promise<OutsideResult[]>][] = [
  ['curl --digest', runCurl],
  ['python3-requests', (plan, folder) => runPython('requests', plan, folder)],
  ['python3-httpx', (plan, folder) => runPython('httpx', plan, folder)],
];

/** A folder and a web server that holds one picture; both end with the test. */
async function photo(picture: Buffer): Promise<{ folder: string; file: string; url: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'terminal-client-'));
  const file = join(folder, 'face.jpg');
  await writeFile(file, picture);
  const server = createServer((_, response) => response.end(picture));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });
  return { folder, file, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/face.jpg` };
}

describe('a client that knows nothing of us', () => {
  beforeAll(() => requireDebianPackages(['curl', 'python3-requests', 'python3-httpx']));

  it.each(clients)(
    '%s: person, face by URL and upload, search, delete, wrong password',
    async (_, client) => {
      const uploaded = await drawPicture({ hue: 20 });
      const { folder, file, url } = await photo(uploaded);
      const fleet = await startFleet({ devices: [{ traits: { sameFaceTwice: 'accept' } }] });
      onTestFinished(() => fleet.stop());
      const device = fleet.device('device-1');

      const results = await client(firstDay({ device, photoUrl: url, photoFile: file }), folder);

      const told = results.map(({ step, status, body }) => [
        step,
        status,
        /"subStatusCode":\s*"(\w+)"/.exec(body)?.[1] ?? null,
      ]);
      expect(told).toEqual([
        ['person', 200, 'ok'],
        ['person again', 400, 'employeeNoAlreadyExist'],
        ['second person', 200, 'ok'],
        ['face by url', 200, 'ok'],
        ['face by upload', 200, 'ok'],
        ['search', 200, null],
        ['face search', 200, 'ok'],
        ['delete', 200, 'ok'],
        ['wrong password', 401, null],
        ['device', 200, null],
      ]);
      const body = (step: string) => results.find((result) => result.step === step)?.body ?? '';
      expect(JSON.parse(body('search'))).toMatchObject({
        UserInfoSearch: { numOfMatches: 2, UserInfo: [{ name: 'Țurcanu Ștefan' }, { employeeNo: '1001' }] },
      });
      expect(JSON.parse(body('face search'))).toMatchObject({ totalMatches: 1 });
      expect(body('wrong password')).toContain('<retryLoginTime>4</retryLoginTime>');
      expect(body('device')).toContain(`<serialNumber>${device.serialNumber}</serialNumber>`);
      expect(device.persons()).toMatchObject([{ employeeNo: '1000', numOfFace: 1 }]);
      expect(device.faces()).toMatchObject([
        { FPID: '1000', sha256: createHash('sha256').update(uploaded).digest('hex'), origin: `url ${url}` },
      ]);
    },
  );

  it.each(clients)('%s: a lock is seen as one', async (_, client) => {
    const { folder, file, url } = await photo(await drawPicture());
    const fleet = await startFleet({ devices: 1 });
    onTestFinished(() => fleet.stop());
    const device = fleet.device('device-1');
    const plan = firstDay({ device, photoUrl: url, photoFile: file });
    const wrong = { ...plan.calls[0]!, password: 'wrong' };
    const results = await client(
      { ...plan, calls: [wrong, wrong, wrong, wrong, wrong, plan.calls[0]!] },
      folder,
    );
    expect(results.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401]);
    expect(results.at(-1)?.body).toMatch(/<lockStatus>lock<[^]*<unlockTime>1(800|79\d)</);
    expect(device.persons()).toEqual([]);
  });
});
