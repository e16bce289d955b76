import { createHash } from 'node:crypto';
import type { DownloadResult } from '@pontaj/simulator';
import type { PhotoSource } from '@pontaj/sync';
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

interface Photo {
  stored: Buffer;
  /** What a daemon sends: repaired where that is needed. */
  prepared: Buffer;
  findings: readonly string[];
}

/** Real pictures, drawn once for all worlds: decoding is work of the real clock and must not happen in virtual time. */
export interface Album {
  photos: ReadonlyMap<string, Photo>;
  /** SHA-256 of everything that is a picture of the person, as stored or as prepared. */
  owner(sha256: string): number | null;
  download(url: string): Promise<DownloadResult>;
  source: PhotoSource;
}

export const photoUrl = (person: number, version: number): string =>
  `http://photos.test/${person}-${version}.jpg`;

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Whether every terminal takes the photo under this address. */
export const isGood = (url: string): boolean => Number(/-(\d+)\.jpg$/.exec(url)?.[1]) < GOOD_VERSIONS;

export async function drawAlbum(): Promise<Album> {
  const photos = new Map<string, Photo>();
  const owners = new Map<string, number>();
  for (let person = 0; person < MAX_PEOPLE; person += 1)
    for (let version = 0; version <= TROUBLED_VERSION; version += 1) {
      const seed = person * 10 + version;
      const draw = (progressive: boolean) =>
        drawFace(seed, { width: WIDTH_PX, quality: QUALITY, progressive });
      const prepared = await draw(false);
      const troubled = version === TROUBLED_VERSION;
      const stored = troubled ? await draw(true) : prepared;
      const findings = troubled ? ['it is a progressive JPEG'] : [];
      photos.set(photoUrl(person, version), { stored, prepared, findings });
      for (const bytes of [stored, prepared]) owners.set(sha256Of(bytes), person);
    }
  return {
    photos,
    owner: (sha256) => owners.get(sha256) ?? null,
    download: (url) => {
      const photo = photos.get(url);
      return Promise.resolve(photo ? { ok: true, bytes: photo.stored } : { ok: false, why: 'HTTP 404' });
    },
    source: {
      fetchAndPrepare: (url) => {
        const photo = photos.get(url);
        return Promise.resolve(
          photo
            ? { ok: true, jpeg: photo.prepared, findings: photo.findings }
            : { ok: false, code: 'photo_missing', message: 'there is nothing under its address' },
        );
      },
    },
  };
}
