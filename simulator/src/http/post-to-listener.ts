import type { Push, PushResult } from '../isapi/notification/pusher.ts';
import { LOOPBACK_HOSTS, whyFailed, whyForbidden } from './download.ts';

const PUSH_TIMEOUT_MS = 5_000;

export interface PostOptions {
  /** Host names or addresses without port; `*`: any. Absent: loopback only. */
  allowedHosts?: readonly string[] | undefined;
  fetch?: typeof fetch;
  timeoutMs?: number;
}

/**
 * The terminal's POST to a listener. Never throws: `why` says in a few words what went wrong. Redirects are not followed
 * and the answer's body is not read: a terminal looks at the status alone. `signal` gives up.
 */
export async function postToListener(
  push: Push,
  signal: AbortSignal,
  options: PostOptions = {},
): Promise<PushResult> {
  const trouble = whyForbidden(push.url, options.allowedHosts ?? LOOPBACK_HOSTS);
  if (trouble !== null) return { ok: false, why: trouble };
  const timeout = AbortSignal.timeout(options.timeoutMs ?? PUSH_TIMEOUT_MS);
  try {
    const answer = await (options.fetch ?? fetch)(push.url, {
      method: 'POST',
      headers: { 'Content-Type': push.contentType },
      body: push.body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
    });
    await answer.body?.cancel();
    return { ok: true, status: answer.status };
  } catch (error) {
    return { ok: false, why: timeout.aborted ? 'timeout' : whyFailed(error) };
  }
}
