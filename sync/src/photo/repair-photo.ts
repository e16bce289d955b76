import sharp from 'sharp';
import { MIN_SIDE_PX } from './inspect-photo.ts';
import { readPicture } from './jpeg-header.ts';

/** What terminals take without complaint: well under their 200 KB, and a face large enough to be modelled. */
const TARGET_BYTES = 150 * 1024;
const MIN_TARGET_SIDE_PX = 480;
const MAX_TARGET_SIDE_PX = 800;
/** Gentle first; the last one fits any picture of that size. */
const ATTEMPTS = [
  { sidePx: 800, quality: 88 },
  { sidePx: 800, quality: 75 },
  { sidePx: 640, quality: 75 },
  { sidePx: 480, quality: 70 },
  { sidePx: 480, quality: 45 },
] as const;
/** A 50-megapixel photo; more would cost hundreds of megabytes to decode. */
const MAX_INPUT_PIXELS = 50_000_000;

export type RepairedPhoto =
  | { ok: true; jpeg: Buffer; changed: boolean }
  | { ok: false; code: 'photo_broken' | 'photo_too_small'; message: string };

/**
 * The photo as a terminal wants it: baseline JPEG, 4:2:0, upright, longest side 480 to 800 pixels, at most 150 KB, and
 * nothing in it but the picture. One that is so already comes back as it is. Never throws.
 */
export async function repairPhoto(bytes: Buffer): Promise<RepairedPhoto> {
  if (isFit(bytes)) return { ok: true, jpeg: bytes, changed: false };
  if (!isPhotoFormat(bytes)) return unreadable;
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: MAX_INPUT_PIXELS }).metadata();
    const longestPx = Math.max(width, height);
    if (longestPx < MIN_SIDE_PX) {
      return {
        ok: false,
        code: 'photo_too_small',
        message: `The photo has only ${width} × ${height} pixels, too few for a face. Take one of at least 480 pixels.`,
      };
    }
    return { ok: true, jpeg: await encode(bytes, longestPx), changed: true };
  } catch {
    // The library's words name its own internals; what matters to anybody is that nobody can read the file.
    return unreadable;
  }
}

const unreadable: RepairedPhoto = {
  ok: false,
  code: 'photo_broken',
  message:
    'The photo cannot be read as a picture: the file is damaged, too large or of an unknown format. Upload it again.',
};

/** Drawings (SVG) and documents, which the library would render, are no photos. */
function isPhotoFormat(bytes: Buffer): boolean {
  const picture = readPicture(bytes);
  return picture.kind !== 'other' || ['PNG', 'GIF', 'WebP', 'HEIC', 'BMP'].includes(picture.format ?? '');
}

async function encode(bytes: Buffer, longestPx: number): Promise<Buffer> {
  let jpeg = Buffer.alloc(0);
  for (const { sidePx, quality } of ATTEMPTS) {
    const side = Math.min(Math.max(longestPx, MIN_TARGET_SIDE_PX), sidePx);
    jpeg = await sharp(bytes, { limitInputPixels: MAX_INPUT_PIXELS, failOn: 'error' })
      .autoOrient()
      .resize({ width: side, height: side, fit: 'inside' })
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .jpeg({ quality, progressive: false, chromaSubsampling: '4:2:0' })
      .toBuffer();
    if (jpeg.length <= TARGET_BYTES) break;
  }
  return jpeg;
}

function isFit(bytes: Buffer): boolean {
  const picture = readPicture(bytes);
  if (picture.kind !== 'jpeg' || bytes.length > TARGET_BYTES) return false;
  const longestPx = Math.max(picture.widthPx, picture.heightPx);
  return (
    picture.process === 'baseline' &&
    picture.subsampling === '4:2:0' &&
    picture.orientation === 1 &&
    !picture.hasMetadata &&
    picture.trailingBytes === 0 &&
    longestPx >= MIN_TARGET_SIDE_PX &&
    longestPx <= MAX_TARGET_SIDE_PX
  );
}
