import { describe, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { fetchPhoto, type FetchPhotoOptions, type PhotoFetch } from './fetch-photo.ts';

const URL_OF_PHOTO = 'https://photos.example/storage/popescu-ion.jpg?token=secret';

function fetching(fetch: PhotoFetch, changes: Partial<FetchPhotoOptions> = {}, url = URL_OF_PHOTO) {
  const signal = new AbortController().signal;
  return fetchPhoto(url, {
    signal,
    clock: systemClock,
    fetch,
    timeoutMs: 5_000,
    maxBytes: 1_048_576,
    ...changes,
  });
}

const answering =
  (...responses: Response[]): PhotoFetch =>
  () =>
    Promise.resolve(responses.shift() ?? Response.error());

test('the bytes', async () => {
  expect(await fetching(answering(new Response('jpeg')))).toEqual({ ok: true, bytes: Buffer.from('jpeg') });
});

test.each([
  [404, 'photo_not_found'],
  [400, 'photo_not_found'],
  [403, 'photo_unreachable'],
  [500, 'photo_unreachable'],
])('HTTP %i is %s', async (status, code) => {
  expect(await fetching(answering(new Response('', { status })))).toMatchObject({ ok: false, code });
});

describe('redirects', () => {
  const to = (location: string) => new Response(null, { status: 302, headers: { location } });

  test('a few are followed, relative ones too', async () => {
    const asked: string[] = [];
    const responses = [to('/b'), to('http://other.example/c'), new Response('jpeg')];
    const result = await fetching((url) => {
      asked.push(url);
      return Promise.resolve(responses.shift()!);
    });
    expect(result.ok).toBe(true);
    expect(asked.slice(1)).toEqual(['https://photos.example/b', 'http://other.example/c']);
  });

  test('a loop comes to an end', async () => {
    let asked = 0;
    const result = await fetching(() => {
      asked++;
      return Promise.resolve(to('/again'));
    });
    expect(result).toMatchObject({ ok: false, code: 'photo_unreachable' });
    expect(asked).toBe(4);
  });

  test('to something that is no web address', async () => {
    expect(await fetching(answering(to('file:///etc/passwd')))).toMatchObject({ code: 'photo_url_invalid' });
  });
});

test.each(['', 'popescu.jpg', 'file:///etc/passwd', 'ftp://photos.example/a'])(
  '%j is no photo address, and nothing is asked',
  async (url) => {
    const never: PhotoFetch = () => Promise.reject(new Error('asked'));
    expect(await fetching(never, {}, url)).toMatchObject({ ok: false, code: 'photo_url_invalid' });
  },
);

test('an endless file is cut off', async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  const result = await fetching(answering(new Response(endless)));
  expect(result).toMatchObject({
    ok: false,
    code: 'photo_too_large',
    message: expect.stringContaining('1 MB'),
  });
  expect(sent).toBeLessThan(1_500_000);
});

test('a server that says nothing is given up in time', async () => {
  const result = await fetching(() => new Promise(() => undefined), {
    clock: { now: () => 0, sleep: () => Promise.resolve() },
  });
  expect(result).toMatchObject({ ok: false, code: 'photo_timeout' });
});

test('cancelled', async () => {
  const result = await fetching(() => new Promise(() => undefined), { signal: AbortSignal.abort() });
  expect(result).toMatchObject({ ok: false, code: 'cancelled' });
});

test('no message names the file or its token', async () => {
  const messages = await Promise.all([
    fetching(answering(new Response('', { status: 404 }))),
    fetching(answering(new Response('', { status: 500 }))),
    fetching(() => Promise.reject(new TypeError('fetch failed: popescu secret'))),
  ]);
  for (const result of messages) {
    const { message } = result as { message: string };
    expect(message).toContain('photos.example');
    expect(message).not.toMatch(/popescu|secret/);
  }
});
