import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/**
 * A digest server for tests, written from RFC 7616 and the notes on devices, not from the client: strict where terminals
 * are strict. It keeps what it saw.
 */
export interface DigestServerOptions {
  username?: string;
  password?: string;
  realm?: string;
  opaque?: string | null;
  qop?: string | null;
  /** What a nonce may be used for. `no-challenge` refuses a second use without offering a new challenge. */
  nonce?: 'any' | 'grow' | 'exact' | 'once' | 'no-challenge' | 'five';
  algorithms?: ('MD5' | 'SHA-256')[];
  /** How the challenges are written; `{}` stands for the digest challenge of each algorithm. */
  headers?: 'apart' | 'joined' | 'basic-first' | 'digest-then-basic';
  /** Leaves the algorithm out, as terminals on MD5 do. */
  algorithmText?: 'absent' | 'bare' | 'quoted';
  after401?: 'keep' | 'close-announced' | 'close-silent';
  tls?: { key: string; cert: string };
  host?: string;
  /** Answers an authorised request; default: 200 with an ok body. */
  answer?: (request: SeenRequest, response: ServerResponse) => void;
  /** Answers before any login is looked at; return true when it did. */
  intercept?: (request: SeenRequest, response: ServerResponse) => boolean;
}

interface SeenRequest {
  method: string;
  target: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
  authorization: Record<string, string> | null;
}

export interface DigestServer {
  port: number;
  requests: SeenRequest[];
  /** Logins a terminal would count against the lock. */
  failedLogins: number;
  /** Requests on a nonce that had been used before. */
  reusedNonces: number;
  close(): Promise<void>;
}

interface IssuedNonce {
  algorithm: 'MD5' | 'SHA-256';
  uses: number;
  lastNc: number;
}

const OK = '{"statusCode":1,"statusString":"OK","subStatusCode":"ok"}';
const UNAUTHORIZED =
  '<?xml version="1.0" encoding="UTF-8"?>\n<userCheck version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">\n' +
  '<statusValue>401</statusValue>\n<statusString>Unauthorized</statusString>\n<isActivated>true</isActivated>\n' +
  '<lockStatus>unlock</lockStatus>\n<unlockTime>0</unlockTime>\n<retryLoginTime>4</retryLoginTime>\n</userCheck>\n';

