/** A part of a multipart body. */
export interface Part {
  name: string | null;
  filename: string | null;
  contentType: string | null;
  body: Buffer;
}

/** A face upload has two parts; some clients add a field or two. */
const MAX_PARTS = 8;
const MAX_HEAD_BYTES = 8 * 1024;
const MAX_BOUNDARY_LENGTH = 200;

const BLANK_LINE = Buffer.from('\r\n\r\n');

/** The boundary a Content-Type names; null when it is no multipart/form-data. */
export function boundaryOf(contentType: string | undefined): string | null {
  if (!contentType || !/^\s*multipart\/form-data\s*;/i.test(contentType)) return null;
  const found = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const boundary = found?.[1] ?? found?.[2];
  return boundary !== undefined && boundary.length <= MAX_BOUNDARY_LENGTH ? boundary : null;
}

/** The parts of a body in order; null when it is cut off or not as its boundary promises. Parts share its memory. */
export function readMultipart(body: Buffer, boundary: string): Part[] | null {
  const parts: Part[] = [];
  const first = Buffer.from(`--${boundary}`);
  const between = Buffer.from(`\r\n--${boundary}`);
  let at = startOfFirst(body, first);
  while (at >= 0) {
    const after = body.subarray(at, at + 2).toString('latin1');
    if (after === '--') return parts;
    if (after !== '\r\n' || parts.length >= MAX_PARTS) return null;
    const headEnd = endOfHead(body, at);
    if (headEnd < 0) return null;
    const bodyStart = headEnd + BLANK_LINE.length;
    const bodyEnd = body.indexOf(between, bodyStart);
    if (bodyEnd < 0) return null;
    const head = body.subarray(at, headEnd).toString('utf8');
    parts.push({ ...readHead(head), body: body.subarray(bodyStart, bodyEnd) });
    at = bodyEnd + between.length;
  }
  return null;
}

/** Position after the first delimiter: at the start of the body, or of a line after a preamble. */
function startOfFirst(body: Buffer, delimiter: Buffer): number {
  const at = body.subarray(0, MAX_HEAD_BYTES).indexOf(delimiter);
  const startsLine = at === 0 || (at >= 2 && body[at - 2] === 0x0d && body[at - 1] === 0x0a);
  return startsLine ? at + delimiter.length : -1;
}

function endOfHead(body: Buffer, at: number): number {
  const end = body.subarray(at, at + MAX_HEAD_BYTES).indexOf(BLANK_LINE);
  return end < 0 ? -1 : at + end;
}

function readHead(head: string): Omit<Part, 'body'> {
  const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? '';
  const parameter = (name: string) =>
    new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(disposition);
  const value = (name: string) => parameter(name)?.[1] ?? parameter(name)?.[2] ?? null;
  return {
    name: value('name'),
    filename: value('filename'),
    contentType: /^content-type:\s*([^;\r\n]+)/im.exec(head)?.[1]?.trim().toLowerCase() ?? null,
  };
}
