import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { requireDebianPackages } from '../../../scripts/debian.ts';
import { systemClock } from '../clock.ts';
import type { CertificatePolicy } from '../model/device.ts';
import { createHttpTransport } from './http-transport.ts';
import { deviceAt } from './testing/device-fixture.ts';
import { type DigestServer, startDigestServer } from './testing/digest-server.ts';
import { howEnded } from './testing/how-ended.ts';
import { createManualClock } from './testing/manual-clock.ts';
import type { Transport, WireRequest } from './transport.ts';

const read: WireRequest = { method: 'GET', path: '/ISAPI/System/deviceInfo' };
const options = { signal: new AbortController().signal, timeoutMs: 10_000 };

let folder: string;
let tls: { key: string; cert: string };
let fingerprint: string;
const opened: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  await requireDebianPackages(['openssl']);
  folder = await mkdtemp(join(tmpdir(), 'terminal-certificate-'));
  const key = join(folder, 'key.pem');
  const cert = join(folder, 'cert.pem');
  // As terminals make theirs: self-signed, small key, for no name.
  const subject = ['-subj', '/CN=DS-K1T342', '-days', '3650'];
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:1024', '-sha1', '-nodes', '-keyout', key, '-out', cert],
    ...subject,
  ]);
  tls = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
  fingerprint = new X509Certificate(tls.cert).fingerprint256;
});

afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function connect(policy: CertificatePolicy): Promise<{ server: DigestServer; transport: Transport }> {
  const old = { ...tls, minVersion: 'TLSv1' as const, ciphers: 'DEFAULT@SECLEVEL=0' };
  const server = await startDigestServer({ tls: old });
  const device = deviceAt(server.port, { scheme: 'https', certificatePolicy: policy });
  const transport = createHttpTransport({ clock: systemClock })(device);
  opened.push(server, transport);
  return { server, transport };
}

test('verify: a self-signed certificate is refused before a byte of HTTP', async () => {
  const { server, transport } = await connect({ mode: 'verify' });
  await expect(transport.send(read, options)).rejects.toMatchObject({
    code: 'certificate',
    delivery: 'not-sent',
    message: expect.stringContaining('Pin its fingerprint'),
  });
  expect(server.requests).toHaveLength(0);
});

test('unchecked: any certificate, old keys and all', async () => {
  const { transport } = await connect({ mode: 'unchecked' });
  expect((await transport.send(read, options)).status).toBe(200);
});

test.each(['as openssl prints it', 'bare, lower case'])('pinned: the right fingerprint, %s', async (form) => {
  const written = form.startsWith('bare') ? fingerprint.replaceAll(':', '').toLowerCase() : fingerprint;
  const { transport } = await connect({ mode: 'pinned', fingerprint: written });
  // Twice on two connections: a resumed session would show no certificate to compare.
  expect((await transport.send(read, options)).status).toBe(200);
  await transport.close();
  expect((await transport.send(read, options)).status).toBe(200);
});

test('pinned: another certificate gets nothing, and is named in the error', async () => {
  const { server, transport } = await connect({ mode: 'pinned', fingerprint: 'ab'.repeat(32) });
  await expect(transport.send(read, options)).rejects.toMatchObject({
    code: 'certificate',
    delivery: 'not-sent',
    message: expect.stringContaining(fingerprint),
  });
  expect(server.requests).toHaveLength(0);
});

test('pinned: something that is no fingerprint says what one looks like', async () => {
  const { transport } = await connect({ mode: 'pinned', fingerprint: 'yes' });
  await expect(transport.send(read, options)).rejects.toMatchObject({
    code: 'certificate',
    message: expect.stringContaining('64 hex digits'),
  });
});

test('a call given up is taken back from the connection under TLS', async () => {
  let arrive: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const intercept = () => {
    arrive();
    return true;
  };
  const server = await startDigestServer({ tls, intercept });
  // TLS of the server shows a reset as an end: the plain connection before it is looked at.
  const ends: Promise<string>[] = [];
  const line = createServer((socket) => {
    ends.push(howEnded(socket));
    const onward = createConnection(server.port, '127.0.0.1').on('error', () => undefined);
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  const { port } = line.address() as AddressInfo;
  const clock = createManualClock();
  const device = deviceAt(port, { scheme: 'https', certificatePolicy: { mode: 'pinned', fingerprint } });
  const transport = createHttpTransport({ clock })(device);
  opened.push(server, { close: promisify(line.close.bind(line)) }, transport);
  const sending = transport.send(read, options);
  await arrived;
  clock.advance(options.timeoutMs);
  await expect(sending).rejects.toMatchObject({ code: 'timeout' });
  expect(await Promise.all(ends)).toEqual(['ECONNRESET']);
});

test('https against a port that speaks http', async () => {
  const server = await startDigestServer();
  const device = deviceAt(server.port, { scheme: 'https', certificatePolicy: { mode: 'unchecked' } });
  const transport = createHttpTransport({ clock: systemClock })(device);
  opened.push(server, transport);
  await expect(transport.send(read, options)).rejects.toMatchObject({ code: 'tls', delivery: 'not-sent' });
});