export async function startDigestServer(options: DigestServerOptions = {}): Promise<DigestServer> {
  const settings = {
    username: 'admin',
    password: 'Parola-123',
    realm: 'DS-0753f32c',
    opaque: '',
    qop: 'auth',
    nonce: 'any' as const,
    algorithms: ['MD5' as const],
    headers: 'apart' as const,
    algorithmText: 'absent' as const,
    after401: 'keep' as const,
    host: '127.0.0.1',
    ...options,
  };
  const nonces = new Map<string, IssuedNonce>();
  const state = { requests: [] as SeenRequest[], failedLogins: 0, reusedNonces: 0 };

  const challenges = (stale: boolean): string[] => {
    const digests = settings.algorithms.map((algorithm) => {
      const nonce = Buffer.from(randomBytes(16).toString('hex')).toString('base64');
      nonces.set(nonce, { algorithm, uses: 0, lastNc: 0 });
      const parts = [
        ...(settings.qop === null ? [] : [`qop="${settings.qop}"`]),
        `realm="${settings.realm}"`,
        `nonce="${nonce}"`,
        `stale="${stale ? 'true' : 'false'}"`,
        ...(settings.opaque === null ? [] : [`opaque="${settings.opaque}"`]),
        'domain="::"',
        ...(settings.algorithmText === 'absent' && algorithm === 'MD5'
          ? []
          : [settings.algorithmText === 'quoted' ? `algorithm="${algorithm}"` : `algorithm=${algorithm}`]),
      ];
      return `Digest ${parts.join(', ')}`;
    });
    const basic = 'Basic realm="DVRNVRDVS"';
    if (settings.headers === 'basic-first') return [basic, ...digests];
    if (settings.headers === 'digest-then-basic') return [...digests, basic];
    return settings.headers === 'joined' ? [digests.join(', ')] : digests;
  };

  const refuse = (response: ServerResponse, challenge: string[]): void => {
    if (settings.after401 === 'close-announced') response.setHeader('Connection', 'close');
    const { socket } = response;
    response.writeHead(401, { 'Content-Type': 'application/xml', 'WWW-Authenticate': challenge });
    response.end(UNAUTHORIZED);
    if (settings.after401 === 'close-silent') socket?.end();
  };

  const handle = (request: SeenRequest, response: ServerResponse): void => {
    state.requests.push(request);
    if (options.intercept?.(request, response)) return;
    const login = request.authorization;
    if (!login) {
      refuse(response, challenges(false));
      return;
    }
    const issued = nonces.get(login.nonce ?? '');
    if (!issued || !isRight(login, request, settings, issued.algorithm)) {
      state.failedLogins++;
      refuse(response, challenges(false));
      return;
    }
    const nc = Number.parseInt(login.nc ?? '1', 16);
    if (issued.uses > 0) state.reusedNonces++;
    const verdict = judgeUse(settings.nonce, issued, nc);
    issued.uses++;
    issued.lastNc = nc;
    if (verdict === 'refused-without-challenge') refuse(response, ['']);
    else if (verdict !== 'accepted') refuse(response, challenges(verdict === 'stale'));
    else if (options.answer) options.answer(request, response);
    else response.writeHead(200, { 'Content-Type': 'application/json; charset="UTF-8"' }).end(OK);
  };

  const listener = (message: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const header = message.headers.authorization;
      handle(
        {
          method: message.method ?? '',
          target: message.url ?? '',
          headers: message.headers,
          body: Buffer.concat(chunks),
          authorization: header === undefined ? null : readAuthorization(header),
        },
        response,
      );
    });
  };
  const server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, settings.host, resolve));
  return Object.assign(state, {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function judgeUse(
  policy: NonNullable<DigestServerOptions['nonce']>,
  issued: IssuedNonce,
  nc: number,
): 'accepted' | 'stale' | 'refused' | 'refused-without-challenge' {
  switch (policy) {
    case 'any':
      return 'accepted';
    case 'grow':
      return nc > issued.lastNc ? 'accepted' : 'stale';
    case 'exact':
      return nc === issued.uses + 1 ? 'accepted' : 'refused';
    case 'once':
      return issued.uses === 0 ? 'accepted' : 'refused';
    case 'no-challenge':
      return issued.uses === 0 ? 'accepted' : 'refused-without-challenge';
    case 'five':
      return issued.uses < 5 ? 'accepted' : 'stale';
  }
}

function isRight(
  login: Record<string, string>,
  request: SeenRequest,
  settings: { username: string; password: string; realm: string; qop: string | null; opaque: string | null },
  algorithm: 'MD5' | 'SHA-256',
): boolean {
  const hash = (text: string): string =>
    createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text, 'utf8')
      .digest('hex');
  const ha1 = hash(`${settings.username}:${settings.realm}:${settings.password}`);
  const ha2 = hash(`${request.method}:${request.target}`);
  const { nonce = '', nc = '', cnonce = '' } = login;
  const expected =
    settings.qop === null
      ? hash(`${ha1}:${nonce}:${ha2}`)
      : hash(`${ha1}:${nonce}:${nc}:${cnonce}:auth:${ha2}`);
  return (
    login.username === settings.username &&
    login.realm === settings.realm &&
    login.uri === request.target &&
    (login.opaque ?? null) === settings.opaque &&
    (login.algorithm ?? 'MD5') === algorithm &&
    (settings.qop === null || (login.qop === 'auth' && /^[0-9a-f]{8}$/.test(nc))) &&
    login.response === expected
  );
}

/** The header's bytes are UTF-8; node hands them over as Latin-1. */
function readAuthorization(header: string): Record<string, string> | null {
  const text = Buffer.from(header, 'latin1').toString('utf8');
  if (!text.startsWith('Digest ')) return null;
  const fields: Record<string, string> = {};
  for (const [, name = '', quoted, bare] of text
    .slice(7)
    .matchAll(/(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]*))/g)) {
    fields[name] = quoted === undefined ? (bare ?? '') : quoted.replaceAll(/\\(.)/g, '$1');
  }
  return fields;
}
