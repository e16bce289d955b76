/** What an answer looks like from outside. */
export interface AnswerShape {
  method: string;
  status: number;
  contentType: string | null;
  location: string | null;
  sizeBytes: number;
}

/** Something between here and Supabase answered in its place: the question did not reach the database. */
export class ForeignAnswerError extends Error {
  override readonly name = 'ForeignAnswerError';
}

/** Where a redirect leads, without path and query: they would repeat the question. */
function originOf(location: string | null): string {
  return location !== null && URL.canParse(location) ? new URL(location).origin : 'another address';
}

/**
 * Why this can be no answer of Supabase; null when it can. supabase-js takes an empty 404 for "done, nothing to show",
 * so that of a proxy, a login page or the wrong server would count as written.
 */
export function foreignAnswer(answer: AnswerShape): string | null {
  const { method, status, contentType, location, sizeBytes } = answer;
  if (status >= 300 && status < 400)
    return `it sends on to ${originOf(location)}. Set SUPABASE_URL to the address that answers itself`;
  const isEmpty = sizeBytes === 0;
  // A HEAD has no body; PostgREST answers it 200 or 206, and 404 only where there is no such table.
  if (status === 404 && isEmpty) return 'HTTP 404 without a body';
  if (method === 'HEAD') return null;
  if (status === 200 && isEmpty) return 'HTTP 200 without a body';
  if (status === 204 && method === 'GET') return 'HTTP 204 to a question for rows';
  const isJson = /\bjson\b/i.test(contentType ?? '');
  if (status >= 200 && status < 300 && !isEmpty && !isJson)
    return `HTTP ${status} with ${contentType ?? 'a body of no type'} instead of JSON`;
  return null;
}
