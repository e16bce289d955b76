import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

interface Ready {
  control: string;
  devices: { id: string; url: string; port: number; certificateFingerprint: string | null }[];
}

let dir: string;
let running: ChildProcess[];
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'simulator-command-'));
  running = [];
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

function start(...argv: string[]) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let complaints = '';
  child.stderr.on('data', (part: Buffer) => {
    complaints += part.toString();
  });
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    ended,
    complaints: () => complaints,
    async ready(): Promise<Ready> {
      const line = await Promise.race([once(lines, 'line'), ended.then(() => null)]);
      if (!line) throw new Error(`The command ended before it was ready: ${complaints}`);
      return JSON.parse(line[0] as string) as Ready;
    },
  };
}

/** Resolves when a file that others replace holds a text. */
function untilHolds(file: string, text: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(path.dirname(file), () => {
      if (!existsSync(file) || !readFileSync(file, 'utf8').includes(text)) return;
      watcher.close();
      resolve();
    });
  });
}

const FREE = ['--port', '0', '--control-port', '0', '--json'];

async function json(url: string, init?: RequestInit) {
  const answer = await fetch(url, init);
  expect(answer.ok, `${url}: ${answer.status}`).toBe(true);
  return answer.json() as Promise<never>;
}

describe('a good start', () => {
  test('says where everything is in one line, and SIGINT ends it cleanly', async () => {
    const simulator = start('--devices', '2', ...FREE);
    const { control, devices } = await simulator.ready();
    expect(devices.map(({ id }) => id)).toEqual(['device-1', 'device-2']);
    expect((await json(`${control}/api/devices`)) as Ready['devices']).toMatchObject(
      devices.map(({ url }) => ({ url })),
    );
    expect((await fetch(`${devices[0]?.url ?? ''}/ISAPI/System/deviceInfo`)).status).toBe(401);
    simulator.child.kill('SIGINT');
    expect(await simulator.ended).toBe(0);
    expect(simulator.complaints()).toBe('');
    await expect(fetch(control)).rejects.toThrow();
  });

  test('device k listens on the first port + k', async () => {
    const base = await freeRange(3);
    const simulator = start(
      '--devices',
      '2',
      '--port',
      String(base),
      '--control-port',
      String(base + 2),
      '--json',
    );
    const { control, devices } = await simulator.ready();
    expect(control).toBe(`http://127.0.0.1:${base + 2}`);
    expect(devices.map(({ url }) => url)).toEqual([
      `http://127.0.0.1:${base}`,
      `http://127.0.0.1:${base + 1}`,
    ]);
  });

  test('a fleet file with state survives a restart', async () => {
    const file = path.join(dir, 'site.yaml');
    writeFileSync(
      file,
      'devices: [{ id: gate, persons: [{ employeeNo: "1", name: first }], faults: [busy] }]',
    );
    const argv = ['--fleet', file, '--state', path.join(dir, 'state'), ...FREE];
    const first = start(...argv);
    const { control } = await first.ready();
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ employeeNo: '2', name: 'second' });
    await json(`${control}/api/devices/gate/edit-at-terminal`, { method: 'POST', headers, body });
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    const again = start(...argv);
    const { control: controlAgain } = await again.ready();
    const persons = (await json(`${controlAgain}/api/devices/gate/persons`)) as { name: string }[];
    expect(persons.map(({ name }) => name)).toEqual(['first', 'second']);
    const rival = start(...argv);
    expect(await rival.ended).toBe(1);
    expect(rival.complaints()).toMatch(/in use by process \d+/);
  });

  test('kill -9 leaves what was written: persons, the certificate, the order of the file', async () => {
    const file = path.join(dir, 'site.yaml');
    writeFileSync(file, 'devices: [{ id: gate, scheme: https }, { id: office }]');
    const state = path.join(dir, 'state');
    const argv = ['--fleet', file, '--state', state, ...FREE];
    const first = start(...argv);
    const before = await first.ready();
    expect(before.devices.map(({ id }) => id)).toEqual(['gate', 'office']);
    const written = untilHolds(path.join(state, 'gate.json'), 'Popescu Ion');
    await json(`${before.control}/api/devices/gate/edit-at-terminal`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ employeeNo: '1', name: 'Popescu Ion' }),
    });
    await written;
    first.child.kill('SIGKILL');
    await first.ended;
    const after = await start(...argv).ready();
    const fingerprints = ({ devices }: Ready) => devices.map((device) => device.certificateFingerprint);
    expect(fingerprints(after)).toEqual(fingerprints(before));
    const persons = (await json(`${after.control}/api/devices/gate/persons`)) as { name: string }[];
    expect(persons.map(({ name }) => name)).toEqual(['Popescu Ion']);
  });
});

describe('a bad start', () => {
  test.each([
    [['--devices', 'x'], /--devices/],
    [['--profile', 'ds-none'], /no profile "ds-none".*generic/],
    [['--faults', 'flakyvpn'], /did you mean "flaky-vpn"/],
    [['--fleet', 'nowhere.yaml'], /nowhere\.yaml cannot be read/],
  ])('%j ends with 2 and a sentence', async (argv, expected) => {
    const simulator = start(...argv, ...FREE);
    expect(await simulator.ended).toBe(2);
    expect(simulator.complaints()).toMatch(expected);
    expect(simulator.complaints()).not.toMatch(/\n\s+at /);
  });

  test('a taken port is named, and nothing stays behind', async () => {
    const rival = createServer().listen(0, '127.0.0.1');
    await once(rival, 'listening');
    const { port } = rival.address() as AddressInfo;
    for (const [argv, option] of [
      [['--port', String(port), '--control-port', '0'], '--port'],
      [['--port', '0', '--control-port', String(port)], '--control-port'],
    ] as const) {
      const simulator = start('--devices', '1', ...argv);
      expect(await simulator.ended).toBe(1);
      expect(simulator.complaints()).toMatch(new RegExp(`[Pp]ort ${port} .*(in use|is taken)`));
      expect(simulator.complaints(), option).not.toMatch(/\n\s+at /);
    }
    rival.close();
  });
});

/** The first of `count` ports in a row that are free now. */
async function freeRange(count: number): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const base = 20_000 + Math.floor(Math.random() * 20_000);
    const servers = Array.from({ length: count }, (_, index) =>
      createServer().listen(base + index, '127.0.0.1'),
    );
    const opened = await Promise.all(
      servers.map((server) =>
        Promise.race([
          once(server, 'listening').then(() => true),
          once(server, 'error').then(() => false),
        ]).catch(() => false),
      ),
    );
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    if (opened.every(Boolean)) return base;
  }
  throw new Error('No free range of ports was found.');
}
