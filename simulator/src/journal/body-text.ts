/** What is kept of a body, in characters. */
export const MAX_BODY_CHARS = 2048;
/** How far into a multipart body its parts are looked for. */
const MAX_PARTS = 10;

const SECRET_KEYS =
  'password|passwd|pwd|loginPassword|userPassword|authorization|dynamicCode|sessionID|token|secret';
const JSON_SECRET = new RegExp(`("(?:${SECRET_KEYS})"\\s*:\\s*)("(?:[^"\\\\]|\\\\.)*"?|[\\d.]+)`, 'gi');
const XML_SECRET = new RegExp(`(<(?:[\\w.-]+:)?(${SECRET_KEYS})(?:\\s[^>]*)?>)[^<]*`, 'gi');
const FORM_SECRET = new RegExp(`((?:^|[?&\\s])(?:${SECRET_KEYS})=)[^&\\s"]*`, 'gi');
const MAY_HOLD_SECRET = new RegExp(SECRET_KEYS, 'i');

/** Short texts that were looked through before: targets and answers are the same few over and over. */
const harmless = new Set<string>();
const MAX_HARMLESS = 256;
const MAX_HARMLESS_CHARS = 120;

/** Replaces the values of password-like fields of JSON, XML and form text. Works on cut-off text too. */
export function maskSecrets(text: string): string {
  if (text.length <= MAX_HARMLESS_CHARS && harmless.has(text)) return text;
  if (!MAY_HOLD_SECRET.test(text)) {
    if (text.length <= MAX_HARMLESS_CHARS && harmless.size < MAX_HARMLESS) harmless.add(text);
    return text;
  }
  return text.replace(JSON_SECRET, '$1"***"').replace(XML_SECRET, '$1***').replace(FORM_SECRET, '$1***');
}

function isText(bytes: Buffer): boolean {
  const end = Math.min(bytes.length, 256);
  for (let at = 0; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x09 || (byte > 0x0d && byte < 0x20)) return false;
  }
  return true;
}

function shorten(bytes: Buffer): string {
  // Four bytes per character at most: what is decoded is bounded before it is decoded.
  const text = bytes.subarray(0, MAX_BODY_CHARS * 4).toString('utf8');
  const masked = maskSecrets(text.slice(0, MAX_BODY_CHARS));
  return bytes.length > MAX_BODY_CHARS && text.length > MAX_BODY_CHARS
    ? `${masked}… [${bytes.length} bytes in all]`
    : masked;
}

function multipartText(body: Buffer, boundary: string): string {
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: string[] = [];
  let start = body.indexOf(delimiter);
  while (start >= 0 && parts.length < MAX_PARTS) {
    const next = body.indexOf(delimiter, start + delimiter.length);
    const part = body.subarray(start + delimiter.length, next < 0 ? body.length : next);
    const headEnd = part.indexOf('\r\n\r\n');
    if (headEnd < 0) break;
    const head = part.subarray(0, Math.min(headEnd, MAX_BODY_CHARS)).toString('latin1').trim();
    const content = part.subarray(
      headEnd + 4,
      next < 0 ? part.length : Math.max(headEnd + 4, part.length - 2),
    );
    const type = /content-type:\s*([^\r\n;]+)/i.exec(head)?.[1]?.trim() ?? 'data';
    parts.push(
      `${maskSecrets(head)}\n\n${isText(content) ? shorten(content) : `[${type}, ${content.length} bytes]`}`,
    );
    start = next;
  }
  return parts.join(`\n--${boundary}\n`).slice(0, 2 * MAX_BODY_CHARS);
}

/**
 * A body as it stands in the journal: text shortened to 2 KB, passwords masked, pictures as their size. Null when empty.
 * The text holds no reference to the body's memory.
 */
export function bodyText(
  body: Buffer | string | null,
  contentType: string | null | undefined,
): string | null {
  if (body === null || body.length === 0) return null;
  const isMultipart = contentType?.startsWith('multipart/') === true;
  if (typeof body === 'string' && body.length <= MAX_BODY_CHARS && !isMultipart) return maskSecrets(body);
  const bytes = typeof body === 'string' ? Buffer.from(body.slice(0, MAX_BODY_CHARS + 1)) : body;
  const boundary = isMultipart ? /boundary="?([^";]{1,70})"?/i.exec(contentType)?.[1] : undefined;
  if (boundary !== undefined) return multipartText(bytes, boundary);
  if (!isText(bytes)) return `[${contentType ?? 'data'}, ${bytes.length} bytes]`;
  return shorten(bytes);
}
