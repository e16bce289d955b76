/** Docker puts 8 bytes before each piece of output: which stream, and how long. */
const HEADER_BYTES = 8;
const LENGTH_OFFSET = 4;

/** The text of an output as the engine frames it. */
export function unframed(framed: Buffer): string {
  const pieces: Buffer[] = [];
  for (let at = 0; at + HEADER_BYTES <= framed.length;) {
    const length = framed.readUInt32BE(at + LENGTH_OFFSET);
    pieces.push(framed.subarray(at + HEADER_BYTES, at + HEADER_BYTES + length));
    at += HEADER_BYTES + length;
  }
  return Buffer.concat(pieces).toString('utf8');
}
