import type { Sharp } from 'sharp';
import { isBmp, readBmp } from './bmp-picture.ts';
import { readJpegStructure } from './jpeg-structure.ts';

/** What a stand-in for face detection sees, see `readSteering` and `isFlat`. */
type FaceFinding = 'one' | 'none' | 'several' | 'poor';

export interface PhotoExamination {
  /** As decoded: `jpeg`, `png`, `bmp`, …; null when the bytes are no picture or a broken one. */
  format: string | null;
  widthPx: number;
  heightPx: number;
  progressive: boolean;
  chroma444: boolean;
  trailingBytes: number;
  /** EXIF orientation that turns the picture. */
  rotated: boolean;
  faces: FaceFinding;
  /** A sub-status the picture asks to be refused with: `simulator:refuse=pupilDistanceTooSmall`. */
  refuseWith: string | null;
}

/** A terminal's camera has two megapixels; what is far beyond is an attack on its memory. */
const MAX_PIXELS = 50_000_000;

/** Side of the small copy that is looked at. */
const SAMPLE_SIDE_PX = 32;

/** Standard deviation of brightness (0 to 255) below which a picture shows nothing. */
const FLAT_BELOW = 6;

const NO_PICTURE: PhotoExamination = {
  format: null,
  widthPx: 0,
  heightPx: 0,
  progressive: false,
  chroma444: false,
  trailingBytes: 0,
  rotated: false,
  faces: 'none',
  refuseWith: null,
};

/**
 * Decodes a picture. Whether it shows a face is **a stand-in**: nothing here recognises faces. A JPEG comment or EXIF
 * description of `simulator:no-face`, `simulator:two-faces`, `simulator:poor`, `simulator:face` or
 * `simulator:refuse=<subStatusCode>` decides; without one, any picture that is not of a single colour is a face.
 */
export async function examinePhoto(bytes: Buffer): Promise<PhotoExamination> {
  try {
    return await decode(bytes);
  } catch {
    // sharp throws for everything that is no picture; which way it is broken makes no difference to a terminal.
    return NO_PICTURE;
  }
}

async function decode(bytes: Buffer): Promise<PhotoExamination> {
  // Loaded with the first picture: a fleet without photos starts without the decoder.
  const { default: sharp } = await import('sharp');
  const look = (image: Sharp) =>
    image.greyscale().resize(SAMPLE_SIDE_PX, SAMPLE_SIDE_PX, { fit: 'fill' }).raw().toBuffer();
  if (isBmp(bytes)) {
    const picture = readBmp(bytes, MAX_PIXELS);
    if (!picture) return NO_PICTURE;
    const { widthPx, heightPx, rgb } = picture;
    const sample = await look(sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } }));
    return { ...NO_PICTURE, format: 'bmp', widthPx, heightPx, faces: isFlat(sample) ? 'none' : 'one' };
  }
  const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'truncated', sequentialRead: true });
  const [metadata, sample] = await Promise.all([image.metadata(), look(image.clone())]);
  const structure = metadata.format === 'jpeg' ? readJpegStructure(bytes) : null;
  const steering = readSteering([...(structure?.comments ?? []), metadata.exif?.toString('latin1') ?? '']);
  return {
    format: metadata.format,
    widthPx: metadata.width,
    heightPx: metadata.height,
    progressive: structure?.progressive ?? false,
    chroma444: structure?.chroma444 ?? false,
    trailingBytes: structure?.trailingBytes ?? 0,
    rotated: (metadata.orientation ?? 1) > 1,
    faces: steering.faces ?? (isFlat(sample) ? 'none' : 'one'),
    refuseWith: steering.refuseWith,
  };
}

const STEERED: Readonly<Record<string, FaceFinding>> = {
  face: 'one',
  'no-face': 'none',
  'two-faces': 'several',
  poor: 'poor',
};

/** What a text in the picture asks for. */
function readSteering(texts: readonly string[]): { faces: FaceFinding | null; refuseWith: string | null } {
  for (const text of texts) {
    const found = /simulator:([a-z-]+)(?:=([A-Za-z]{1,64}))?/.exec(text);
    if (!found) continue;
    if (found[1] === 'refuse' && found[2] !== undefined) return { faces: 'one', refuseWith: found[2] };
    return { faces: STEERED[found[1] ?? ''] ?? null, refuseWith: null };
  }
  return { faces: null, refuseWith: null };
}

function isFlat(sample: Buffer): boolean {
  let sum = 0;
  let squares = 0;
  for (const value of sample) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / sample.length;
  return Math.sqrt(Math.max(0, squares / sample.length - mean * mean)) < FLAT_BELOW;
}
