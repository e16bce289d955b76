/** Every way the control API says no. */
export const problemCodes = {
  bad_input: { status: 422, title: 'The input cannot be used' },
  bad_fault: { status: 422, title: 'The fault cannot be used' },
  bad_device: { status: 422, title: 'The device cannot be made so' },
  bad_json: { status: 400, title: 'The body is not JSON' },
  body_too_large: { status: 413, title: 'The body is too large' },
  not_json: { status: 415, title: 'The body has another type than JSON' },
  unknown_device: { status: 404, title: 'There is no such device' },
  unknown_fault: { status: 404, title: 'There is no such fault' },
  unknown_path: { status: 404, title: 'There is no such page' },
  wrong_method: { status: 405, title: 'The page exists under another verb' },
  port_taken: { status: 409, title: 'The port is in use' },
  nothing_arrived: { status: 504, title: 'No such request came in time' },
  too_many_listeners: { status: 503, title: 'Too many live feeds are open' },
  internal: { status: 500, title: 'The simulator made a mistake' },
} as const;

export type ProblemCode = keyof typeof problemCodes;

/** Thrown by an operation; becomes a problem document (RFC 9457). `detail` names the value and the remedy. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: ProblemCode, detail: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(detail);
    this.name = 'Problem';
    this.code = code;
    this.extra = extra;
  }

  get status(): number {
    return problemCodes[this.code].status;
  }

  document(): Record<string, unknown> {
    const { status, title } = problemCodes[this.code];
    return { type: 'about:blank', title, status, code: this.code, detail: this.message, ...this.extra };
  }
}
