import { beforeAll, expect, test } from 'vitest';
import type { Clock } from '../clock.ts';
import type { PhotoFetch } from './fetch-photo.ts';
import { readPicture } from './jpeg-header.ts';
import { createPhotoSource, photoFingerprint } from './photo-source.ts';
import { drawnPhoto } from './testing/drawn-photo.ts';

const URL_OF_PHOTO = 'https://photos.example/1000.jpg';
/** By a run that was asked for before the first download. */
const wanted = { askedAtMs: 0, signal: new AbortController().signal };

let photo: Buffer;
let progressive: Buffer;
beforeAll(async () => {
  photo = await drawnPhoto();
  progressive = await drawnPhoto({ jpeg: { progressive: true } });
});

/** A clock that a test moves; nothing waits on it here. */
function stillClock(): Clock & { nowMs: number } {
  return {
    nowMs: 0,
    now() {
      return this.nowMs;
    },
    sleep: (_ms, until) =>
      new Promise((resolve) => {
        until?.addEventListener('abort', () => {
          resolve();
        });
      }),
  };
}

/** A server whose files a test can change, and which counts. */
function server(files: Record<string, Buffer | undefined>): { fetch: PhotoFetch; downloads: number } {
  const state = {
    downloads: 0,
    fetch: (url: string) => {
      state.downloads++;
      const file = files[url];
      return Promise.resolve(file ? new Response(new Uint8Array(file)) : new Response('', { status: 404 }));
    },
  };
  return state;
}

test('a photo comes repaired, with what was wrong and its fingerprint', async () => {
  const source = createPhotoSource({
    clock: stillClock(),
    fetch: server({ [URL_OF_PHOTO]: progressive }).fetch,
  });
  const prepared = await source.fetchAndPrepare(URL_OF_PHOTO, wanted);
  if (!prepared.ok) throw new Error(prepared.message);
  expect(readPicture(prepared.jpeg)).toMatchObject({ process: 'baseline' });
  expect(prepared.findings).toEqual([expect.stringContaining('progressive')]);
  expect(prepared.fingerprint).toBe(photoFingerprint(progressive));
});

test('fifty devices at once and fifty more: one download', async () => {
  const files = server({ [URL_OF_PHOTO]: photo });
  const source = createPhotoSource({ clock: stillClock(), fetch: files.fetch });
  const ask = () => source.fetchAndPrepare(URL_OF_PHOTO, wanted);
  const first = await Promise.all(Array.from({ length: 50 }, ask));
  const second = await Promise.all(Array.from({ length: 50 }, ask));
  expect(files.downloads).toBe(1);
  expect(new Set([...first, ...second]).size).toBe(1);
});

test('a photo replaced under its address is noticed; one that is not is not prepared again', async () => {
  const files: Record<string, Buffer> = { [URL_OF_PHOTO]: photo };
  const clock = stillClock();
  const source = createPhotoSource({ clock, fetch: server(files).fetch });
  const ask = () => source.fetchAndPrepare(URL_OF_PHOTO, wanted);
  const first = await ask();
  clock.nowMs += 60_000;
  expect(await ask()).toBe(first);
  files[URL_OF_PHOTO] = progressive;
  clock.nowMs += 60_000;
  expect(await ask()).toMatchObject({ fingerprint: photoFingerprint(progressive) });
});

test('a missing photo is asked for once in a while, not once per device', async () => {
  const files: Record<string, Buffer> = {};
  const host = server(files);
  const clock = stillClock();
  const source = createPhotoSource({ clock, fetch: host.fetch });
  const ask = () => source.fetchAndPrepare(URL_OF_PHOTO, wanted);
  expect(await ask()).toMatchObject({ ok: false, code: 'photo_not_found' });
  await ask();
  expect(host.downloads).toBe(1);
  files[URL_OF_PHOTO] = photo;
  clock.nowMs += 60_000;
  expect((await ask()).ok).toBe(true);
});

