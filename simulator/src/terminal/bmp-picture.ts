/** An uncompressed picture: rows from the top, three bytes a pixel, red first. */
export interface RawPicture {
  widthPx: number;
  heightPx: number;
  rgb: Buffer;
}

const FILE_HEADER_BYTES = 14;
const MIN_INFO_HEADER_BYTES = 40;
const UNCOMPRESSED = 0;

export function isBmp(bytes: Buffer): boolean {
  return bytes.length > FILE_HEADER_BYTES && bytes.toString('latin1', 0, 2) === 'BM';
}

/**
 * Reads an uncompressed BMP of 24 or 32 bits a pixel, which is what cameras and drawing programs write; null for any
 * other kind, one that is cut off, or one of more than `maxPixels`. The library that decodes all else knows no BMP.
 */
export function readBmp(bytes: Buffer, maxPixels: number): RawPicture | null {
  if (!isBmp(bytes) || bytes.length < FILE_HEADER_BYTES + MIN_INFO_HEADER_BYTES) return null;
  const start = bytes.readUInt32LE(10);
  const widthPx = bytes.readInt32LE(18);
  // A negative height: the rows stand from the top.
  const rows = bytes.readInt32LE(22);
  const heightPx = Math.abs(rows);
  const pixelBytes = bytes.readUInt16LE(28) / 8;
  if (bytes.readUInt32LE(14) < MIN_INFO_HEADER_BYTES || bytes.readUInt32LE(30) !== UNCOMPRESSED) return null;
  if (pixelBytes !== 3 && pixelBytes !== 4) return null;
  if (widthPx <= 0 || heightPx === 0 || widthPx * heightPx > maxPixels) return null;
  const rowBytes = Math.ceil((widthPx * pixelBytes) / 4) * 4;
  if (start + rowBytes * heightPx > bytes.length) return null;
  const rgb = Buffer.alloc(widthPx * heightPx * 3);
  let to = 0;
  for (let y = 0; y < heightPx; y += 1) {
    let from = start + rowBytes * (rows > 0 ? heightPx - 1 - y : y);
    for (let x = 0; x < widthPx; x += 1, from += pixelBytes, to += 3) {
      rgb[to] = bytes[from + 2] ?? 0;
      rgb[to + 1] = bytes[from + 1] ?? 0;
      rgb[to + 2] = bytes[from] ?? 0;
    }
  }
  return { widthPx, heightPx, rgb };
}
