import type { z } from 'zod';
import { Problem, type ProblemCode } from './problem.ts';

const place = (path: readonly PropertyKey[]) => (path.length === 0 ? '' : path.map(String).join('.'));

/** Values are repeated so far in complaints. */
const MAX_SHOWN_CHARS = 60;

function sentence(issue: z.core.$ZodIssue, known: readonly string[]): string {
  if (issue.code === 'unrecognized_keys')
    return `${issue.keys.join(', ')}: not known here. Known: ${known.length === 0 ? 'nothing' : known.join(', ')}.`;
  const field = place(issue.path);
  if (issue.input === undefined) return `${field} is missing: ${issue.message}.`;
  const shown = JSON.stringify(issue.input).slice(0, MAX_SHOWN_CHARS);
  return field === '' ? `${issue.message}, got ${shown}.` : `${field} is ${shown}: ${issue.message}.`;
}

/**
 * The body or query as the schema reads it. Every complaint at once, each naming its field; unknown keys are
 * complaints too, because a misspelt filter would otherwise widen the work.
 */
export function readInput<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  input: unknown,
  code: ProblemCode = 'body_invalid',
): z.output<z.ZodObject<Shape>> {
  const read = schema.safeParse(input, { reportInput: true });
  if (read.success) return read.data;
  const known = Object.keys(schema.shape);
  const problems = read.error.issues.map((issue) => sentence(issue, known));
  throw new Problem(code, problems.join(' '), {
    extensions: {
      errors: read.error.issues.map((issue) => ({
        field: issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : place(issue.path),
        message: sentence(issue, known),
      })),
    },
  });
}
