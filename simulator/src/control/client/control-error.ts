import type { ProblemCode } from '../problem.ts';

/** The control API said no (`code` and `status` of its problem document), or could not be asked (`unreachable`, 0). */
export class ControlError extends Error {
  readonly code: ProblemCode | 'unreachable';
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;

  constructor(
    code: ProblemCode | 'unreachable',
    status: number,
    message: string,
    options: { cause?: unknown } = {},
  ) {
    super(message, options);
    this.name = 'ControlError';
    this.code = code;
    this.status = status;
  }
}
