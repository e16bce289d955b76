import type { DownloadResult } from '../isapi/endpoint.ts';

/** A picture beyond this is refused anyway; terminals stop at 200 KB. */
const MAX_DOWNLOAD_BYTES = 5 * 1024 * 1024;
const MAX_REDIRECTS = 3;
const DOWNLOAD_TIMEOUT_MS = 10_000;

export const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '::1', '[::1]'];

export interface DownloadOptions {
  /** Host names or addresses without port; `*`: any. Absent: loopback only. */
  allowedHosts?: readonly string[] | undefined;
  fetch?: typeof fetch;
  timeoutMs?: number;
}

/**
 * The terminal's fetch of a picture URL. Never throws: `why` says in a few words what went wrong. Every hop must lead
 * to an allowed host, so that a simulator cannot be made to call what its network hides.
 */
export async function downloadPicture(url: string, options: DownloadOptions = {}): Promise<DownloadResult> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? DOWNLOAD_TIMEOUT_MS);
  let next = url;
  try {
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const trouble = whyForbidden(next, options.allowedHosts ?? LOOPBACK_HOSTS);
      if (trouble !== null) return { ok: false, why: trouble };
      const answer = await (options.fetch ?? fetch)(next, { redirect: 'manual', signal });
      const location = answer.headers.get('location');
      if (answer.status >= 300 && answer.status < 400 && location !== null) {
        await answer.body?.cancel();
        next = new URL(location, next).href;
        continue;
      }
      if (answer.status !== 200) {
        await answer.body?.cancel();
        return { ok: false, why: `HTTP ${answer.status}` };
      }
      return await readBounded(answer);
    }
    return { ok: false, why: `more than ${MAX_REDIRECTS} redirects` };
  } catch (error) {
    return { ok: false, why: signal.aborted ? 'timeout' : whyFailed(error) };
  }
}

/** Null: the address may be called. */
export function whyForbidden(url: string, allowedHosts: readonly string[]): string | null {
  if (!URL.canParse(url)) return 'no valid URL';
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return `scheme ${protocol} not supported`;
  if (allowedHosts.includes('*') || allowedHosts.includes(hostname)) return null;
  return `host ${hostname} not allowed; allow it with downloadHosts`;
}

async function readBounded(answer: Response): Promise<DownloadResult> {
  const announced = Number(answer.headers.get('content-length') ?? 0);
  if (announced > MAX_DOWNLOAD_BYTES) {
    await answer.body?.cancel();
    return { ok: false, why: 'too large' };
  }
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.length;
    // Leaving the loop cancels the rest.
    if (sizeBytes > MAX_DOWNLOAD_BYTES) return { ok: false, why: 'too large' };
    chunks.push(chunk);
  }
  return { ok: true, bytes: Buffer.concat(chunks, sizeBytes) };
}

export function whyFailed(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return error instanceof Error ? error.message : 'unknown failure';
}
