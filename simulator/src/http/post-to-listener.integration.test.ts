import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { postToListener } from './post-to-listener.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(
    servers.splice(0).map(
      (server) =>
        new Promise<void>((resolve) => {
          server.closeAllConnections();
          server.close(() => {
            resolve();
          });
        }),
    ),
  );
});

interface Heard {
  method: string | undefined;
  type: string | undefined;
  body: string;
}

async function listener(answer: { status: number; location?: string } | 'silence') {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push({
        method: request.method,
        type: request.headers['content-type'],
        body: Buffer.concat(chunks).toString(),
      });
      if (answer === 'silence') return;
      response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location });
      response.end('ok');
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events` };
}

const push = (url: string) => ({
  url,
  contentType: 'multipart/form-data; boundary=b',
  body: Buffer.from('--b--'),
});
const never = new AbortController().signal;

describe('a push on the wire', () => {
  it('is a POST with the body as it is', async () => {
    const { heard, url } = await listener({ status: 200 });
    expect(await postToListener(push(url), never)).toEqual({ ok: true, status: 200 });
    expect(heard).toEqual([{ method: 'POST', type: 'multipart/form-data; boundary=b', body: '--b--' }]);
  });

  it('follows no redirect', async () => {
    const target = await listener({ status: 200 });
    const { url } = await listener({ status: 307, location: target.url });
    expect(await postToListener(push(url), never)).toEqual({ ok: true, status: 307 });
    expect(target.heard).toEqual([]);
  });

  it('leaves loopback only where that is allowed', async () => {
    const refused = await postToListener(push('http://192.0.2.1:80/x'), never);
    expect(refused).toEqual({
      ok: false,
      why: expect.stringContaining('host 192.0.2.1 not allowed') as string,
    });
    const { url } = await listener({ status: 200 });
    expect(await postToListener(push(url), never, { allowedHosts: ['192.0.2.1'] })).toMatchObject({
      ok: false,
    });
    expect(await postToListener(push(url), never, { allowedHosts: ['*'] })).toMatchObject({ ok: true });
  });

  it('gives up on a silent listener, a closed port and lost power', async () => {
    const { url } = await listener('silence');
    expect(await postToListener(push(url), never, { timeoutMs: 50 })).toEqual({ ok: false, why: 'timeout' });
    expect(await postToListener(push(url), AbortSignal.abort())).toMatchObject({ ok: false });
    expect(await postToListener(push('http://127.0.0.1:1/x'), never)).toMatchObject({ ok: false });
  });
});
