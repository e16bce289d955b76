import { LineError } from './transport.ts';

/** Deeper than any chain of causes that fetch, undici and node:tls build. */
const MAX_CAUSES = 8;

type LineCode = LineError['code'];

const codes: Record<string, LineCode> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNABORTED: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_DESTROYED: 'reset',
  UND_ERR_CLOSED: 'reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  EINVAL: 'unreachable',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  EPROTO: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
  CERT_HAS_EXPIRED: 'certificate',
  CERT_NOT_YET_VALID: 'certificate',
  CERT_UNTRUSTED: 'certificate',
  CERT_SIGNATURE_FAILURE: 'certificate',
  HOSTNAME_MISMATCH: 'certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
};

/** These happen before a connection stands: nothing of the request can have left. */
const beforeConnecting = new Set<string>([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EACCES',
  'EPERM',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const sentences: Record<LineCode, string> = {
  timeout: 'did not answer in time. Check its power, the network cable and the VPN of the site',
  refused: 'refused the connection. Check that the port is right and that the terminal has finished starting',
  reset: 'broke the connection before its answer was whole. Check the link to the site',
  unreachable: 'cannot be reached from here. Check the VPN of the site and the address',
  dns: 'has a host name that cannot be resolved. Check the spelling, or enter its IP address',
  'no-credentials':
    'has no username or no password in dispozitive_pontaj. Nothing was sent, so that no bad login is counted; enter both',
  tls: 'does not complete the HTTPS handshake. Check that this port is its HTTPS port',
  certificate:
    'shows a certificate that is not trusted. Pin its fingerprint or turn the check off for this device',
  'too-large': 'sent an answer larger than any terminal sends. Check that this address is the terminal',
  'broken-http': 'sent something that is no HTTP. Check the port, and whether it wants https',
  aborted: 'was not asked to the end: the call was cancelled',
};

/**
 * What a failed exchange means. `mayHaveActed` says whether the request in flight was one that the device may act on
 * (the signed one): then only failures from before the connection stood are certain to be `not-sent`. `status` is that of
 * the answer which broke off.
 */
export function lineFailure(
  error: unknown,
  origin: string,
  mayHaveActed: boolean,
  status: number | null = null,
): LineError {
  const named = causesOf(error).find((cause) => cause instanceof LineError);
  if (named) return named;
  const found = systemCodeOf(error);
  const code = lineCodeOf(found);
  const delivery = mayHaveActed && !neverLeft(found, code) ? 'unknown' : 'not-sent';
  return new LineError(code, delivery, `The device at ${origin} ${sentences[code]}${detail(found)}.`, {
    cause: error,
    status,
  });
}

/** A `LineError` of a known kind, worded as all the others. */
export function namedLineFailure(
  code: LineCode,
  delivery: LineError['delivery'],
  origin: string,
  status: number | null = null,
): LineError {
  return new LineError(code, delivery, `The device at ${origin} ${sentences[code]}.`, { status });
}

function neverLeft(found: string | null, code: LineCode): boolean {
  return code === 'certificate' || code === 'tls' || (found !== null && beforeConnecting.has(found));
}

function lineCodeOf(found: string | null): LineCode {
  if (found === null) return 'broken-http';
  if (found.startsWith('ERR_SSL_') || found.startsWith('ERR_TLS_')) return codes[found] ?? 'tls';
  return codes[found] ?? 'broken-http';
}

/** The first error code in the chain of causes that says something; fetch itself only says `fetch failed`. */
function systemCodeOf(error: unknown): string | null {
  const found = causesOf(error).flatMap((cause) =>
    'code' in cause && typeof cause.code === 'string' ? [cause.code] : [],
  );
  return found.find((code) => codes[code]) ?? found[0] ?? null;
}

function causesOf(error: unknown): Error[] {
  const chain: Error[] = [];
  let current = error;
  while (current instanceof Error && chain.length < MAX_CAUSES) {
    chain.push(current);
    current = current instanceof AggregateError ? (current.errors[0] as unknown) : current.cause;
  }
  return chain;
}

function detail(found: string | null): string {
  return found === null || found.startsWith('UND_ERR') ? '' : ` (${found})`;
}
