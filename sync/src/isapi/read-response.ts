import { type BodySource, readBoundedBody } from '../bounded-body.ts';
import { MAX_ANSWER_BYTES } from './transport.ts';

/** The part of a fetch answer that is used; the built-in Response and undici's both are one. */
export interface StreamedResponse {
  status: number;
  headers: { get(name: string): string | null };
  body: BodySource | null;
}

/** Statuses a `Response` may not be given a body with. */
const bodiless = new Set([204, 205, 304]);
/** A terminal's headers that somebody reads: the challenge and, for the record, the type. */
const keptHeaders = ['www-authenticate', 'content-type', 'location'];

/**
 * Reads an answer whole, so that the connection is free for the second half of the handshake, and at most
 * `MAX_ANSWER_BYTES` of it: `too-large` when there is more. `broken-http` for a status no answer may have.
 */
export async function readResponse(
  response: StreamedResponse,
): Promise<{ response: Response } | { failure: 'too-large' | 'broken-http' }> {
  if (response.status < 200 || response.status > 599) return { failure: 'broken-http' };
  const bytes = await readBoundedBody(response.body, MAX_ANSWER_BYTES);
  if (bytes === null) return { failure: 'too-large' };
  const headers = new Headers();
  for (const name of keptHeaders) {
    const value = response.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const body = bodiless.has(response.status) ? null : bytes;
  return { response: new Response(body, { status: response.status, headers }) };
}
