import { createHash } from 'node:crypto';
import type { DownloadResult } from '@pontaj/simulator';
import { preparePhoto, type PhotoSourceOptions } from '@pontaj/sync';
import { drawFace } from '../faces/draw-face.ts';

/** People of whom there are photos; a world has fewer. */
export const MAX_PEOPLE = 14;
/** Good photos of each: somebody who brings a new one, and then another. */
export const GOOD_VERSIONS = 3;
/** A progressive JPEG: refused by terminals that fetch it, repaired when the daemon sends it. */
export const TROUBLED_VERSION = 3;
/** An address under which there is nothing. */
export const LOST_VERSION = 4;
/** Small, so that thousands of uploads cost little; above the size at which modelling gets shaky. */
const WIDTH_PX = 330;
const QUALITY = 45;

type Prepared = Awaited<ReturnType<typeof preparePhoto>>;

interface Photo {
  stored: Buffer;
  /** What a daemon sends: repaired where that is needed. */
  prepared: Buffer;
}

/** Real pictures, drawn once for all worlds: decoding is work of the real clock and must not happen in virtual time. */
export interface Album {
  photos: ReadonlyMap<string, Photo>;
  /** SHA-256 of everything that is a picture of the person, as stored or as prepared. */
  owner(sha256: string): number | null;
  download(url: string): Promise<DownloadResult>;
  /** The photo's server, for the daemon. */
  fetch: NonNullable<PhotoSourceOptions['fetch']>;
  /** What `preparePhoto` made of each photo, beforehand: decoding would take no virtual time, and be over at any moment. */
  prepare: (bytes: Buffer) => Promise<Prepared>;
}

export const photoUrl = (person: number, version: number): string =>
  `http://photos.test/${person}-${version}.jpg`;

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Whether every terminal takes the photo under this address. */
export const isGood = (url: string): boolean => Number(/-(\d+)\.jpg$/.exec(url)?.[1]) < GOOD_VERSIONS;

export async function drawAlbum(): Promise<Album> {
  const photos = new Map<string, Photo>();
  const preparedOf = new Map<string, Prepared>();
  const owners = new Map<string, number>();
  for (let person = 0; person < MAX_PEOPLE; person += 1)
    for (let version = 0; version <= TROUBLED_VERSION; version += 1) {
      const seed = person * 10 + version;
      const progressive = version === TROUBLED_VERSION;
      const stored = await drawFace(seed, { width: WIDTH_PX, quality: QUALITY, progressive });
      const made = await preparePhoto(stored);
      if (!made.ok) throw new Error(`Photo ${seed} of the album cannot be prepared: ${made.message}`);
      const prepared = made.jpeg;
      photos.set(photoUrl(person, version), { stored, prepared });
      preparedOf.set(sha256Of(stored), made);
      for (const bytes of [stored, prepared]) owners.set(sha256Of(bytes), person);
    }
  return {
    photos,
    owner: (sha256) => owners.get(sha256) ?? null,
    download: (url) => {
      const photo = photos.get(url);
      return Promise.resolve(photo ? { ok: true, bytes: photo.stored } : { ok: false, why: 'HTTP 404' });
    },
    fetch: (url) => {
      let rest = photos.get(url)?.stored ?? null;
      const reader = {
        read: () => {
          const value = rest;
          rest = null;
          return Promise.resolve(value === null ? { done: true } : { done: false, value });
        },
        cancel: () => Promise.resolve(),
      };
      const headers = { get: () => null };
      return Promise.resolve({
        status: rest === null ? 404 : 200,
        headers,
        body: { getReader: () => reader },
      });
    },
    prepare: (bytes) => {
      const known = preparedOf.get(sha256Of(bytes));
      return known === undefined
        ? Promise.reject(new Error('A photo that is not of the album was to be prepared.'))
        : Promise.resolve(known);
    },
  };
}
