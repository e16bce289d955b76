/** What the markers of a JPEG say, without decoding its picture. */
export interface JpegStructure {
  progressive: boolean;
  /** 1 from 8: 4:4:4, where the chroma has the resolution of the luma. */
  chroma444: boolean;
  /** Bytes after the end marker. */
  trailingBytes: number;
  /** Texts of comment segments. */
  comments: string[];
}

const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
const COMMENT = 0xfe;

/** Comments beyond these are not looked at. */
const MAX_COMMENTS = 16;

/** Reads the segments of a JPEG; null when it does not begin like one or ends within a segment. */
export function readJpegStructure(bytes: Buffer): JpegStructure | null {
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== START_OF_IMAGE) return null;
  const found: JpegStructure = { progressive: false, chroma444: false, trailingBytes: 0, comments: [] };
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === END_OF_IMAGE) {
      found.trailingBytes = bytes.length - at - 2;
      return found;
    }
    if (at + 4 > bytes.length) return null;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end < at + 4 || end > bytes.length) return null;
    const body = bytes.subarray(at + 4, end);
    if (isFrame(marker)) readFrame(marker, body, found);
    else if (marker === COMMENT && found.comments.length < MAX_COMMENTS)
      found.comments.push(body.toString('utf8'));
    at = marker === START_OF_SCAN ? endOfScan(bytes, end) : end;
  }
  return null;
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function readFrame(marker: number, body: Buffer, found: JpegStructure): void {
  found.progressive = (marker & 3) === 2;
  const components = body[5] ?? 0;
  const factors = Array.from({ length: components }, (_, index) => body[7 + index * 3] ?? 0);
  found.chroma444 = components >= 3 && factors.every((factor) => factor === factors[0]);
}

/** Position of the first marker after entropy-coded data: restart markers and stuffed zeros belong to the data. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}
