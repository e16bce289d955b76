const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const SEPARATORS = /[\s,]*/y;
/** A device that never closes a quote is read to the end. */
const VALUE = /\s*=\s*(?:"((?:[^"\\]|\\.)*)(?:"|\\?$)|([^\s,"]*))/y;
/** The longest header seen has two challenges and 300 characters. */
const MAX_HEADER_CHARS = 4096;

const digestAlgorithms = ['MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess', 'SHA-512-256'] as const;
export type DigestAlgorithm = (typeof digestAlgorithms)[number];

/** A challenge as far as an answer needs it; texts exactly as the device wrote them between the quotes. */
export interface DigestChallenge {
  realm: string;
  nonce: string;
  /** Null when the challenge has none: then the answer must have none either. */
  opaque: string | null;
  qop: 'auth' | null;
  algorithm: DigestAlgorithm;
  /** The device's own words: the password was right and only the nonce too old. */
  stale: boolean;
}

export interface OfferedScheme {
  scheme: string;
  params: Map<string, string>;
}

/**
 * Reads a `WWW-Authenticate` header: one challenge, several headers joined with commas, or several challenges in one
 * header line (`MD5/SHA256` setting). Quoted texts may hold commas, blanks, brackets, `:` and `=`. Never throws.
 */
export function readAuthenticateHeader(header: string): OfferedScheme[] {
  const text = header.slice(0, MAX_HEADER_CHARS);
  const schemes: OfferedScheme[] = [];
  let position = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (match) position = pattern.lastIndex;
    return match;
  };
  while (position < text.length) {
    take(SEPARATORS);
    const token = take(TOKEN)?.[0];
    if (token === undefined) {
      position += 1;
      continue;
    }
    const value = take(VALUE);
    const current = schemes.at(-1);
    if (!value) schemes.push({ scheme: token.toLowerCase(), params: new Map() });
    else if (current && !current.params.has(token.toLowerCase())) {
      current.params.set(token.toLowerCase(), value[1] ?? value[2] ?? '');
    }
  }
  return schemes;
}

/**
 * The first challenge that can be answered, in the device's own order of preference (RFC 7616, 3.7): Digest with
 * `qop` auth or none. Without `algorithm` it is MD5.
 */
export function chooseChallenge(offered: OfferedScheme[]): DigestChallenge | null {
  for (const { scheme, params } of offered) {
    const algorithm = algorithmOf(params.get('algorithm'));
    const qop = qopOf(params.get('qop'));
    const nonce = params.get('nonce');
    if (scheme !== 'digest' || !algorithm || qop === 'unsupported' || !nonce) continue;
    return {
      realm: params.get('realm') ?? '',
      nonce,
      opaque: params.get('opaque') ?? null,
      qop,
      algorithm,
      stale: params.get('stale')?.trim().toLowerCase() === 'true',
    };
  }
  return null;
}

function algorithmOf(text: string | undefined): DigestAlgorithm | null {
  if (text === undefined || text.trim() === '') return 'MD5';
  // `SHA256` is how the device's own settings page spells it.
  const wanted = text.trim().toLowerCase().replace('sha256', 'sha-256');
  return digestAlgorithms.find((name) => name.toLowerCase() === wanted) ?? null;
}

function qopOf(text: string | undefined): 'auth' | null | 'unsupported' {
  if (text === undefined || text.trim() === '') return null;
  return text.split(',').some((option) => option.trim().toLowerCase() === 'auth') ? 'auth' : 'unsupported';
}
