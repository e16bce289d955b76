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
  const scheme = header.length > MAX_HEADER_LENGTH ? null : SCHEME.exec(header);
  if (!scheme) return { scheme: 'bad' };
  if (scheme[1]?.length === 'basic'.length)
    return { scheme: 'basic', username: basicUser(header.slice(scheme[0].length)) };
  const values = readParameters(header, scheme[0].length);
  if (!values) return { scheme: 'bad' };
  const [username, realm, nonce, uri, response, algorithm, qop, nc, cnonce] = values;
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
    credentials: { username, realm, nonce, uri, response, algorithm, qop, nc, cnonce },
  };
}

/** What a digest answer may say, in the order in which `readParameters` gives it. */
const NAMES = ['username', 'realm', 'nonce', 'uri', 'response', 'algorithm', 'qop', 'nc', 'cnonce'];
const PLACES: ReadonlyMap<string, number> = new Map(NAMES.map((name, place) => [name, place]));

/** The name in `base64(name:password)`. */
function basicUser(text: string): string | null {
  const decoded = Buffer.from(text.trim(), 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon > 0 ? decoded.slice(0, colon) : null;
}

/**
 * The values in the order of `NAMES`; null when the text is not of the form `name=value, name="value"`. This runs for
 * every request: it walks the text once and fills an array, an object with computed keys takes twice the time.
 */
function readParameters(text: string, start: number): (string | undefined)[] | null {
  const values = NAMES.map((): string | undefined => undefined);
  let others: Set<string> | null = null;
  let at = skipSpace(text, start);
  for (let count = 0; at < text.length; count += 1) {
    const equals = text.indexOf('=', at);
    if (equals <= at || count >= MAX_PARAMETERS) return null;
    const valueAt = skipSpace(text, equals + 1);
    let end: number;
    let value: string;
    if (text.charCodeAt(valueAt) === QUOTE) {
      end = closingQuote(text, valueAt + 1);
      if (end === -1) return null;
      value = unescape(text.slice(valueAt + 1, end));
      end = skipSpace(text, end + 1);
    } else {
      const comma = text.indexOf(',', valueAt);
      end = comma === -1 ? text.length : comma;
      value = text.slice(valueAt, end).trim();
      if (value === '' || value.includes('"')) return null;
    }
    if (end < text.length && text.charCodeAt(end) !== COMMA) return null;
    const name = text.slice(at, equals);
    const place = PLACES.get(name) ?? PLACES.get(plainName(name));
    if (place === undefined) {
      const other = plainName(name);
      others ??= new Set();
      if (other === '' || others.has(other)) return null;
      others.add(other);
    } else if (values[place] === undefined) values[place] = value;
    else return null;
    at = skipSpace(text, end + 1);
  }
  return values;
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
