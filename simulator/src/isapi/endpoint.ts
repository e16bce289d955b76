import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** A request that has passed the door: credentials are verified and the body was read whole. */
export interface IsapiRequest {
  method: string;
  /** Decoded path without the query: `/ISAPI/AccessControl/UserInfo/Record`. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
  /** Null on the few paths that need no login. */
  userName: string | null;
  remoteAddress: string;
  /** How the client addressed the device, for the URLs it gives out: `http://127.0.0.1:9101`. */
  origin: string;
}

/** A complete answer. Bodies are rendered already; `Content-Length` and connection headers are the socket side's. */
export interface IsapiAnswer {
  kind: 'answer';
  status: number;
  /** Null: no Content-Type header. */
  contentType: string | null;
  headers?: Record<string, string>;
  body: string | Buffer;
  /** For the journal; read from the ResponseStatus that the body carries. */
  subStatusCode?: string;
  /** For the journal alone: what the answer does not tell. */
  note?: string;
  /** After the answer is on the wire the device goes away for a while, or knows its old nonces no more. */
  then?: 'reboot' | 'forget-nonces';
  /** Nothing of this answer leaves: the device resets the connection instead. */
  hangsUp?: boolean;
}

/** An answer without end: alertStream. The socket side calls `open` once and aborts `signal` when the client leaves. */
export interface IsapiStream {
  kind: 'stream';
  status: number;
  contentType: string;
  headers?: Record<string, string>;
  open(write: (chunk: string | Buffer) => void, signal: AbortSignal): void;
}

export type DownloadResult =
  | { ok: true; bytes: Buffer }
  /** `why` is for the journal: `host not allowed`, `HTTP 404`, `timeout`, `too large`, … */
  | { ok: false; why: string };

/** What faults bend inside the device for this one call. Absent keys: as the traits say. */
export interface CallConditions {
  /** Persons or faces at which the device calls itself full. */
  personsFullAt?: number;
  facesFullAt?: number;
  /** The picture cannot be fetched; `subStatusCode` instead of the trait's. */
  downloadFailure?: { subStatusCode?: string };
  /** The picture cannot be modelled, after the usual time; default SubpicAnalysisModelingError. */
  modellingFailure?: { subStatusCode?: string };
  /** Modelling takes so long, instead of the traits' time. */
  modellingMs?: number;
}

/** What an endpoint may touch. Everything random or timed comes from here. */
export interface EndpointContext {
  terminal: Terminal;
  clock: Clock;
  random: Random;
  /** The terminal's own fetch of a picture URL: real, bounded in size, time and redirects, allow-listed hosts only. */
  download(url: string): Promise<DownloadResult>;
  conditions?: CallConditions;
  /** Aborts when the terminal loses power. A client that leaves does not stop what the terminal has begun. */
  signal: AbortSignal;
}

/** One call of the device. `path` may hold `{name}` for one segment: `/ISAPI/AccessControl/RemoteControl/door/{door}`. */
export interface Endpoint {
  name: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  /** Default `login`. `none`: answered without credentials, as `/SDK/activateStatus` is. */
  access?: 'none' | 'login';
  /** What a user needs beyond a login; default `read` for GET, `write` otherwise. Only admins have `admin`. */
  privilege?: 'read' | 'write' | 'admin';
  handle(
    request: IsapiRequest,
    context: EndpointContext,
    params: Readonly<Record<string, string>>,
  ): IsapiAnswer | IsapiStream | Promise<IsapiAnswer | IsapiStream>;
}
