import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findProgram, requireDebianPackages } from '../../../scripts/debian.ts';
import { systemClock } from '../clock.ts';
import { createHttpTransport } from './http-transport.ts';
import { deviceAt } from './testing/device-fixture.ts';
import { type ForegroundProgram, freePort, startForegroundProgram } from './testing/foreground-program.ts';
import type { WireRequest } from './transport.ts';

/** The digest of programs that somebody else wrote: our own reference server could share our mistakes. */

const REALM = 'DS-0753f32c';
const options = { signal: new AbortController().signal, timeoutMs: 10_000 };
const request: WireRequest = { method: 'GET', path: '/ISAPI/System/deviceInfo?format=json' };
const DOCUMENT = '{"statusCode":1}';

let folder: string;

beforeAll(async () => {
  await requireDebianPackages(['apache2-bin', 'lighttpd']);
  folder = await mkdtemp(join(tmpdir(), 'digest-servers-'));
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'documents/ISAPI/System'), { recursive: true });
  await writeFile(join(folder, 'documents/ISAPI/System/deviceInfo'), DOCUMENT);
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function programPath(name: string): Promise<string> {
  const path = await findProgram(name);
  if (path === null) throw new Error(`${name} is installed and yet nowhere in PATH or /usr/sbin.`);
  return path;
}

const transportTo = (port: number, password = 'Parola-123') =>
  createHttpTransport({ clock: systemClock })(deviceAt(port, { password }));

/** The statuses a server logged, in order. */
async function statusesIn(log: string): Promise<string[]> {
  const lines = (await readFile(log, 'utf8')).trim().split('\n');
  return lines.map((line) => /" (\d{3}) /.exec(line)?.[1] ?? line);
}

describe('Apache mod_auth_digest, nonces that live one second', () => {
  const NONCE_LIFE_MS = 1_000;
  const MAX_CALLS = 20_000;
  let apache: ForegroundProgram | undefined;

  async function startApache(log: string): Promise<number> {
    const port = await freePort();
    const ha1 = createHash('md5').update(`admin:${REALM}:Parola-123`).digest('hex');
    await writeFile(join(folder, 'htdigest'), `admin:${REALM}:${ha1}\n`);
    const modules = ['mpm_event', 'authn_core', 'authn_file', 'authz_core', 'authz_user', 'auth_digest'];
    const configuration = join(folder, 'apache.conf');
    await writeFile(
      configuration,
      [
        ...modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
        `ServerName 127.0.0.1\nListen 127.0.0.1:${port}`,
        `PidFile ${join(folder, 'apache.pid')}\nDefaultRuntimeDir ${folder}`,
        `DocumentRoot ${join(folder, 'documents')}\nUser www-data\nGroup www-data`,
        `ErrorLog "|/bin/cat"\nCustomLog ${log} "%h \\"%r\\" %>s %b"`,
        `<Location "/">\nAuthType Digest\nAuthName "${REALM}"\nAuthDigestProvider file`,
        `AuthUserFile ${join(folder, 'htdigest')}\nAuthDigestNonceLifetime 1\nRequire valid-user\n</Location>\n`,
      ].join('\n'),
    );
    apache = await startForegroundProgram(
      await programPath('apache2'),
      ['-f', configuration, '-DFOREGROUND'],
      'resuming normal operations',
    );
    return port;
  }

  /** A line is written after its answer, so the log is whole only once Apache has ended. */
  async function stopApache(): Promise<void> {
    await apache?.stop();
    apache = undefined;
  }

  afterEach(stopApache);

  test('calls go on past the life of the first nonce, two requests each', async () => {
    const log = join(folder, 'apache-right.log');
    const transport = transportTo(await startApache(log));
    const untilMs = Date.now() + NONCE_LIFE_MS * 1.5;
    let calls = 0;
    for (; Date.now() < untilMs && calls < MAX_CALLS; calls++) {
      const answer = await transport.send(request, options);
      expect([answer.status, answer.body.toString()]).toEqual([200, DOCUMENT]);
    }
    await transport.close();
    await stopApache();
    const statuses = await statusesIn(log);
    expect(statuses).toHaveLength(2 * calls);
    expect(statuses.filter((status) => status === '401')).toHaveLength(calls);
  });

  test('a wrong password is two requests, both refused', async () => {
    const log = join(folder, 'apache-wrong.log');
    const transport = transportTo(await startApache(log), 'wrong');
    expect((await transport.send(request, options)).status).toBe(401);
    await transport.close();
    await stopApache();
    expect(await statusesIn(log)).toEqual(['401', '401']);
  });
});

describe.each(['MD5', 'SHA-256', 'MD5|SHA-256'])('lighttpd mod_auth, %s', (algorithm) => {
  let lighttpd: ForegroundProgram | undefined;
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    const name = algorithm.replace('|', '-or-');
    await writeFile(join(folder, 'plain'), 'admin:Parola-123\n');
    const configuration = join(folder, `lighttpd-${name}.conf`);
    await writeFile(
      configuration,
      [
        'server.modules = ("mod_auth", "mod_authn_file")',
        `server.document-root = "${join(folder, 'documents')}"`,
        `server.bind = "127.0.0.1"\nserver.port = ${port}`,
        'auth.backend = "plain"',
        `auth.backend.plain.userfile = "${join(folder, 'plain')}"`,
        `auth.require = ("" => ("method" => "digest", "realm" => "${REALM}", "require" => "valid-user", ` +
          `"algorithm" => "${algorithm}"))`,
        '',
      ].join('\n'),
    );
    lighttpd = await startForegroundProgram(
      await programPath('lighttpd'),
      ['-D', '-f', configuration],
      'server started',
    );
  });

  afterAll(async () => {
    await lighttpd?.stop();
  });

  test('20 calls, all in', async () => {
    const transport = transportTo(port);
    for (let call = 0; call < 20; call++) {
      expect((await transport.send(request, options)).status).toBe(200);
    }
    await transport.close();
  });

  test('a wrong password is refused', async () => {
    const transport = transportTo(port, 'wrong');
    expect((await transport.send(request, options)).status).toBe(401);
    await transport.close();
  });
});
