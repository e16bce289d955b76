import { FaultError } from '../faults/fault-error.ts';
import { ProfileError } from '../profiles/profile-error.ts';
import { Problem } from './problem.ts';

interface BodyError {
  type: string;
  message: string;
  limit?: number;
}

function isBodyError(error: unknown): error is BodyError {
  return (
    error instanceof Error &&
    'type' in error &&
    typeof error.type === 'string' &&
    /^(entity|encoding|charset|request)\./.test(error.type)
  );
}

/** Whatever was thrown, as a problem that the client can act on. Unknown errors keep their text to themselves. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof FaultError) return new Problem('bad_fault', error.message, { place: error.place });
  if (error instanceof ProfileError) return new Problem('bad_device', error.message);
  if (isBodyError(error)) {
    if (error.type === 'entity.too.large')
      return new Problem(
        'body_too_large',
        `The body is larger than the ${error.limit ?? 0} bytes allowed here.`,
      );
    if (error.type === 'entity.parse.failed')
      return new Problem(
        'bad_json',
        `${error.message}. Send a JSON document with Content-Type: application/json.`,
      );
    return new Problem('bad_json', `The body could not be read: ${error.message}.`);
  }
  return new Problem(
    'internal',
    'This is a mistake of the simulator, not of yours. Its terminal output has the stack.',
  );
}
