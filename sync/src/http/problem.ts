/** Every `code` of a problem document. Clients decide by these: none is ever renamed. */
export type ProblemCode =
  | 'token_missing'
  | 'token_invalid'
  | 'token_expired'
  | 'role_not_allowed'
  | 'employee_not_found'
  | 'device_not_found'
  | 'run_not_found'
  | 'route_not_found'
  | 'method_not_allowed'
  | 'sync_already_running'
  | 'run_already_finished'
  | 'body_not_json'
  | 'body_too_large'
  | 'body_encoding_unsupported'
  | 'body_invalid'
  | 'query_invalid'
  | 'employee_inactive'
  | 'employee_no_missing'
  | 'employee_name_missing'
  | 'photo_missing'
  | 'device_inactive'
  | 'no_active_devices'
  | 'too_many_streams'
  | 'database_unreachable'
  | 'database_rejected'
  | 'token_keys_unreachable'
  | 'daemon_stopping'
  | 'internal_error';

const titles: Record<ProblemCode, { status: number; title: string }> = {
  token_missing: { status: 401, title: 'No token' },
  token_invalid: { status: 401, title: 'The token is not accepted' },
  token_expired: { status: 401, title: 'The token has expired' },
  role_not_allowed: { status: 403, title: 'Your role may not do this' },
  employee_not_found: { status: 404, title: 'No such employee' },
  device_not_found: { status: 404, title: 'No such device' },
  run_not_found: { status: 404, title: 'No such run' },
  route_not_found: { status: 404, title: 'No such address' },
  method_not_allowed: { status: 405, title: 'Another method is wanted here' },
  sync_already_running: { status: 409, title: 'The same work is already running' },
  run_already_finished: { status: 409, title: 'The run is over' },
  body_not_json: { status: 400, title: 'The body is not JSON' },
  body_too_large: { status: 413, title: 'The body is too large' },
  body_encoding_unsupported: { status: 415, title: 'The encoding of the body is not supported' },
  body_invalid: { status: 422, title: 'The body is not what this address takes' },
  query_invalid: { status: 422, title: 'The query is not what this address takes' },
  employee_inactive: { status: 422, title: 'The employee is not active' },
  employee_no_missing: { status: 422, title: 'The employee has no number' },
  employee_name_missing: { status: 422, title: 'The employee has no name' },
  photo_missing: { status: 422, title: 'The employee has no photo' },
  device_inactive: { status: 422, title: 'The device is switched off in the database' },
  no_active_devices: { status: 422, title: 'No active device' },
  too_many_streams: { status: 503, title: 'Too many are watching' },
  database_unreachable: { status: 503, title: 'The database does not answer' },
  database_rejected: { status: 500, title: 'The database refuses the daemon' },
  token_keys_unreachable: { status: 503, title: 'The keys that check tokens cannot be fetched' },
  daemon_stopping: { status: 503, title: 'The daemon is stopping' },
  internal_error: { status: 500, title: 'Something went wrong in the daemon' },
};

export const problemCodes = Object.keys(titles) as ProblemCode[];
export const isProblemCode = (text: string): text is ProblemCode => Object.hasOwn(titles, text);
export const statusOf = (code: ProblemCode): number => titles[code].status;

/** What RFC 9457 calls a problem: thrown anywhere in a request, sent as `application/problem+json`. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  /** `detail` says what happened, with which value, and what to do. No secrets, no names of people. */
  constructor(
    code: ProblemCode,
    detail: string,
    more: {
      extensions?: Record<string, unknown>;
      headers?: Record<string, string>;
      cause?: unknown;
    } = {},
  ) {
    super(detail, { cause: more.cause });
    this.code = code;
    this.status = titles[code].status;
    this.extensions = more.extensions ?? {};
    this.headers = more.headers ?? {};
  }

  toDocument(): Record<string, unknown> {
    return {
      type: `urn:pontaj:problem:${this.code}`,
      title: titles[this.code].title,
      status: this.status,
      code: this.code,
      detail: this.message,
      ...this.extensions,
    };
  }
}
