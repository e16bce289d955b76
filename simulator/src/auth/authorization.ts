/** A digest answer as the client wrote it; parameters it left out are undefined. */
export interface DigestCredentials {
  username: string;
  realm: string;
  nonce: string;
  uri: string;
  response: string;
  algorithm: string | undefined;
  qop: string | undefined;
  nc: string | undefined;
  cnonce: string | undefined;
}

export type Authorization =
  | { scheme: 'none' }
  | { scheme: 'basic' }
  | { scheme: 'bad' }
  | { scheme: 'digest'; credentials: DigestCredentials };

/** No honest header comes near; beyond it the header is not read at all. */
const MAX_HEADER_LENGTH = 4_096;
const MAX_PARAMETERS = 32;

const SPACE = /[ \t]/;

/**
 * Reads an `Authorization` header. Values may be quoted or bare (python-requests quotes qop), in any order, unknown
 * parameters are passed over. A parameter given twice, or a missing one that every digest has, makes it `bad`.
 */
export function readAuthorization(header: string | undefined): Authorization {
  if (header === undefined || header === '') return { scheme: 'none' };
  if (header.length > MAX_HEADER_LENGTH) return { scheme: 'bad' };
  const scheme = header.slice(0, 6).toLowerCase();
  if (scheme === 'basic ') return { scheme: 'basic' };
  if (scheme !== 'digest' || !SPACE.test(header.charAt(6))) return { scheme: 'bad' };
  const values = readParameters(header, 7);
  if (!values) return { scheme: 'bad' };
  const [username, realm, nonce, uri, response] = REQUIRED.map((name) => values.get(name));
  if (
    username === undefined ||
    realm === undefined ||
    nonce === undefined ||
    uri === undefined ||
    response === undefined
  )
    return { scheme: 'bad' };
  return {
    scheme: 'digest',
    credentials: {
      username,
      realm,
      nonce,
      uri,
      response,
      algorithm: values.get('algorithm'),
      qop: values.get('qop'),
      nc: values.get('nc'),
      cnonce: values.get('cnonce'),
    },
  };
}

const REQUIRED = ['username', 'realm', 'nonce', 'uri', 'response'] as const;

function readParameters(text: string, start: number): Map<string, string> | null {
  const values = new Map<string, string>();
  let at = start;
  for (let count = 0; count < MAX_PARAMETERS; count += 1) {
    at = skipSpace(text, at);
    if (at >= text.length) return values;
    const equals = text.indexOf('=', at);
    if (equals <= at) return null;
    const name = text.slice(at, equals).trim().toLowerCase();
    const value = readValue(text, skipSpace(text, equals + 1));
    if (!value || name === '' || values.has(name)) return null;
    values.set(name, value.text);
    at = skipSpace(text, value.end);
    if (at >= text.length) return values;
    if (text.charAt(at) !== ',') return null;
    at += 1;
  }
  return null;
}

function readValue(text: string, start: number): { text: string; end: number } | null {
  if (text.charAt(start) !== '"') {
    const comma = text.indexOf(',', start);
    const end = comma === -1 ? text.length : comma;
    const bare = text.slice(start, end).trim();
    return bare === '' || bare.includes('"') ? null : { text: bare, end };
  }
  const close = text.indexOf('"', start + 1);
  if (close === -1) return null;
  const plain = text.slice(start + 1, close);
  // Without a backslash the first quote ends the value: nearly always so.
  if (!plain.includes('\\')) return { text: plain, end: close + 1 };
  return readEscaped(text, start + 1);
}

function readEscaped(text: string, start: number): { text: string; end: number } | null {
  let value = '';
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') return { text: value, end: at + 1 };
    if (character === '\\') at += 1;
    value += text.charAt(at);
  }
  return null;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at += 1;
  return at;
}
