/** What the bytes of a picture say about it, as far as terminals care. */
export type Picture =
  | {
      kind: 'jpeg';
      widthPx: number;
      heightPx: number;
      process: 'baseline' | 'extended' | 'progressive' | 'other';
      subsampling: '4:2:0' | '4:2:2' | '4:4:4' | 'grey' | 'other';
      /** EXIF orientation, 1 (upright) when there is none. */
      orientation: number;
      /** Camera data, comments, thumbnails: bytes that are no picture. */
      hasMetadata: boolean;
      /** Bytes after the end of the picture. */
      trailingBytes: number;
    }
  | { kind: 'broken-jpeg' }
  | { kind: 'other'; format: 'PNG' | 'GIF' | 'WebP' | 'HEIC' | 'BMP' | 'web page' | 'empty file' | null };

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const EXIF = 0xe1;
const JFIF = 0xe0;
/** Adobe's colour transform: belongs to the picture. */
const ADOBE = 0xee;
const COMMENT = 0xfe;
const ORIENTATION_TAG = 0x0112;
const EXIF_HEADER_BYTES = 6;

/** Reads markers only, decodes nothing. Never throws, whatever the bytes. */
export function readPicture(bytes: Buffer): Picture {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return { kind: 'other', format: formatOf(bytes) };
  let frame: ReturnType<typeof readFrame> = null;
  let orientation = 1;
  let hasMetadata = false;
  let position = 2;
  while (position + 4 <= bytes.length) {
    if (bytes[position] !== 0xff) return { kind: 'broken-jpeg' };
    const marker = bytes[position + 1] ?? 0;
    if (marker === 0xff) {
      position += 1;
      continue;
    }
    const length = bytes.readUInt16BE(position + 2);
    const segment = bytes.subarray(position + 4, position + 2 + length);
    if (length < 2 || segment.length < length - 2) return { kind: 'broken-jpeg' };
    if (marker === START_OF_SCAN) break;
    if (isFrame(marker)) frame ??= readFrame(marker, segment);
    if (marker === EXIF) orientation = readOrientation(segment) ?? orientation;
    if (isMetadata(marker)) hasMetadata = true;
    position += 2 + length;
  }
  const end = endOfPicture(bytes, position);
  if (!frame || end === null) return { kind: 'broken-jpeg' };
  return { kind: 'jpeg', ...frame, orientation, hasMetadata, trailingBytes: bytes.length - end };
}

/** SOF0 to SOF15 without the three of that range that are tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function isMetadata(marker: number): boolean {
  return marker === COMMENT || (marker >= 0xe0 && marker <= 0xef && marker !== JFIF && marker !== ADOBE);
}

function readFrame(marker: number, segment: Buffer) {
  const components = segment[5] ?? 0;
  if (segment.length < 6 + 3 * components || components === 0) return null;
  const factors = Array.from({ length: components }, (_, index) => segment[7 + 3 * index] ?? 0);
  return {
    widthPx: segment.readUInt16BE(3),
    heightPx: segment.readUInt16BE(1),
    process:
      ({ 0xc0: 'baseline', 0xc1: 'extended', 0xc2: 'progressive' } as const)[marker] ?? ('other' as const),
    subsampling: subsamplingOf(factors),
  };
}

function subsamplingOf(factors: number[]) {
  if (factors.length === 1) return 'grey' as const;
  const written = factors.map((factor) => `${factor >> 4}x${factor & 15}`).join(' ');
  const known = { '2x2 1x1 1x1': '4:2:0', '2x1 1x1 1x1': '4:2:2', '1x1 1x1 1x1': '4:4:4' } as const;
  return written in known ? known[written as keyof typeof known] : ('other' as const);
}

function readOrientation(segment: Buffer): number | null {
  if (segment.subarray(0, 4).toString('latin1') !== 'Exif') return null;
  const tiff = segment.subarray(EXIF_HEADER_BYTES);
  if (tiff.length < 8) return null;
  const little = tiff.subarray(0, 2).toString('latin1') === 'II';
  const u16 = (at: number) =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const u32 = (at: number) => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const directory = u32(4);
  const entries = u16(directory);
  for (let index = 0; index < entries; index++) {
    const at = directory + 2 + 12 * index;
    if (at + 12 > tiff.length) return null;
    if (u16(at) === ORIENTATION_TAG) {
      const value = u16(at + 8);
      return value >= 1 && value <= 8 ? value : null;
    }
  }
  return null;
}

/** Position behind the end marker; inside scans `FF00` and restart markers are picture data. */
function endOfPicture(bytes: Buffer, from: number): number | null {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === END_OF_IMAGE) return at + 2;
  }
  return null;
}

function formatOf(bytes: Buffer): Extract<Picture, { kind: 'other' }>['format'] {
  const head = bytes.subarray(0, 16).toString('latin1');
  if (bytes.length === 0) return 'empty file';
  if (head.startsWith('\x89PNG')) return 'PNG';
  if (head.startsWith('GIF8')) return 'GIF';
  if (head.startsWith('RIFF') && head.includes('WEBP')) return 'WebP';
  if (/^.{4}ftyp(heic|heix|mif1|hevc|avif)/s.test(head)) return 'HEIC';
  if (head.startsWith('BM')) return 'BMP';
  return /^\s*</.test(head) ? 'web page' : null;
}
