import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { fetchPhoto, type PhotoFetch } from './fetch-photo.ts';
import { inspectPhoto } from './inspect-photo.ts';
import { createPhotoCache } from './photo-cache.ts';
import { repairPhoto } from './repair-photo.ts';
import { createSingleFlight } from './single-flight.ts';
import { createWorkbench } from './workbench.ts';

export type PreparedPhoto =
  | {
      ok: true;
      /** Fit for a terminal: repaired where that was needed. */
      jpeg: Buffer;
      /** What terminals dislike about the photo as it is stored, in plain words; empty: nothing. */
      findings: readonly string[];
      /** SHA-256 of the stored file, hex. */
      fingerprint: string;
    }
  | { ok: false; code: string; message: string };

export interface PhotoSource {
  /**
   * Never rejects: what is wrong with the photo is an answer.
   * @param wanted `askedAtMs`: the run that needs the photo was asked for then. What was learned before is asked anew:
   * somebody who has just mended a photo, or its server, and presses the button must not hear the old answer.
   */
  fetchAndPrepare(url: string, wanted: { askedAtMs: number; signal: AbortSignal }): Promise<PreparedPhoto>;
}

export interface PhotoSourceOptions {
  clock: Clock;
  /** Default: the built-in fetch. */
  fetch?: PhotoFetch;
  /** For the download of one photo. */
  timeoutMs?: number;
  /** Largest file taken from the server; a phone's photo has 3 to 8 MB. */
  maxPhotoBytes?: number;
  /** All prepared photos kept, at up to 150 KB each. */
  maxCacheBytes?: number;
  /** Default: `preparePhoto`. Decoding takes time of the real clock: where time is virtual it is done beforehand. */
  prepare?: (bytes: Buffer) => Promise<PreparedPhoto>;
}

const DEFAULTS = { timeoutMs: 15_000, maxPhotoBytes: 12 * 1024 * 1024, maxCacheBytes: 32 * 1024 * 1024 };
/** How long a run takes a photo for current without asking its server again: the fleet passes an employee in less. */
const FRESH_MS = 30_000;
/** A decoded phone photo takes about 150 MB for a moment, so few are prepared at once. */
const PREPARED_AT_ONCE = 2;

interface Known {
  photo: PreparedPhoto;
  /** When its server was asked, not when it had answered: meanwhile the photo may have been replaced. */
  checkedAtMs: number;
}

/** Photos for upload and for explanations: fetched and prepared once, not once per device. */
export function createPhotoSource(options: PhotoSourceOptions): PhotoSource {
  const { clock, fetch = globalThis.fetch, prepare = preparePhoto, ...limits } = { ...DEFAULTS, ...options };
  const cache = createPhotoCache<Known>(limits.maxCacheBytes);
  const flights = createSingleFlight<PreparedPhoto>(clock);
  const workbench = createWorkbench(PREPARED_AT_ONCE);

  const remember = (url: string, { photo, checkedAtMs }: Known): PreparedPhoto => {
    const sizeBytes = photo.ok ? photo.jpeg.length : 0;
    const isNews = checkedAtMs >= (cache.get(url)?.checkedAtMs ?? -Infinity);
    if (isNews && (photo.ok || photo.code !== CANCELLED.code))
      cache.set(url, { photo, checkedAtMs }, sizeBytes);
    return photo;
  };

  const fetchAnew = (url: string, signal: AbortSignal): Promise<PreparedPhoto> =>
    workbench(async () => {
      const { timeoutMs, maxPhotoBytes } = limits;
      const checkedAtMs = clock.now();
      const fetched = await fetchPhoto(url, { signal, clock, fetch, timeoutMs, maxBytes: maxPhotoBytes });
      if (!fetched.ok) return remember(url, { photo: fetched, checkedAtMs });
      const before = cache.get(url)?.photo;
      const isUnchanged = before?.ok === true && before.fingerprint === photoFingerprint(fetched.bytes);
      const photo = isUnchanged ? before : await prepare(fetched.bytes);
      return remember(url, { photo, checkedAtMs });
    });

  return {
    async fetchAndPrepare(url, { askedAtMs, signal }) {
      const known = cache.get(url);
      const notBeforeMs = Math.max(askedAtMs, clock.now() - FRESH_MS);
      if (known && known.checkedAtMs >= notBeforeMs) return known.photo;
      const wanted = { notBeforeMs: askedAtMs, signal };
      return (await flights.run(url, wanted, (shared) => fetchAnew(url, shared))) ?? CANCELLED;
    },
  };
}

const CANCELLED = {
  ok: false,
  code: 'cancelled',
  message: 'The download of the photo was cancelled.',
} as const;

/** SHA-256 of a photo's file, hex: tells a replaced photo from the same one. */
export function photoFingerprint(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Looks at a photo as terminals do, and repairs what they would refuse. Never rejects. */
export async function preparePhoto(bytes: Buffer): Promise<PreparedPhoto> {
  const repaired = await repairPhoto(bytes);
  if (!repaired.ok) return repaired;
  return {
    ok: true,
    jpeg: repaired.jpeg,
    findings: inspectPhoto(bytes).map(({ message }) => message),
    fingerprint: photoFingerprint(bytes),
  };
}
