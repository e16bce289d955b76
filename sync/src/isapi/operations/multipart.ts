import { createHash } from 'node:crypto';

export interface Part {
  name: string;
  /** Terminals want the JSON part without one and the picture with one. */
  filename?: string;
  contentType: string;
  bytes: Buffer;
}

/**
 * A `multipart/form-data` body as one buffer: parts in the given order, which is what terminals go by. The boundary is
 * made from the content, so that the same photo always gives the same bytes.
 */
export function writeMultipart(parts: Part[]): { contentType: string; bytes: Buffer } {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part.bytes);
  const boundary = `pontaj${hash.digest('hex').slice(0, 32)}`;
  const written = parts.flatMap((part) => [
    Buffer.from(`--${boundary}\r\n${headOf(part)}\r\n\r\n`),
    part.bytes,
    Buffer.from('\r\n'),
  ]);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([...written, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

function headOf({ name, filename, contentType }: Part): string {
  const file = filename === undefined ? '' : `; filename="${filename}"`;
  return `Content-Disposition: form-data; name="${name}"${file}\r\nContent-Type: ${contentType}`;
}
