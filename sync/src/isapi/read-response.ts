import { MAX_ANSWER_BYTES } from './transport.ts';

/** The part of a fetch answer that is used; the built-in Response and undici's both are one. */
export interface StreamedResponse {
  status: number;
  headers: { get(name: string): string | null };
  body: {
    getReader(): {
      read(): Promise<{ done: boolean; value?: Uint8Array }>;
      cancel(): Promise<void>;
    };
  } | null;
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
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    sizeBytes += value?.byteLength ?? 0;
    if (sizeBytes > MAX_ANSWER_BYTES) {
      // Not awaited: a device that drips for ever must not hold the call.
      reader.cancel().catch(() => undefined);
      return { failure: 'too-large' };
    }
    if (value) chunks.push(value);
  }
  const headers = new Headers();
  for (const name of keptHeaders) {
    const value = response.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const body = bodiless.has(response.status) ? null : Buffer.concat(chunks);
  return { response: new Response(body, { status: response.status, headers }) };
}