test('who asks after a photo was mended gets it at once; a run that was under way goes by what it heard', async () => {
  const files: Record<string, Buffer> = {};
  const host = server(files);
  const clock = stillClock();
  const source = createPhotoSource({ clock, fetch: host.fetch });
  expect(await source.fetchAndPrepare(URL_OF_PHOTO, wanted)).toMatchObject({ code: 'photo_not_found' });
  files[URL_OF_PHOTO] = photo;
  clock.nowMs += 1000;
  const askedAtMs = clock.nowMs;
  expect(await source.fetchAndPrepare(URL_OF_PHOTO, wanted)).toMatchObject({ code: 'photo_not_found' });
  expect(await source.fetchAndPrepare(URL_OF_PHOTO, { ...wanted, askedAtMs })).toMatchObject({
    fingerprint: photoFingerprint(photo),
  });
  files[URL_OF_PHOTO] = progressive;
  clock.nowMs += 1000;
  expect(await source.fetchAndPrepare(URL_OF_PHOTO, { ...wanted, askedAtMs: clock.nowMs })).toMatchObject({
    fingerprint: photoFingerprint(progressive),
  });
  expect(host.downloads).toBe(3);
});

test('a download that was under way when a run was asked for is not what that run hears', async () => {
  const answers: ((response: Response) => void)[] = [];
  const fetch: PhotoFetch = () => new Promise((resolve) => answers.push(resolve));
  const clock = stillClock();
  const source = createPhotoSource({ clock, fetch });
  const old = source.fetchAndPrepare(URL_OF_PHOTO, wanted);
  clock.nowMs += 1000;
  const fresh = { ...wanted, askedAtMs: clock.nowMs };
  const news = [source.fetchAndPrepare(URL_OF_PHOTO, fresh), source.fetchAndPrepare(URL_OF_PHOTO, fresh)];
  await new Promise((resolve) => setImmediate(resolve));
  const [first, second] = answers;
  expect(answers).toHaveLength(2);
  second!(new Response(new Uint8Array(photo)));
  for (const one of await Promise.all(news)) expect(one.ok).toBe(true);
  first!(new Response('', { status: 404 }));
  expect(await old).toMatchObject({ code: 'photo_not_found' });
  // What came late is older than what is known.
  expect((await source.fetchAndPrepare(URL_OF_PHOTO, fresh)).ok).toBe(true);
  expect(answers).toHaveLength(2);
});

test('a file that is no picture is said to be none', async () => {
  const source = createPhotoSource({
    clock: stillClock(),
    fetch: server({ [URL_OF_PHOTO]: Buffer.from('<html>') }).fetch,
  });
  expect(await source.fetchAndPrepare(URL_OF_PHOTO, wanted)).toMatchObject({
    ok: false,
    code: 'photo_broken',
  });
});

test('memory is bounded: what does not fit is fetched again', async () => {
  const urls = Array.from({ length: 10 }, (_, index) => `https://photos.example/${index}.jpg`);
  const host = server(Object.fromEntries(urls.map((url) => [url, photo])));
  const maxCacheBytes = 3 * (photo.length + 1_024);
  const source = createPhotoSource({ clock: stillClock(), fetch: host.fetch, maxCacheBytes });
  for (const url of urls) await source.fetchAndPrepare(url, wanted);
  await source.fetchAndPrepare(urls[9]!, wanted);
  expect(host.downloads).toBe(10);
  await source.fetchAndPrepare(urls[0]!, wanted);
  expect(host.downloads).toBe(11);
});

test('one who leaves does not take the others along; when all have left the download ends', async () => {
  const signals: AbortSignal[] = [];
  let answer: (response: Response) => void = () => undefined;
  const fetch: PhotoFetch = (_, init) => {
    signals.push(init.signal);
    return new Promise((resolve) => {
      answer = resolve;
    });
  };
  const source = createPhotoSource({ clock: stillClock(), fetch });
  const [one, two] = [new AbortController(), new AbortController()];
  const first = source.fetchAndPrepare(URL_OF_PHOTO, { ...wanted, signal: one.signal });
  const second = source.fetchAndPrepare(URL_OF_PHOTO, { ...wanted, signal: two.signal });
  one.abort();
  expect(await first).toMatchObject({ ok: false, code: 'cancelled' });
  expect(signals[0]!.aborted).toBe(false);
  two.abort();
  expect(await second).toMatchObject({ ok: false, code: 'cancelled' });
  expect(signals[0]!.aborted).toBe(true);
  // Being cancelled is nothing to remember about a photo.
  const third = source.fetchAndPrepare(URL_OF_PHOTO, wanted);
  await new Promise((resolve) => setImmediate(resolve));
  answer(new Response(new Uint8Array(photo)));
  expect((await third).ok).toBe(true);
});
