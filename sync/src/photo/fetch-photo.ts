import { type BodySource, readBoundedBody } from '../bounded-body.ts';
import type { Clock } from '../clock.ts';
import { startDeadline } from '../deadline.ts';

/** The part of a fetch answer that is used. */
interface PhotoResponse {
  status: number;
  headers: { get(name: string): string | null };
  body: BodySource | null;
}

export type PhotoFetch = (
  url: string,
  init: { signal: AbortSignal; redirect: 'manual' },
) => Promise<PhotoResponse>;

export interface FetchPhotoOptions {
  signal: AbortSignal;
  clock: Clock;
  fetch: PhotoFetch;
  timeoutMs: number;
  maxBytes: number;
}

export type FetchedPhoto = { ok: true; bytes: Buffer } | PhotoFailure;

interface PhotoFailure {
  ok: false;
  code:
    | 'photo_url_invalid'
    | 'photo_not_found'
    | 'photo_unreachable'
    | 'photo_timeout'
    | 'photo_too_large'
    | 'cancelled';
  /** For the operator; names the server, never the file: files are often named after people. */
  message: string;
}

const MAX_REDIRECTS = 3;

/** Downloads a photo within bounds of time and size. Never rejects: what went wrong is an answer. */
export async function fetchPhoto(url: string, options: FetchPhotoOptions): Promise<FetchedPhoto> {
  const deadline = startDeadline(options.clock, options.timeoutMs, options.signal);
  let server = 'the photo server';
  try {
    let target = url;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const parsed = URL.parse(target);
      if (!parsed || !/^https?:$/.test(parsed.protocol)) return invalidUrl();
      server = parsed.host;
      const response = await deadline.race(
        options.fetch(parsed.href, { signal: deadline.signal, redirect: 'manual' }),
      );
      const location = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && location !== null) {
        void response.body
          ?.getReader()
          .cancel()
          .catch(() => undefined);
        target = URL.parse(location, parsed.href)?.href ?? '';
        continue;
      }
      if (response.status < 200 || response.status > 299) return refused(server, response.status);
      return await deadline.race(readBounded(response, options.maxBytes));
    }
    return failure(
      'photo_unreachable',
      `${server} sends the download from address to address. Check the photo URL.`,
    );
  } catch {
    const reason = deadline.reason();
    if (reason === 'aborted') return failure('cancelled', 'The download of the photo was cancelled.');
    return reason === 'timeout'
      ? failure(
          'photo_timeout',
          `${server} did not deliver the photo within ${options.timeoutMs / 1000} s. Try again, or check the network.`,
        )
      : failure(
          'photo_unreachable',
          `The photo cannot be downloaded from ${server}. Check that the daemon reaches it.`,
        );
  } finally {
    deadline.stop();
  }
}

async function readBounded(response: PhotoResponse, maxBytes: number): Promise<FetchedPhoto> {
  const bytes = await readBoundedBody(response.body, maxBytes);
  if (bytes !== null) return { ok: true, bytes };
  const limit = Math.floor(maxBytes / (1024 * 1024));
  return failure('photo_too_large', `The photo is larger than ${limit} MB. Upload a smaller one.`);
}

function refused(server: string, status: number): PhotoFailure {
  // Supabase answers 400 for a file that is not in a public bucket.
  return status === 404 || status === 400 || status === 410
    ? failure(
        'photo_not_found',
        `There is no photo at the stored address on ${server} (HTTP ${status}). Upload it again.`,
      )
    : failure(
        'photo_unreachable',
        `${server} refuses the download of the photo (HTTP ${status}). Check that its bucket is public.`,
      );
}

function invalidUrl(): PhotoFailure {
  return failure(
    'photo_url_invalid',
    'The stored photo address is no http or https URL. Upload the photo again.',
  );
}

function failure(code: PhotoFailure['code'], message: string): PhotoFailure {
  return { ok: false, code, message };
}
