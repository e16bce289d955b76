import type { Logger } from 'pino';

/** One answered request of the API. */
export interface AnsweredRequest {
  requestId: string;
  method: string;
  path: string;
  status: number;
  durationMs: number;
  error: unknown;
}

/** Asked every few seconds by machines: of interest only when something is wrong. */
const QUIET = new Set(['/healthz', '/readyz', '/metrics']);
const MAX_PATH_CHARS = 200;

function levelOf({ path, status }: AnsweredRequest): 'debug' | 'info' | 'warn' | 'error' {
  if (status >= 500) return status === 500 ? 'error' : 'warn';
  return QUIET.has(path) ? 'debug' : 'info';
}

/** One line per request; errors of the daemon itself come with their message and place. */
export function logRequest(log: Logger, answered: AnsweredRequest): void {
  const { error, path, ...fields } = answered;
  log[levelOf(answered)](
    { ...fields, path: path.slice(0, MAX_PATH_CHARS), ...(error instanceof Error ? { err: error } : {}) },
    'request answered',
  );
}
