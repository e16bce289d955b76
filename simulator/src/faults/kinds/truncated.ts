import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';
import { count } from '../fields.ts';

export const truncated = defineKind({
  kind: 'truncated',
  summary:
    'The request is carried out; `keepBytes` of the answer body arrive (default: half), then the connection closes.',
  example: { kind: 'truncated', keepBytes: 10 },
  schema: z.strictObject({ kind: z.literal('truncated'), keepBytes: count.optional() }),
  acts: 'exchange',
  bend: (plan, what) => {
    plan.line.keepBytes ??= what.keepBytes ?? 'half';
  },
});
