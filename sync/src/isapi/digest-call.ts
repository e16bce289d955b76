import { createHash, randomBytes } from 'node:crypto';
import { DigestClient } from 'digest-fetch';
import { readBody } from './body.ts';
import {
  chooseChallenge,
  type DigestAlgorithm,
  type DigestChallenge,
  readAuthenticateHeader,
} from './digest-challenge.ts';
import type { SendOptions, Withheld } from './transport.ts';
import { readUserCheck } from './user-check.ts';

export interface CallInit {
  method: string;
  headers: Record<string, string>;
  body?: Buffer;
}

/** Sends one HTTP request; the whole of its answer has arrived when it resolves. */
export type Exchange = (url: string, init: CallInit) => Promise<Response>;

export interface DigestCallOptions {
  credentials: { username: string; password: string };
  exchange: Exchange;
  /** What the request that asks for the challenge carries; see `http-transport.ts`. */
  firstBody: 'empty' | 'whole';
  decideLogin?: SendOptions['decideLogin'];
  /** Asked when the challenge is there: true when it came so late that its nonce may be dying. Then nothing is signed. */
  isLate?: () => boolean;
}

interface DigestState extends DigestChallenge {
  scheme: string;
  nc: number;
  cnonce: string;
}

/**
 * One call on one fresh nonce: an object is used for a single `fetch` and thrown away, so nc is always 1 and no nonce
 * is ever reused. On top of digest-fetch 3.1.1: takes the algorithm from the challenge, finds the Digest challenge among
 * several, makes the cnonce with crypto, and leaves the caller's options alone.
 */
export class DigestCall extends DigestClient {
  declare digest: DigestState;
  readonly #options: DigestCallOptions;
  /** True from the moment the request that carries the credentials is handed over: at most one per object. */
  signed = false;
  /** The challenges of the last 401, for an explanation when none could be answered. */
  offered: string[] = [];
  /** Why the credentials were not shown although the device asked for them. */
  withheld: Withheld | null = null;

  constructor(options: DigestCallOptions) {
    // digest-fetch writes the name between quotes as it is; headers are bytes, and devices speak UTF-8.
    super(byteString(options.credentials.username).replace(/["\\]/g, '\\$&'), '');
    this.#options = options;
  }

  override getClient(): Promise<typeof fetch> {
    const exchange: Exchange = async (url, init) => {
      const response = await this.#options.exchange(url, init);
      if (!this.signed && response.status === 401) await this.#consider(response);
      return response;
    };
    return Promise.resolve(exchange as typeof fetch);
  }

  /** Before the challenge is answered: here, since digest-fetch waits for an exchange and not for `parseAuth`. */
  async #consider(challenged: Response): Promise<void> {
    const header = challenged.headers.get('www-authenticate') ?? '';
    const isLate = chooseChallenge(readAuthenticateHeader(header)) !== null && this.#isLate();
    const body = Buffer.from(await challenged.clone().arrayBuffer());
    this.withheld = isLate ? null : await this.#decide(body);
  }

  #isLate(): boolean {
    return this.#options.isLate?.() === true;
  }

  override parseAuth(header: string | null): void {
    const schemes = readAuthenticateHeader(header ?? '');
    this.offered = schemes.map(({ scheme }) => scheme);
    const challenge = chooseChallenge(schemes);
    // Asked again: deciding took its time too.
    this.hasAuth = challenge !== null && this.withheld === null && !this.#isLate();
    if (challenge) {
      this.digest = { ...challenge, scheme: 'Digest', nc: 1, cnonce: randomBytes(16).toString('hex') };
    }
  }

  async #decide(body: Buffer): Promise<Withheld | null> {
    const check = readUserCheck(readBody(body));
    // Locked is: no tries left. Whoever waits to see whether the number has fallen gets to know it here.
    if (check?.locked) return (await this.#options.decideLogin?.(0)) === 'counted' ? 'counted' : 'locked';
    const decision = (await this.#options.decideLogin?.(check?.triesLeft ?? null)) ?? 'log-in';
    return decision === 'log-in' ? null : decision;
  }

  override addAuth(url: string, init: CallInit): CallInit {
    if (!this.hasAuth) return this.#options.firstBody === 'whole' ? init : withoutBody(init);
    this.signed = true;
    return super.addAuth(url, { ...init, headers: { ...init.headers } }) as CallInit;
  }

  override computeHash(_user: string, realm: string): string {
    const { username, password } = this.#options.credentials;
    return this.hashWithAlgorithm(`${byteString(username)}:${realm}:${byteString(password)}`);
  }

  override hashWithAlgorithm(data: string): string {
    return createHash(hashNames[this.digest.algorithm]).update(data, 'latin1').digest('hex');
  }
}

const hashNames: Record<DigestAlgorithm, string> = {
  MD5: 'md5',
  'MD5-sess': 'md5',
  'SHA-256': 'sha256',
  'SHA-256-sess': 'sha256',
  'SHA-512-256': 'sha512-256',
};

/** One character per UTF-8 byte, which is what HTTP headers hold and what the digest is made of. */
function byteString(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function withoutBody(init: CallInit): CallInit {
  const { 'content-type': _type, ...headers } = init.headers;
  return { method: init.method, headers };
}
