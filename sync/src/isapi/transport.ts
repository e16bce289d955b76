import type { Device } from '../model/device.ts';

/** A page of 30 persons is about 30 KB; whatever is longer than this is no answer of a terminal. */
export const MAX_ANSWER_BYTES = 1_048_576;

export interface WireRequest {
  method: 'GET' | 'POST' | 'PUT';
  /** Path with its query string, exactly as it is signed: `/ISAPI/AccessControl/UserInfo/Record?format=json`. */
  path: string;
  body?: { contentType: string; bytes: Buffer };
}

export interface WireAnswer {
  status: number;
  contentType: string;
  /** At most `MAX_ANSWER_BYTES`; a longer one is a `LineError`. */
  body: Buffer;
  /** The credentials were not shown, and this is why; the answer is the challenge itself. Absent: they were. */
  withheld?: Withheld;
}

/**
 * What is done with credentials once the device has asked for them. `look-again`: the challenge seems garbled, or what it
 * says could not be written down while it was fresh; the call is to be made anew.
 */
export type LoginDecision = 'log-in' | 'counted' | 'unclear' | 'look-again';

/** `locked`: the device said so with its challenge; a login would only begin its lock anew [SDK guide]. */
export type Withheld = Exclude<LoginDecision, 'log-in'> | 'locked';

export interface SendOptions {
  signal: AbortSignal;
  timeoutMs: number;
  /**
   * Asked with what the challenge says, before the credentials are shown. The challenge grows old meanwhile: an answer is
   * wanted within a fraction of a second. Never rejects. Absent: they are shown.
   */
  decideLogin?: (triesLeft: number | null) => LoginDecision | Promise<LoginDecision>;
}

/**
 * Nothing, or nothing whole, came back.
 * `delivery` decides what comes next: `not-sent` means the device cannot have done it, `unknown` means it may have,
 * so look before sending again.
 */
export class LineError extends Error {
  readonly code:
    | 'timeout'
    | 'refused'
    | 'reset'
    | 'unreachable'
    | 'dns'
    | 'no-credentials'
    | 'tls'
    | 'certificate'
    | 'too-large'
    | 'broken-http'
    | 'aborted';
  readonly delivery: 'not-sent' | 'unknown';
  /** Of the answer to the signed request, where its first line came and the rest did not. */
  readonly status: number | null;

  constructor(
    code: LineError['code'],
    delivery: LineError['delivery'],
    message: string,
    options: ErrorOptions & { status?: number | null } = {},
  ) {
    super(message, options);
    this.code = code;
    this.delivery = delivery;
    this.status = options.status ?? null;
  }
}

/**
 * One device on the wire. A call is one complete digest handshake on a fresh nonce (challenge, then the signed
 * request) and resolves with whatever HTTP answer the signed request got, 401 included: a 401 here is always a
 * refusal on a fresh nonce, so the credentials are wrong or the account is locked, and nobody may repeat it; unless
 * `withheld` says that they were never shown.
 */
export interface Transport {
  send(request: WireRequest, options: SendOptions): Promise<WireAnswer>;
  /** Closes the device's connections. */
  close(): Promise<void>;
}

/** Makes the transport of a device; the one place where a password is read. */
export type TransportFactory = (device: Device) => Transport;
