import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';

export const reset = defineKind({
  kind: 'reset',
  summary:
    'The connection is reset: before the body is read, in the middle of it, once it is there (with `employeeNo` the first two as well), or in the middle of the answer. Only with the last is the request carried out; see answer-lost for a change without any answer.',
  example: { kind: 'reset', at: 'after-request' },
  schema: z.strictObject({
    kind: z.literal('reset'),
    at: z.enum(['before-request', 'middle-of-request', 'after-request', 'middle-of-answer']),
  }),
  acts: 'exchange',
  early: ({ at }) => at === 'before-request' || at === 'middle-of-request',
  bend: (plan, what) => {
    if (what.at !== 'middle-of-answer') plan.cut ??= { how: 'reset', at: what.at };
    else if (plan.line.keepBytes === null) {
      plan.line.keepBytes = 'half';
      plan.line.afterCut = 'reset';
    }
  },
});
