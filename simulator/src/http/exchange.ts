import type { LineBends } from '../faults/exchange-plan.ts';
import type { IsapiStream } from '../isapi/endpoint.ts';

/** The head of a request, however it came. */
export interface RequestHead {
  method: string;
  /** Exactly as it came: digest signs it byte for byte. */
  target: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  remoteAddress: string;
  /** How the client addressed the device: `http://127.0.0.1:9101`. */
  origin: string;
}

export type BodyRead = { ok: true; body: Buffer } | { ok: false; why: 'gone' | 'too-large' };

/** The body of a request; nothing is read before somebody asks. */
export interface BodySource {
  /** No promise where the whole body is there already, as it nearly always is. */
  read(): BodyRead | Promise<BodyRead>;
  /** Resolves when a part of the body has come, or the client is gone; at once when there is none. */
  begin(): Promise<void>;
}

/** What is to leave the device at the end of an exchange. */
export type Outcome =
  | {
      kind: 'answer';
      status: number;
      contentType: string | null;
      headers: Readonly<Record<string, string>>;
      body: string | Buffer;
      /** The connection is of no further use. */
      close: boolean;
      /** Null: whole and at once. */
      line: LineBends | null;
      done: boolean;
      /** Called when the answer has left, or cannot any more. */
      after: (() => void) | null;
    }
  | { kind: 'stream'; stream: IsapiStream; release: () => void }
  /** Nothing leaves. */
  | { kind: 'cut'; how: 'silence' | 'reset'; done: boolean };

/** What really left, for the journal. */
export type Delivered = 'answered' | 'silence' | 'reset' | 'refused' | 'truncated' | 'stream' | 'client-gone';
