import { createHash } from 'node:crypto';

/** A digest challenge as a client reads it. */
export interface Challenge {
  realm: string;
  nonce: string;
  stale: boolean;
  algorithm: 'MD5' | 'SHA-256';
  /** The algorithm was written in the challenge. */
  namesAlgorithm: boolean;
}

export interface Credentials {
  username: string;
  password: string;
}

const HASH = { MD5: 'md5', 'SHA-256': 'sha256' } as const;

/** The digest challenges of a `WWW-Authenticate` header, several of them joined in one line included. */
export function readChallenges(header: string | undefined): Challenge[] {
  return (header ?? '')
    .split(/(?:^|,\s*)Digest\s+/)
    .slice(1)
    .map((text) => {
      const value = (name: string) => new RegExp(`(?:^|[\\s,])${name}="([^"]*)"`).exec(text)?.[1];
      const algorithm = value('algorithm');
      return {
        realm: value('realm') ?? '',
        nonce: value('nonce') ?? '',
        stale: value('stale')?.toLowerCase() === 'true',
        algorithm: algorithm === 'SHA-256' ? 'SHA-256' : 'MD5',
        namesAlgorithm: algorithm !== undefined,
      };
    });
}

/** Writes the answer to a challenge. Everything a wrong client could get wrong can be set. */
export function signRequest(
  request: { method: string; target: string },
  challenge: Challenge,
  credentials: Credentials,
  options: { nc?: string; cnonce?: string; uri?: string; qop?: 'auth' | null } = {},
): string {
  const hash = (text: string) => createHash(HASH[challenge.algorithm]).update(text).digest('hex');
  const { nc = '00000001', cnonce = '0a4f113b', uri = request.target, qop = 'auth' } = options;
  const secret = hash(`${credentials.username}:${challenge.realm}:${credentials.password}`);
  const what = hash(`${request.method}:${uri}`);
  const middle = qop === null ? challenge.nonce : `${challenge.nonce}:${nc}:${cnonce}:${qop}`;
  const parts = [
    `username="${credentials.username}"`,
    `realm="${challenge.realm}"`,
    `nonce="${challenge.nonce}"`,
    `uri="${uri}"`,
    ...(qop === null ? [] : [`qop=${qop}`, `nc=${nc}`, `cnonce="${cnonce}"`]),
    `response="${hash(`${secret}:${middle}:${what}`)}"`,
    'opaque=""',
    ...(challenge.namesAlgorithm ? [`algorithm=${challenge.algorithm}`] : []),
  ];
  return `Digest ${parts.join(', ')}`;
}
