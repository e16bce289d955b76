import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';
import { bodyText } from '../fields.ts';

export const malformed = defineKind({
  kind: 'malformed',
  summary:
    'The request is carried out; the answer body is broken JSON or XML: its first half, or `body` when given.',
  example: { kind: 'malformed', body: '{"statusCode":' },
  schema: z.strictObject({ kind: z.literal('malformed'), body: bodyText.optional() }),
  acts: 'exchange',
  bend: (plan, what) => {
    plan.malformed ??= { body: what.body };
  },
});
