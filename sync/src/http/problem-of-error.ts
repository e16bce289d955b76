import { ScopeError } from '../engine/run/submit.ts';
import { StoreRejectedError, StoreUnreachableError } from '../store/store-errors.ts';
import { isProblemCode, Problem } from './problem.ts';

/** When the database is away, it is worth asking again after this long. */
const RETRY_AFTER_S = '5';

/** What `express.json` and the router throw: errors with a `status` and mostly a `type`. */
function problemOfHttpError(error: Error & { status?: unknown; type?: unknown; limit?: unknown }) {
  switch (error.type) {
    case 'entity.parse.failed':
      return new Problem(
        'body_not_json',
        'The body could not be read as JSON. Send a JSON object like {"angajat_id": "…"}, in UTF-8.',
      );
    case 'entity.too.large':
      return new Problem(
        'body_too_large',
        `The body is larger than ${String(error.limit)} bytes. A request here needs a few ids only.`,
      );
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new Problem(
        'body_encoding_unsupported',
        'Send the body as UTF-8, plain or compressed with gzip.',
      );
    case 'request.aborted':
    case 'request.size.invalid':
      return new Problem('body_not_json', 'The body ended before its announced length. Send it again.');
    default:
      return error.status === 400
        ? new Problem('body_not_json', 'The request could not be read: the address or the body is broken.')
        : null;
  }
}

/** The problem that a client is told about an error. What is not expected here says nothing of its inside. */
export function problemOfError(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ScopeError && isProblemCode(error.code))
    return new Problem(error.code, error.message, { cause: error });
  if (error instanceof StoreUnreachableError)
    return new Problem(
      'database_unreachable',
      'The database does not answer just now. Nothing was lost: work that was begun goes on when it is back. ' +
        'Try again in a few seconds.',
      { headers: { 'Retry-After': RETRY_AFTER_S }, cause: error },
    );
  if (error instanceof StoreRejectedError)
    return new Problem(
      'database_rejected',
      "The database refused the daemon's question. An operator should look at /readyz and the daemon's log: the " +
        'secret key or the migrations do not fit.',
      { cause: error },
    );
  if (error instanceof Error) {
    const known = problemOfHttpError(error);
    if (known !== null) return known;
  }
  return new Problem(
    'internal_error',
    "This is a mistake in the daemon; its log has more under this request's id.",
    {
      cause: error,
    },
  );
}
