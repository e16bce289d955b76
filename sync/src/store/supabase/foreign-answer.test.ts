import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Lease } from '../store.ts';
import { createDatabaseClient } from './client.ts';
import { foreignAnswer, type AnswerShape } from './foreign-answer.ts';
import { createSupabaseStore } from './supabase-store.ts';

const shape = (some: Partial<AnswerShape>): AnswerShape => ({
  method: 'POST',
  status: 200,
  contentType: 'application/json; charset=utf-8',
  location: null,
  sizeBytes: 2,
  ...some,
});

describe('foreignAnswer', () => {
  it.each([
    ['rows', {}],
    ['rows of a custom media type', { contentType: 'application/vnd.pgrst.object+json' }],
    ['a function that returns nothing', { status: 204, contentType: null, sizeBytes: 0 }],
    ['an insert without its rows', { status: 201, contentType: null, sizeBytes: 0 }],
    ['a count', { method: 'HEAD', sizeBytes: 0 }],
    ['a count of a part', { method: 'HEAD', status: 206, sizeBytes: 0 }],
    ['a refusal', { status: 404 }],
    ['a gateway that has trouble', { status: 502, contentType: 'text/html', sizeBytes: 80 }],
  ])('%s may be from Supabase', (_what, some) => {
    expect(foreignAnswer(shape(some))).toBeNull();
  });

  it.each([
    ['an empty 404', { status: 404, contentType: null, sizeBytes: 0 }, 'HTTP 404 without a body'],
    ['an empty 404 to a count', { method: 'HEAD', status: 404, sizeBytes: 0 }, 'HTTP 404 without a body'],
    ['an empty 200', { contentType: null, sizeBytes: 0 }, 'HTTP 200 without a body'],
    ['204 where rows were asked', { method: 'GET', status: 204, sizeBytes: 0 }, 'HTTP 204'],
    ['a login page', { contentType: 'text/html', sizeBytes: 80 }, 'HTTP 200 with text/html'],
    ['a redirect', { status: 301, location: 'https://x.example/rest?apikey=s' }, 'https://x.example. Set'],
    ['a redirect to nowhere', { status: 302, location: '/login' }, 'another address'],
  ])('%s is not', (_what, some, told) => {
    expect(foreignAnswer(shape(some))).toContain(told);
  });
});

/** Does `work` on a store whose database is `answer`. */
async function withDatabase<Result>(
  answer: RequestListener,
  work: (store: ReturnType<typeof createSupabaseStore>, url: string) => Promise<Result>,
): Promise<Result> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createDatabaseClient({ url, secretKey: 'sb_secret_test', timeoutMs: 5_000 });
  try {
    return await work(
      createSupabaseStore(client, () => 0),
      url,
    );
  } finally {
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }
}

const lease: Lease = { deviceId: '00000000-0000-4000-8000-000000000001', fence: 1, expiresAtMs: 1 };
const UNREACHABLE = { code: 'database_unreachable' };

describe('a store whose questions a proxy answers', () => {
  it('takes no result for written that an empty 404 answered', () =>
    withDatabase(
      (_request, response) => response.writeHead(404).end(),
      async (store) => {
        await expect(store.writeOutcomes(lease, [], [])).rejects.toMatchObject(UNREACHABLE);
        await expect(store.releaseLease(lease, 0)).rejects.toMatchObject(UNREACHABLE);
        await expect(store.readDevices({})).rejects.toThrow('not from Supabase: HTTP 404 without a body');
        await expect(store.readRun(lease.deviceId)).rejects.toMatchObject(UNREACHABLE);
        await expect(store.countActiveEmployees()).rejects.toMatchObject(UNREACHABLE);
      },
    ));

  it('waits for the database while a login page answers', () =>
    withDatabase(
      (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      async (store) => {
        await expect(store.readDevices({})).rejects.toMatchObject(UNREACHABLE);
        await expect(store.countActiveEmployees()).rejects.toMatchObject(UNREACHABLE);
      },
    ));

  it('takes the secret key to no address that a redirect names', () => {
    let asked = 0;
    return withDatabase(
      (_request, response) => {
        asked += 1;
        response.writeHead(307, { location: `http://localhost:1/rest?x=1` }).end();
      },
      async (store) => {
        await expect(store.readDevices({})).rejects.toThrow('http://localhost:1. Set SUPABASE_URL');
        expect(asked).toBe(1);
      },
    );
  });

  it('says why nothing answers', async () => {
    const store = await withDatabase(
      (_request, response) => response.end(),
      (closing) => Promise.resolve(closing),
    );
    await expect(store.readDevices({})).rejects.toThrow(/fetch failed \(.*ECONNREFUSED/);
  });
});
