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
  /** `username` is null where nobody can read one. */
  | { scheme: 'basic'; username: string | null }
  | { scheme: 'bad' }
  | { scheme: 'digest'; credentials: DigestCredentials };

/** No honest header comes near; beyond it the header is not read at all. */
const MAX_HEADER_LENGTH = 4_096;
const MAX_PARAMETERS = 32;

/** How nearly every client writes it. */
const USUAL_START = 'Digest ';
const SCHEME = /^(basic|digest)(?:[ \t]|$)/i;
const SPACE = 32;
const TAB = 9;
const COMMA = 44;
const QUOTE = 34;
const BACKSLASH = 92;

/**
 * Reads an `Authorization` header. Values may be quoted or bare (python-requests quotes qop), in any order, unknown
 * parameters are passed over. A parameter given twice, or a missing one that every digest has, makes it `bad`.
 */
export function readAuthorization(header: string | undefined): Authorization {
  if (header === undefined || header === '') return { scheme: 'none' };
  if (header.length > MAX_HEADER_LENGTH) return { scheme: 'bad' };
  if (header.startsWith(USUAL_START)) return readDigest(header, USUAL_START.length);
  const scheme = SCHEME.exec(header);
  if (!scheme) return { scheme: 'bad' };
  return scheme[1]?.length === 'basic'.length
    ? { scheme: 'basic', username: basicUser(header.slice(scheme[0].length)) }
    : readDigest(header, scheme[0].length);
}

function readDigest(header: string, start: number): Authorization {
  const values = readParameters(header, start);
  if (!values) return { scheme: 'bad' };
  // By index: taking an array apart by pattern walks its iterator.
  const username = values[0];
  const realm = values[1];
  const nonce = values[2];
  const uri = values[3];
  const response = values[4];
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
      algorithm: values[5],
      qop: values[6],
      nc: values[7],
      cnonce: values[8],
    },
  };
}

/** What a digest answer may say, in the order in which `readParameters` gives it. */
const NAMES = ['username', 'realm', 'nonce', 'uri', 'response', 'algorithm', 'qop', 'nc', 'cnonce'] as const;

/** The name in `base64(name:password)`. */
function basicUser(text: string): string | null {
  const decoded = Buffer.from(text.trim(), 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon > 0 ? decoded.slice(0, colon) : null;
}

/**
 * The values in the order of `NAMES`; null when the text is not of the form `name=value, name="value"`. This runs for
 * every request: it walks the text once, cuts out nothing but values, and fills an array; an object with computed keys
 * takes twice the time.
 */
function readParameters(text: string, start: number): (string | undefined)[] | null {
  const values: (string | undefined)[] = new Array<undefined>(NAMES.length).fill(undefined);
  const escapes = text.includes('\\');
  let others: Set<string> | null = null;
  let at = skipSpace(text, start);
  for (let count = 0; at < text.length; count += 1) {
    const equals = text.indexOf('=', at);
    if (equals <= at || count >= MAX_PARAMETERS) return null;
    const valueAt = skipSpace(text, equals + 1);
    let end: number;
    let value: string;
    if (text.charCodeAt(valueAt) === QUOTE) {
      end = escapes ? closingQuote(text, valueAt + 1) : text.indexOf('"', valueAt + 1);
      if (end === -1) return null;
      value = text.slice(valueAt + 1, end);
      if (escapes) value = unescape(value);
      end = skipSpace(text, end + 1);
    } else {
      const comma = text.indexOf(',', valueAt);
      end = comma === -1 ? text.length : comma;
      value = text.slice(valueAt, end).trim();
      if (value === '' || value.includes('"')) return null;
    }
    if (end < text.length && text.charCodeAt(end) !== COMMA) return null;
    const place = placeOf(text, at, equals);
    if (place === -1) {
      const other = plainName(text.slice(at, equals));
      others ??= new Set();
      if (other === '' || others.has(other)) return null;
      others.add(other);
    } else if (values[place] === undefined) values[place] = value;
    else return null;
    at = skipSpace(text, end + 1);
  }
  return values;
}

/** Where in `NAMES` the name from `at` to `end` stands; -1: nowhere. */
function placeOf(text: string, at: number, end: number): number {
  const place = placeAsWritten(text, at, end);
  return place === -1 ? NAMES.indexOf(plainName(text.slice(at, end)) as (typeof NAMES)[number]) : place;
}

/** As `placeOf`, for names in lower case without blanks. The length leaves two of them at most. */
function placeAsWritten(text: string, at: number, end: number): number {
  switch (end - at) {
    case 2:
      return text.startsWith('nc', at) ? 7 : -1;
    case 3:
      return text.startsWith('uri', at) ? 3 : text.startsWith('qop', at) ? 6 : -1;
    case 5:
      return text.startsWith('realm', at) ? 1 : text.startsWith('nonce', at) ? 2 : -1;
    case 6:
      return text.startsWith('cnonce', at) ? 8 : -1;
    case 8:
      return text.startsWith('username', at) ? 0 : text.startsWith('response', at) ? 4 : -1;
    case 9:
      return text.startsWith('algorithm', at) ? 5 : -1;
    default:
      return -1;
  }
}

function plainName(name: string): string {
  return name.trim().toLowerCase();
}

/** Where a quoted value ends; -1 when it does not. */
function closingQuote(text: string, start: number): number {
  let close = text.indexOf('"', start);
  while (close !== -1 && isEscaped(text, start, close)) close = text.indexOf('"', close + 1);
  return close;
}

function isEscaped(text: string, start: number, quote: number): boolean {
  let backslashes = 0;
  for (let at = quote - 1; at >= start && text.charCodeAt(at) === BACKSLASH; at -= 1) backslashes += 1;
  return backslashes % 2 === 1;
}

function unescape(value: string): string {
  return value.includes('\\') ? value.replace(/\\(.?)/g, '$1') : value;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB) at += 1;
  return at;
}
