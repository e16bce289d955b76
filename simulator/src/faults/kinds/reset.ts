import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';

export const reset = defineKind({
  kind: 'reset',
  summary:
    'The connection is reset. The request is carried out only with `at: "middle-of-answer"`; see answer-lost for a change without any answer.',
  example: { kind: 'reset', at: 'after-request' },
  schema: z.strictObject({
    kind: z.literal('reset'),
    at: z.enum(['before-request', 'middle-of-request', 'after-request', 'middle-of-answer']),
  }),
  acts: 'exchange',
  bend: (plan, what) => {
    if (what.at !== 'middle-of-answer') plan.cut ??= { how: 'reset', at: what.at };
    else if (plan.line.keepBytes === null) {
      plan.line.keepBytes = 'half';
      plan.line.afterCut = 'reset';
    }
  },
});
