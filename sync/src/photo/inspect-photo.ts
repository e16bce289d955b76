import { type Picture, readPicture } from './jpeg-header.ts';

/** [K1T673DX-BR V3.18.0]: 134 KB taken, 201 KB refused every time; the vendor's limit for terminals. */
const MAX_DEVICE_PHOTO_BYTES = 200 * 1024;
/** Hard minimum [K1T342MFX-E1]. */
export const MIN_SIDE_PX = 80;
/** Below this, modelling often fails. */
const SMALL_SIDE_PX = 400;

export interface PhotoFinding {
  code:
    | 'photo_too_large'
    | 'photo_progressive'
    | 'photo_subsampling'
    | 'photo_rotated'
    | 'photo_too_small'
    | 'photo_trailing_bytes'
    | 'photo_format'
    | 'photo_broken';
  /** In plain words, without a full stop: `it is 312 KB large, and terminals take at most 200 KB`. */
  message: string;
}

/** Why a terminal would refuse a photo, which its own errors do not tell; empty when nothing speaks against it. */
export function inspectPhoto(bytes: Buffer): PhotoFinding[] {
  const picture = readPicture(bytes);
  const findings: PhotoFinding[] = [];
  if (picture.kind === 'other') findings.push(wrongFormat(picture.format));
  if (picture.kind === 'broken-jpeg') {
    findings.push({ code: 'photo_broken', message: 'the file is damaged or ends in the middle' });
  }
  if (bytes.length > MAX_DEVICE_PHOTO_BYTES) {
    findings.push({
      code: 'photo_too_large',
      message: `it is ${Math.ceil(bytes.length / 1024)} KB large, and terminals take at most 200 KB`,
    });
  }
  return picture.kind === 'jpeg' ? [...findings, ...inspectJpeg(picture)] : findings;
}

function inspectJpeg(picture: Extract<Picture, { kind: 'jpeg' }>): PhotoFinding[] {
  const findings: PhotoFinding[] = [];
  const longestPx = Math.max(picture.widthPx, picture.heightPx);
  if (longestPx < SMALL_SIDE_PX) {
    findings.push({
      code: 'photo_too_small',
      message: `it has only ${picture.widthPx} × ${picture.heightPx} pixels; the longest side should have 480 to 800`,
    });
  }
  if (picture.process !== 'baseline') {
    findings.push({
      code: 'photo_progressive',
      message: `it is a ${picture.process === 'other' ? 'special' : picture.process} JPEG, and terminals read baseline JPEG only`,
    });
  }
  if (picture.subsampling !== '4:2:0' && picture.subsampling !== 'grey') {
    findings.push({
      code: 'photo_subsampling',
      message: `its colours are stored as ${picture.subsampling === 'other' ? 'an unusual format' : picture.subsampling}, and some terminals read 4:2:0 only`,
    });
  }
  if (picture.orientation !== 1) {
    findings.push({
      code: 'photo_rotated',
      message:
        'it is turned by a camera note (EXIF) that terminals ignore, so they see the face lying or upside down',
    });
  }
  if (picture.trailingBytes > 0) {
    findings.push({
      code: 'photo_trailing_bytes',
      message: 'it has extra data after the end of the picture',
    });
  }
  return findings;
}

function wrongFormat(format: Extract<Picture, { kind: 'other' }>['format']): PhotoFinding {
  const what = format === null ? 'no picture' : /^[aeiou]|^H/i.test(format) ? `an ${format}` : `a ${format}`;
  return { code: 'photo_format', message: `the file is ${what}, and terminals take JPEG` };
}
