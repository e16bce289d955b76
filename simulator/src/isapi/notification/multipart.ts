/** The boundary terminals use in streams and pushes alike. */
export const BOUNDARY = 'MIME_boundary';

/** One part of the endless multipart/mixed of alertStream: type and length, no disposition; the final boundary never comes. */
export function streamPart(contentType: string, body: Buffer | string): Buffer {
  const head = `--${BOUNDARY}\r\nContent-Type: ${contentType}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(body), Buffer.from('\r\n')]);
}

/** The body of a push: the event, and the picture when there is one. */
export function pushBody(
  part: { name: string; body: string; contentType: string | null },
  picture: Buffer | null,
): Buffer {
  const type = part.contentType === null ? '' : `Content-Type: ${part.contentType}\r\n`;
  const chunks: Buffer[] = [
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${part.name}"\r\n${type}\r\n${part.body}\r\n`,
    ),
  ];
  if (picture)
    chunks.push(
      Buffer.from(
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="Picture"; filename="Picture.jpg"\r\n` +
          `Content-Type: image/jpeg\r\nContent-Length: ${picture.length}\r\n\r\n`,
      ),
      picture,
      Buffer.from('\r\n'),
    );
  chunks.push(Buffer.from(`--${BOUNDARY}--\r\n`));
  return Buffer.concat(chunks);
}
