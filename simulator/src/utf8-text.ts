import { isAscii, isUtf8 } from 'node:buffer';

/** Longer bodies are decoded anew every time. */
const MAX_REMEMBERED_BYTES = 1024;

/** The last short body: journal and endpoint read the same one, one after the other. */
let last: { bytes: Buffer; text: string | null } = { bytes: Buffer.alloc(0), text: '' };

/** What the bytes say in UTF-8; null when they are none. They must not change afterwards. */
export function utf8Text(bytes: Buffer): string | null {
  if (bytes === last.bytes) return last.text;
  const text = decode(bytes);
  if (bytes.length <= MAX_REMEMBERED_BYTES) last = { bytes, text };
  return text;
}

function decode(bytes: Buffer): string | null {
  // Nearly every body is plain ASCII, and twice as fast to decode as such.
  if (isAscii(bytes)) return bytes.toString('latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : null;
}
