/** The part of a fetch answer's body that is read; the built-in one and undici's both are one. */
export interface BodySource {
  getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array }>; cancel(): Promise<void> };
}

/** The body whole, or null as soon as it is longer than `maxBytes`: then the rest is not waited for. */
export async function readBoundedBody(body: BodySource | null, maxBytes: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const reader = body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    sizeBytes += value?.byteLength ?? 0;
    if (sizeBytes > maxBytes) {
      // Not awaited: a sender that drips for ever must not hold whoever reads.
      reader.cancel().catch(() => undefined);
      return null;
    }
    if (value) chunks.push(value);
  }
  return Buffer.concat(chunks);
}
